"""The commands that keep the library safe: backup, restore, check."""

from pathlib import Path

import click

from learnpath.cli.context import CommandContext, json_option, pass_context
from learnpath.cli.printing import print_json, print_table, say
from learnpath.domain.wording import count_text
from learnpath.errors import UsageError
from learnpath.services.backups import BackupLine, backup_now, list_backups
from learnpath.services.checking import CheckReport, check_library
from learnpath.services.recovery import repair_library
from learnpath.services.restoring import Restored, restore_backup, restore_into
from learnpath.storage.recovery import Recovery, Step
from learnpath.storage.restoring import Kept

_STEPS = {
    Step.REINDEXED: "The indexes and search words were made anew.",
    Step.REPLAYED: "A backup was brought up to the last change.",
    Step.SALVAGED: "What could be read was moved into a new library file.",
    Step.NEW: "Nothing could be read: this is a new, empty library.",
}


@click.command("backup", short_help="Make a verified backup now.")
@json_option
@pass_context
def backup(context: CommandContext) -> None:
    """Make a verified backup in the library's folder now, and thin the older ones."""
    with context.library() as library:
        result = backup_now(library, even_unchanged=True)
    if result.problem is not None:
        raise result.problem
    if result.backup is None:
        raise AssertionError("a backup that is asked for is made or fails")
    if context.as_json:
        found = {"name": result.backup.name, "at": result.backup.made_at.isoformat(), "size": result.backup.size}
        print_json({**found, "export": result.backup.export is not None, "thinned": list(result.thinned)})
        return
    say(f"Made and checked the backup {result.backup.name} ({_size_text(result.backup.size)}).")
    if result.thinned:
        say(f"{count_text(len(result.thinned), 'older backup')} no longer needed went.")


@click.command("restore", short_help="Put a backup in the place of the library.")
@click.argument("name", required=False)
@click.option("--list", "only_list", is_flag=True, help="Read every backup through and list them; restore nothing.")
@click.option(
    "--into", type=click.Path(path_type=Path, file_okay=False), metavar="DIR", help="Make a new library there instead."
)
@json_option
@pass_context
def restore(context: CommandContext, name: str | None, only_list: bool, into: Path | None) -> None:
    """Put the backup NAME (or the newest) in the place of the library, whose file is kept."""
    if only_list:
        if name is not None or into is not None:
            raise UsageError("--list restores nothing.", "Leave out the name and --into.")
        _print_backups(context, list_backups(context.folder, verify=True))
        return
    done = restore_backup(context.folder, name) if into is None else restore_into(context.folder, name, into)
    if context.as_json:
        kept = None if done.kept is None else {"place": str(done.kept.place), "damaged": done.kept.damaged}
        print_json({"name": done.backup.name, "records": done.records, "kept": kept})
        return
    _print_restored(done, into or context.folder)


@click.command("check", short_help="Check the library file and its proofs, or repair it.")
@click.option("--repair", is_flag=True, help="Repair a damaged library; the damaged file is kept.")
@json_option
@pass_context
def check(context: CommandContext, repair: bool) -> None:
    """Check the library file and its proofs; leave with 1 when something is wrong or was lost."""
    recovery = None
    if repair:
        repaired = repair_library(context.folder)
        recovery, report = repaired.recovery, repaired.after
    else:
        with context.library() as library:
            report = check_library(library)
    if context.as_json:
        print_json({**_report_json(report), **({"repair": _recovery_json(recovery)} if repair else {})})
    else:
        if recovery is not None:
            _print_recovery(recovery)
        _print_report(report)
    if report.problems or (recovery is not None and recovery.lost):
        raise SystemExit(1)


def _print_backups(context: CommandContext, lines: list[BackupLine]) -> None:
    if context.as_json:
        print_json([_line_json(line) for line in lines])
    else:
        print_table(
            ("Name", "Size", "Records", "State"),
            [
                (
                    line.backup.name,
                    _size_text(line.backup.size),
                    f"{sum(line.records.values()):,}",
                    "sound" if line.verified else "damaged",
                )
                for line in lines
            ],
            empty="There are no backups yet.",
        )
    if not all(line.verified for line in lines):
        raise SystemExit(1)


def _print_restored(done: Restored, place: Path) -> None:
    say(f"Restored {done.backup.name} with {count_text(sum(done.records.values()), 'record')} to {place}.")
    if done.kept is not None:
        say(_kept_text(done.kept))


def _kept_text(kept: Kept) -> str:
    if kept.damaged:
        return f"The file before it was damaged and is kept in {kept.place}."
    return f"What was there before is the backup {kept.place.name}."


def _print_report(report: CheckReport) -> None:
    say(f"{count_text(sum(report.records.values()), 'record')}, schema {report.schema}.")
    say(*(report.problems or ("No problem found.",)), *report.hints)


def _print_recovery(recovery: Recovery) -> None:
    say(_STEPS[recovery.step])
    say(f"The damaged file is kept in {recovery.damaged}.")
    if recovery.step is Step.REPLAYED:
        say(f"{recovery.backup} and {count_text(recovery.replayed, 'later change')}.")
    told = [f"{count_text(recovery.kept, 'row')} kept", f"{recovery.lost:,} lost"]
    if recovery.from_backup:
        told.insert(1, f"{recovery.from_backup:,} from the backup {recovery.backup}")
    say(", ".join(told) + ".")
    for table in recovery.tables:
        if table.lost or table.dropped or table.unpointed:
            name = table.table.replace("_", " ")
            say(f"  {name}: {table.lost:,} lost, {table.unpointed:,} without what they pointed at")


def _line_json(line: BackupLine) -> dict[str, object]:
    return {
        "name": line.backup.name,
        "at": line.backup.made_at.isoformat(),
        "size": line.backup.size,
        "schema": line.schema,
        "verified": line.verified,
        "records": line.records,
        "export": line.backup.export is not None,
    }


def _report_json(report: CheckReport) -> dict[str, object]:
    return {
        "ok": not report.problems,
        "schema": report.schema,
        "records": report.records,
        "problems": list(report.problems),
        "orphans": list(report.orphans),
        "conflict_copies": list(report.conflict_copies),
    }


def _recovery_json(recovery: Recovery | None) -> dict[str, object] | None:
    if recovery is None:
        return None
    return {
        "step": recovery.step.value,
        "damaged": str(recovery.damaged),
        "backup": recovery.backup,
        "replayed": recovery.replayed,
        "kept": recovery.kept,
        "from_backup": recovery.from_backup,
        "lost": recovery.lost,
        "tables": {
            one.table: {
                "kept": one.kept,
                "from_history": one.from_history,
                "from_backup": one.from_backup,
                "lost": one.lost,
                "dropped": one.dropped,
                "unpointed": one.unpointed,
            }
            for one in recovery.tables
        },
    }


def _size_text(size: int) -> str:
    return f"{size / 1_000_000:,.1f} MB" if size >= 100_000 else f"{size / 1_000:,.0f} kB"
