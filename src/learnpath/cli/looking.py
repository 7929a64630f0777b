"""The command that looks into a backup and takes single records back."""

import click

from learnpath.cli.context import CommandContext, json_option, pass_context
from learnpath.cli.printing import print_json, print_table, say
from learnpath.domain.wording import count_text
from learnpath.errors import UsageError
from learnpath.services.backup_look import BackupLook, BackupRecord, describe, look_into_backup, take_back
from learnpath.services.field_wording import FieldChange
from learnpath.services.taking_back import TakenBack


@click.command("look", short_help="Look into a backup, or take single records back.")
@click.argument("name", required=False)
@click.option("--all", "show_all", is_flag=True, help="List the records that are here as they were, too.")
@click.option("--take", "ids", type=int, multiple=True, metavar="ID", help="Take this record back; can be repeated.")
@json_option
@pass_context
def look(context: CommandContext, name: str | None, show_all: bool, ids: tuple[int, ...]) -> None:
    """List what the backup NAME (or the newest) holds that is missing in the library or differs, and in what.

    With --take those records become again what they were, as one change that undo takes back.
    """
    with context.library() as library:
        found = look_into_backup(library, name)
        if not ids:
            _print_look(context, found, show_all=show_all)
            return
        outcome = take_back(library, found.backup.name, _by_kind(found, ids))
    _print_taken(context, outcome.value)


def _by_kind(found: BackupLook, ids: tuple[int, ...]) -> dict[str, list[int]]:
    wanted: dict[str, list[int]] = {}
    known = {record.id: record.kind for record in found.records}
    for one in ids:
        if one not in known:
            raise UsageError(f"The backup {found.backup.name} has no record {one}.", "Without --take they are listed.")
        wanted.setdefault(known[one], []).append(one)
    return wanted


def _print_look(context: CommandContext, found: BackupLook, *, show_all: bool) -> None:
    records = [one for one in found.records if show_all or one.state != "same"]
    if context.as_json:
        print_json({"name": found.backup.name, "records": [_record_json(found, one) for one in records]})
        return
    rows = [(str(one.id), one.kind, one.state, one.title, _words(found, one)) for one in records]
    empty = f"Everything in {found.backup.name} is here as it was."
    print_table(("Id", "Kind", "Here", "Title", "What differs"), rows, empty=empty, whole=("Id",))


def _words(found: BackupLook, record: BackupRecord) -> str:
    if record.state != "differs":
        return ""
    return "; ".join(_change_text(change) for change in describe(found, record))


def _change_text(change: FieldChange) -> str:
    return f"{change.field}: {change.before or 'nothing'} then, {change.after or 'nothing'} now"


def _record_json(found: BackupLook, record: BackupRecord) -> dict[str, object]:
    changes = [{"field": one.field, "then": one.before, "now": one.after} for one in describe(found, record)]
    return {
        "id": record.id,
        "kind": record.kind,
        "title": record.title,
        "state": record.state,
        "changes": changes,
    }


def _print_taken(context: CommandContext, taken: TakenBack) -> None:
    if context.as_json:
        print_json({"added": taken.added, "changed": taken.changed, "lost_files": list(taken.lost_files)})
        return
    changed = count_text(taken.changed, "record")
    again = f"{changed} {'is' if taken.changed == 1 else 'are'} again as before"
    say(f"{count_text(taken.added, 'record')} came back, {again}.")
    if taken.lost_files:
        say(f"Not these proofs, because their files are gone: {', '.join(taken.lost_files)}.")
