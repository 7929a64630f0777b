"""A library file that somebody else prepared: nothing that it brings may run, and only our own schema is opened."""

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import apsw
from tests.rigs.damage import reading, writing
from tests.rigs.result import Result
from tests.rigs.work import copy_library, make_library, open_library

from learnpath.errors import LibraryError
from learnpath.storage.library import Library

_TABLES = "credential program issuer skill tag path path_step study_session cost_line change profile portfolio".split()
_RAN = "rig_ran"
_CALL = f"(SELECT {_RAN}())"
Mutation = Callable[[apsw.Connection, random.Random], None]


def _trigger(connection: apsw.Connection, chance: random.Random) -> None:
    table, event = chance.choice(_TABLES), chance.choice(("INSERT", "UPDATE", "DELETE"))
    when = chance.choice(("AFTER", "BEFORE"))
    connection.execute(f"CREATE TRIGGER spy {when} {event} ON {table} BEGIN SELECT {_RAN}(); END")


def _deleting_trigger(connection: apsw.Connection, chance: random.Random) -> None:
    connection.execute(f"CREATE TRIGGER spy AFTER INSERT ON {chance.choice(_TABLES)} BEGIN DELETE FROM change; END")


def _view(connection: apsw.Connection, chance: random.Random) -> None:
    connection.execute(f"CREATE VIEW spy AS SELECT *, {_RAN}() FROM {chance.choice(_TABLES)}")


def _view_in_place(connection: apsw.Connection, chance: random.Random) -> None:
    table = chance.choice(("portfolio", "profile", "cost_line", "study_session", "import_source"))
    connection.execute(f"ALTER TABLE {table} RENAME TO hidden; CREATE VIEW {table} AS SELECT * FROM hidden, {_CALL}")


def _generated(connection: apsw.Connection, chance: random.Random) -> None:
    connection.execute(
        f"ALTER TABLE {chance.choice(_TABLES)} ADD COLUMN spy INTEGER GENERATED ALWAYS AS ({_RAN}()) VIRTUAL"
    )


def _default(connection: apsw.Connection, chance: random.Random) -> None:
    _rewrite(connection, chance.choice(_TABLES), ") STRICT", f", spy INTEGER DEFAULT ({_RAN}())) STRICT")


def _check(connection: apsw.Connection, chance: random.Random) -> None:
    _rewrite(connection, chance.choice(_TABLES), ") STRICT", f", CHECK ({_RAN}() IS NOT NULL)) STRICT")


def _not_strict(connection: apsw.Connection, chance: random.Random) -> None:
    _rewrite(connection, chance.choice(_TABLES), ") STRICT", ")")


def _expression_index(connection: apsw.Connection, chance: random.Random) -> None:
    connection.execute(f"CREATE INDEX spy ON {chance.choice(_TABLES)} ({_RAN}() + id)")


def _partial_index(connection: apsw.Connection, chance: random.Random) -> None:
    connection.execute(f"CREATE INDEX spy ON {chance.choice(_TABLES)} (id) WHERE {_RAN}() > 0")


def _own_trigger(connection: apsw.Connection, chance: random.Random) -> None:
    table = chance.choice(("credential", "program", "issuer", "skill", "tag"))
    event = chance.choice(("insert", "update", "delete"))
    _rewrite(connection, f"{table}_words_{event}", "BEGIN ", f"BEGIN SELECT {_RAN}(); ")


def _own_search(connection: apsw.Connection, chance: random.Random) -> None:
    old, new = chance.choice(
        (("unicode61", "trigram"), ("content='", "content='x"), ("prefix='2 3'", "prefix='1'"), ("fts5", "rtree"))
    )
    _rewrite(connection, chance.choice(("credential_words", "tag_words", "skill_words")), old, new)


def _extra_table(connection: apsw.Connection, chance: random.Random) -> None:
    connection.execute(f"CREATE TABLE spy (x DEFAULT ({_RAN}())); INSERT INTO spy VALUES (zeroblob(?))", (10_000,))
    if chance.random() < 0.3:
        connection.execute("CREATE VIRTUAL TABLE spy_words USING fts5 (x)")


def _drop(connection: apsw.Connection, chance: random.Random) -> None:
    kind = chance.choice(("index", "trigger"))
    names = connection.execute("SELECT name FROM sqlite_schema WHERE type = ? AND sql IS NOT NULL", (kind,)).fetchall()
    connection.execute(f"DROP {kind} {chance.choice(names)[0]}")


def _renamed_column(connection: apsw.Connection, chance: random.Random) -> None:
    connection.execute(f"ALTER TABLE {chance.choice(('path', 'cost_line'))} RENAME COLUMN id TO spy")


def _stat(connection: apsw.Connection, _chance: random.Random) -> None:
    connection.execute("ANALYZE")


def _nonsense(connection: apsw.Connection, chance: random.Random) -> None:
    _rewrite(connection, chance.choice(_TABLES), "CREATE TABLE", chance.choice(("CREATE", "CREATE VIEW", "", "SELECT")))


def _huge(connection: apsw.Connection, chance: random.Random) -> None:
    table, column = chance.choice((("change", "changeset"), ("change", "label"), ("credential", "notes")))
    value = "zeroblob(3000000)" if column == "changeset" else f"'{'x' * 3_000_000}'"
    connection.execute(f"UPDATE {table} SET {column} = {value}")


_CELLS = (
    ("credential", "stage", "'root'"),
    ("credential", "valid_until", "'9999-99-99'"),
    ("credential", "valid_for", "'P99999999999Y'"),
    ("credential", "awarded_on", "'0000'"),
    ("credential", "title", "'=cmd()' || char(0, 8238, 55296)"),
    ("credential", "grace_days", "9223372036854775807"),
    ("credential", "renewal_opens_days", "-9223372036854775808"),
    ("credential", "estimated_minutes", "9223372036854775807"),
    ("program", "price_currency", "NULL"),
    ("program", "price_minor", "9223372036854775807"),
    ("issuer", "aliases", "printf('%.*c', 5000, '[')"),
    ("issuer", "aliases", "'{\"a\": 1}'"),
    ("issuer", "aliases", "'[1, null]'"),
    ("evidence_file", "file_name", "'../../../etc/passwd'"),
    ("evidence_file", "file_name", "'C:\\con'"),
    ("evidence_file", "size", "-1"),
    ("evidence_file", "sha256", "''"),
    ("portfolio", "excluded_ids", "'[\"x\"]'"),
    ("study_session", "studied_on", "'2026-13-01'"),
    ("study_session", "minutes", "9223372036854775807"),
    ("cost_line", "kind", "CAST(x'ff' AS TEXT)"),
    ("path_step", "position", "-9223372036854775808"),
    ("profile", "week_goal_minutes", "-5"),
    ("profile", "currency", "'<b>'"),
    ("change", "at", "'yesterday'"),
    ("change", "state", "'done'"),
    ("change", "row_count", "-1"),
)


def _cell(connection: apsw.Connection, chance: random.Random) -> None:
    table, column, value = chance.choice(_CELLS)
    connection.execute(
        "PRAGMA ignore_check_constraints = ON; INSERT OR IGNORE INTO profile VALUES (1,'','','','','',1)"
    )
    connection.execute(f"DROP TRIGGER IF EXISTS temp.none; UPDATE {table} SET {column} = {value}")


def _changeset_bytes(connection: apsw.Connection, chance: random.Random) -> None:
    rows = connection.execute("SELECT id, changeset FROM change ORDER BY id DESC LIMIT 2").fetchall()
    for change_id, changeset in rows:
        if not changeset:
            continue
        data = bytearray(changeset)  # pyright: ignore[reportArgumentType]
        for _ in range(chance.choice((1, 3, 20))):
            data[chance.randrange(len(data))] = chance.randrange(256)
        connection.execute("UPDATE change SET changeset = ? WHERE id = ?", (bytes(data), change_id))


def _changeset_of_other_tables(connection: apsw.Connection, chance: random.Random) -> None:
    session = apsw.Session(connection, "main")
    session.attach()
    connection.execute("BEGIN")
    target = chance.choice(("change", "credential_words_config", "tag_words_data", "sqlite_sequence"))
    connection.execute(f"DELETE FROM {target}")
    changeset = session.changeset()
    session.close()
    connection.execute("ROLLBACK")
    connection.execute("UPDATE change SET changeset = ?", (changeset,))


def _header(connection: apsw.Connection, chance: random.Random) -> None:
    name = chance.choice(("user_version", "application_id"))
    connection.execute(f"PRAGMA {name} = {chance.choice((0, 2, -1, 2**31 - 1))}")


_MUTATIONS: tuple[Mutation, ...] = (
    _trigger,
    _deleting_trigger,
    _view,
    _view_in_place,
    _generated,
    _default,
    _check,
    _not_strict,
    _expression_index,
    _partial_index,
    _own_trigger,
    _own_search,
    _extra_table,
    _drop,
    _renamed_column,
    _stat,
    _nonsense,
    _huge,
    _cell,
    _cell,
    _cell,
    _changeset_bytes,
    _changeset_bytes,
    _changeset_of_other_tables,
    _header,
)


def run(count: int, place: Path, seed: int = 1) -> Result:
    """Open `count` prepared libraries and use those that open as the window does."""
    result = Result("hostile library file", "nothing of it runs; opened only with our own schema")
    template = make_library(place / "hostile-template", rows=15, credentials_made=12)
    ours = _schema(template)
    folder = place / "hostile"
    chance = random.Random(seed)
    ran: list[str] = []
    hook = _spy(ran)
    opened = 0
    for number in range(count):
        _ = copy_library(template, folder)
        names = _prepare(folder, chance)
        where = f"mutant {number} ({names})"
        is_ours = _schema(folder) == ours
        ran.clear()
        apsw.connection_hooks.append(hook)
        try:
            opened += _use(result, where, folder, is_ours=is_ours)
        finally:
            apsw.connection_hooks.remove(hook)
        result.expect(not ran, f"{where}: something of it ran")
        result.count += 1
    result.note = f"{opened:,} opened"
    shutil.rmtree(folder)
    return result.finish()


def _prepare(folder: Path, chance: random.Random) -> str:
    """Write something hostile into a library; return what it was."""
    names: list[str] = []
    for mutate in chance.choices(_MUTATIONS, k=chance.choice((1, 1, 2))):
        connection = apsw.Connection(str(folder / "library.learnpath"))
        connection.create_scalar_function(_RAN, lambda: 1, 0, deterministic=True, flags=apsw.SQLITE_INNOCUOUS)
        try:
            connection.execute("PRAGMA synchronous = OFF")
            mutate(connection, chance)
            names.append(mutate.__name__.strip("_"))
        except apsw.Error:
            # The one before it has made this one impossible.
            names.append(f"no {mutate.__name__.strip('_')}")
        finally:
            connection.close()
    return ", ".join(names)


def _schema(folder: Path) -> object:
    """Return the schema as SQLite stores it, read without any of our code; None when it cannot be."""
    connection = apsw.Connection(str(folder / "library.learnpath"), apsw.SQLITE_OPEN_READONLY)
    try:
        connection.execute("PRAGMA writable_schema = ON")
        return sorted(connection.execute("SELECT hex(type), hex(name), hex(tbl_name), hex(sql) FROM sqlite_schema"))
    except apsw.Error:
        return None
    finally:
        connection.close()


def _spy(ran: list[str]) -> Callable[[apsw.Connection], None]:
    """Return a hook that gives every connection the function that hostile schemas call."""

    def note() -> int:
        ran.append(_RAN)
        return 1

    def hook(connection: apsw.Connection) -> None:
        connection.create_scalar_function(_RAN, note, 0, deterministic=True, flags=apsw.SQLITE_INNOCUOUS)

    return hook


def _use(result: Result, where: str, folder: Path, *, is_ours: bool) -> bool:
    file = folder / "library.learnpath"
    before = file.read_bytes()
    opened: list[Library] = []
    _attempt(result, f"{where}: open", lambda: opened.append(open_library(folder, 900_000)))
    result.expect(file.read_bytes() == before, f"{where}: opening wrote to it")
    result.expect(is_ours or not opened, f"{where}: opened although its schema is not ours")
    for library in opened:
        for act in (*reading(library), *writing(library), *reading(library)):
            _attempt(result, where, act)
        library.close()
    return bool(opened)


def _attempt(result: Result, where: str, act: Callable[[], object]) -> None:
    try:
        _ = act()
    except LibraryError:
        return
    except Exception as error:  # noqa: BLE001 - any other exception is what the rig looks for
        result.failures.append(f"{where}: {type(error).__name__}: {error}")


def _rewrite(connection: apsw.Connection, name: str, old: str, new: str) -> None:
    connection.execute("PRAGMA writable_schema = ON")
    # The last occurrence of a closing bracket is the table's own.
    (sql,) = connection.execute("SELECT sql FROM sqlite_schema WHERE name = ?", (name,)).fetchall()[0]
    altered = new.join(str(sql).rsplit(old, 1))
    connection.execute("UPDATE sqlite_schema SET sql = ? WHERE name = ?", (altered, name))
