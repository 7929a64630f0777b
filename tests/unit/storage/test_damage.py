"""Whatever a damaged file makes SQLite answer, the person is told that the library is damaged."""

import contextlib
from collections.abc import Callable
from pathlib import Path

import apsw
import pytest
from tests.library_fixtures import TODAY, LibraryHouse, add, planned

from learnpath.domain.listing import CredentialFilter
from learnpath.domain.records import Credential, Issuer, Portfolio, Profile, Tag
from learnpath.services.study import log_study
from learnpath.storage import errors
from learnpath.storage.credential_list import credential_ids, credential_rows
from learnpath.storage.errors import DamagedLibraryError, ForeignSchemaError
from learnpath.storage.library import Library
from learnpath.storage.totals import credentials_by_status, study_minutes_by_day


def _file(house: LibraryHouse) -> str:
    return str(house.folder / "library.learnpath")


def _alter(house: LibraryHouse, *statements: str) -> None:
    """Write to the closed library what only damage or another program could."""
    connection = apsw.Connection(_file(house))
    for statement in ("PRAGMA foreign_keys = OFF", "PRAGMA writable_schema = ON", *statements):
        connection.execute(statement)
    connection.close()


@pytest.fixture
def made(house: LibraryHouse) -> LibraryHouse:
    library = house.open()
    _ = add(library, planned("Cloud basics"))
    with library.change("Profile") as change:
        change.set_profile(Profile(name="Mira"))
    library.close()
    return house


def _rewritten(table: str, old: str, new: str) -> str:
    return f"UPDATE sqlite_schema SET sql = replace(sql, '{old}', '{new}') WHERE name = '{table}'"


# A cell of another type, as damage leaves it: the declared types are taken away, the cell changed, and put back.
def _force(house: LibraryHouse, table: str, column: str, value: str) -> None:
    connection = apsw.Connection(_file(house))
    connection.execute("PRAGMA writable_schema = ON")
    (sql,) = connection.execute("SELECT sql FROM sqlite_schema WHERE name = ?", (table,)).fetchall()[0]
    loose = str(sql).replace("STRICT", "").replace(" NOT NULL", "").rstrip().rstrip(",")
    connection.execute("UPDATE sqlite_schema SET sql = ? WHERE name = ?", (loose, table))
    connection.close()
    connection = apsw.Connection(_file(house))
    connection.execute(f"DROP TRIGGER IF EXISTS {table}_words_update")
    connection.execute(f"UPDATE {table} SET {column} = {value}")
    connection.execute("PRAGMA writable_schema = ON")
    connection.execute("UPDATE sqlite_schema SET sql = ? WHERE name = ?", (sql, table))
    connection.close()


@pytest.mark.parametrize(
    ("table", "column", "value", "read"),
    [
        ("profile", "week_goal_minutes", "NULL", Library.profile),
        ("profile", "week_goal_minutes", "'many'", Library.contents),
        ("portfolio", "name", "x'ff'", Library.contents),
    ],
)
def test_a_cell_of_the_wrong_type_is_damage(
    made: LibraryHouse, table: str, column: str, value: str, read: Callable[[Library], object]
) -> None:
    library = made.open()
    with library.change("Portfolio") as change:
        _ = change.insert(Portfolio(name="Mine"))
    library.close()
    _force(made, table, column, value)
    library = made.open()
    with pytest.raises(DamagedLibraryError):
        _ = read(library)
    assert library.problems()
    library.close()


def test_a_stage_that_does_not_exist_is_damage_in_every_list(made: LibraryHouse) -> None:
    _alter(made, "UPDATE credential SET stage = 'Advanced'")
    library = made.open()
    ids = credential_ids(library, CredentialFilter(), TODAY)
    for read in (
        lambda: library.all(Credential),
        lambda: credential_rows(library, ids, TODAY),
        lambda: credentials_by_status(library, TODAY),
    ):
        with pytest.raises(DamagedLibraryError):
            _ = read()
    assert len(library.problems()) == 1
    library.close()


@pytest.mark.parametrize("aliases", ["[" * 5000, "{}", "[1]", "[null]", "no list"])
def test_a_list_that_is_none_is_damage(made: LibraryHouse, aliases: str) -> None:
    library = made.open()
    _ = add(library, planned("With an issuer"), issuer="Guild")
    library.close()
    _alter(made, f"UPDATE issuer SET aliases = '{aliases}'")
    library = made.open()
    with pytest.raises(DamagedLibraryError):
        _ = library.all(Issuer)
    library.close()


def test_numbers_too_large_to_be_added_are_damage(made: LibraryHouse) -> None:
    library = made.open()
    for _ in range(2):
        _ = log_study(library, 10, TODAY)
    library.close()
    _alter(made, f"UPDATE study_session SET minutes = {2**63 - 1}")
    library = made.open()
    with pytest.raises(DamagedLibraryError, match="too large"):
        _ = study_minutes_by_day(library, TODAY, TODAY)
    library.close()


def test_search_words_of_an_unknown_form_are_damage(made: LibraryHouse) -> None:
    _alter(made, "UPDATE credential_words_config SET v = 0 WHERE k = 'version'")
    library = made.open()
    with pytest.raises(DamagedLibraryError, match="fts5"):
        _ = credential_ids(library, CredentialFilter(text="cloud"), TODAY)
    assert any("fts5" in problem for problem in library.problems())
    with pytest.raises(DamagedLibraryError):
        _ = add(library, planned("Another"))
    library.close()


@pytest.mark.parametrize("changeset", ["x'00'", "zeroblob(1000)", "x''"])
def test_a_history_that_cannot_be_read_is_damage(made: LibraryHouse, changeset: str) -> None:
    _alter(made, f"UPDATE change SET changeset = {changeset}")
    library = made.open()
    before = library.contents()
    with contextlib.suppress(DamagedLibraryError):
        _ = library.undo()
    assert library.contents() == before
    library.close()


def test_a_history_of_other_tables_than_those_of_records_is_not_applied(made: LibraryHouse) -> None:
    connection = apsw.Connection(_file(made))
    session = apsw.Session(connection, "main")
    session.attach("change")
    connection.execute("UPDATE change SET label = 'not me'")
    connection.execute("UPDATE change SET changeset = ?", (session.changeset(),))
    session.close()
    connection.close()
    library = made.open()
    with pytest.raises(DamagedLibraryError, match="no record"):
        _ = library.undo()
    with pytest.raises(DamagedLibraryError, match="no record"):
        _ = library.changed_rows(1, 10)
    assert {entry.label for entry in library.history()} == {"not me"}
    library.close()


def test_a_history_that_does_not_fit_its_records_is_damage(made: LibraryHouse) -> None:
    library = made.open()
    _ = add(library, planned("With an issuer"), issuer="Guild")
    _ = library.undo()
    library.close()
    # The redo would point at an issuer that its changeset no longer brings.
    connection = apsw.Connection(_file(made))
    (changeset,) = connection.execute("SELECT changeset FROM change WHERE state = 'undone'").fetchall()[0]
    builder = apsw.ChangesetBuilder()
    builder.schema(connection, "main")
    for change in apsw.Changeset.iter(changeset):  # pyright: ignore[reportArgumentType]
        if change.name != "issuer":
            builder.add_change(change)
    connection.execute("UPDATE change SET changeset = ? WHERE state = 'undone'", (builder.output(),))
    connection.close()
    library = made.open()
    with pytest.raises(DamagedLibraryError, match="history"):
        _ = library.redo()
    library.close()


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TRIGGER spy AFTER INSERT ON tag BEGIN DELETE FROM credential; END",
        "CREATE VIEW spy AS SELECT * FROM credential",
        "CREATE TABLE spy (x)",
        "CREATE INDEX spy ON tag (lower(name))",
        "ALTER TABLE tag ADD COLUMN spy TEXT GENERATED ALWAYS AS (upper(name)) VIRTUAL",
        "DROP INDEX tag_name",
        "DROP TRIGGER tag_words_insert",
        _rewritten("tag_words_insert", "new.id", "new.id + 1"),
    ],
)
def test_a_schema_that_is_not_ours_is_refused_and_left_as_it_is(made: LibraryHouse, statement: str) -> None:
    _alter(made, statement)
    before = Path(_file(made)).read_bytes()
    with pytest.raises(ForeignSchemaError) as caught:
        _ = made.open()
    assert str(made.folder) in caught.value.message
    assert Path(_file(made)).read_bytes() == before


def test_our_own_mistake_in_a_sound_library_stays_a_mistake(house: LibraryHouse) -> None:
    library = house.open()
    with pytest.raises(apsw.ConstraintError), library.change("Twice") as change:  # noqa: PT012
        tag = change.insert(Tag(name="x"))
        _ = change.insert(tag)
    with pytest.raises(Exception, match="no such table"):
        _ = library.rows("SELECT * FROM nowhere")
    library.close()


def test_a_sentence_stays_one_line(tmp_path: Path) -> None:
    assert "\n" not in errors.DamagedLibraryError(tmp_path, "two\nlines").message
