"""The commands that only read: list, programs, show, progress, deadlines, history."""

from datetime import date

import click

from learnpath.cli.context import CommandContext, json_option, pass_context
from learnpath.cli.printing import print_json, print_table, say
from learnpath.cli.record_text import record_lines
from learnpath.domain.dates import PartialDate
from learnpath.domain.listing import CredentialFilter, ProgramFilter
from learnpath.domain.progress import PathProgress
from learnpath.domain.wording import count_text, date_text, distance_text, minutes_text, money_text
from learnpath.services.credential_details import CredentialDetails, credential_details
from learnpath.services.deadlines import list_deadlines
from learnpath.services.overview import read_overview
from learnpath.services.record_lookup import find_record
from learnpath.storage.credential_list import credential_ids, credential_rows
from learnpath.storage.library import Library
from learnpath.storage.program_list import program_ids, program_rows


@click.command("list", short_help="List my credentials.")
@click.argument("query", required=False, default="")
@json_option
@pass_context
def list_credentials(context: CommandContext, query: str) -> None:
    """List credentials, all or those that match QUERY.

    QUERY is words or beginnings of words of a title, issuer, code, skill or tag.
    """
    with context.library() as library:
        ids = credential_ids(library, CredentialFilter(text=query), context.today)
        rows = credential_rows(library, ids, context.today)
        if context.as_json:
            skills = _skill_names(library, ids)
            print_json(
                [
                    {
                        "id": str(row.id),
                        "title": row.title,
                        "issuer": row.issuer,
                        "kind": row.kind.value,
                        "stage": row.stage.value,
                        "status": row.status.value,
                        "awarded_on": _iso(row.awarded_on),
                        "valid_until": _iso(row.valid_until),
                        "license_number": row.license_number,
                        "verification_url": row.verification_url,
                        "skills": skills.get(row.id, []),
                    }
                    for row in rows
                ]
            )
            return
    print_table(
        ("Id", "Title", "Issuer", "Status", "Earned", "Valid until"),
        [
            (str(row.id), row.title, row.issuer, _plain(row.status), _text(row.awarded_on), _text(row.valid_until))
            for row in rows
        ],
        whole=("Id", "Status", "Earned", "Valid until"),
        empty="No credential matches." if query else "There are no credentials yet. Import a file to begin.",
    )


@click.command("programs", short_help="List programs that could be earned.")
@click.argument("query", required=False, default="")
@json_option
@pass_context
def list_programs(context: CommandContext, query: str) -> None:
    """List the catalogue: programs that could be earned, all or those that match QUERY.

    QUERY is words or beginnings of words of a name, issuer, code, skill or tag.
    """
    with context.library() as library:
        rows = program_rows(library, program_ids(library, ProgramFilter(text=query)), context.today)
    if context.as_json:
        print_json(
            [
                {
                    "id": str(row.id),
                    "name": row.name,
                    "issuer": row.issuer,
                    "human_code": row.human_code,
                    "kind": row.kind.value,
                    "level": row.level,
                    "estimated_minutes": row.estimated_minutes,
                    "price": {"amount": str(row.price.amount), "currency": row.price.currency} if row.price else None,
                    "valid_for": row.valid_for,
                    "lifecycle_status": row.lifecycle_status.value,
                    "credential_id": str(row.credential_id) if row.credential_id else None,
                    "status": row.status.value if row.status else None,
                }
                for row in rows
            ]
        )
        return
    print_table(
        ("Id", "Program", "Issuer", "Effort", "Price", "Mine"),
        [
            (
                str(row.id),
                row.name,
                row.issuer,
                minutes_text(row.estimated_minutes) if row.estimated_minutes else "",
                money_text(row.price) if row.price else "",
                _plain(row.status) if row.status else "",
            )
            for row in rows
        ],
        whole=("Id", "Effort", "Price", "Mine"),
        empty="No program matches." if query else "The catalogue is empty. Import a program list to fill it.",
    )


@click.command("show", short_help="Show one record with all that belongs to it.")
@click.argument("record_id", metavar="ID", type=int)
@json_option
@pass_context
def show_record(context: CommandContext, record_id: int) -> None:
    """Show one credential, program or path with everything that belongs to it.

    The commands list, programs and progress show the ids.
    """
    with context.library() as library:
        record = find_record(library, record_id, context.today)
        details = credential_details(library, record_id, context.today) if record.kind == "credential" else None
    fields = {**record.fields, **(_surroundings(details) if details else {})}
    if context.as_json:
        print_json({"kind": record.kind, **fields})
        return
    say(*record_lines(record.kind, fields))


@click.command("progress", short_help="Show how far everything is.")
@json_option
@pass_context
def show_progress(context: CommandContext) -> None:
    """Show how far everything is: credentials by status, paths, study time, money spent this year."""
    with context.library() as library:
        overview = read_overview(library, context.today)
    if context.as_json:
        print_json(
            {
                "credentials": {status.value: count for status, count in sorted(overview.by_status.items())},
                "paths": [_path_json(path) for path in overview.paths],
                "study": {"week_minutes": overview.week_minutes, "goal_minutes": overview.week_goal_minutes},
                "spend": [{"currency": sum_.currency, "amount": str(sum_.amount)} for sum_ in overview.spent],
            }
        )
        return
    total = sum(overview.by_status.values())
    say(f"{count_text(total, 'credential')}, {overview.valid} valid, {overview.valid_with_proof} with proof.")
    if overview.by_status:
        counts = sorted(overview.by_status.items(), key=lambda item: (-item[1], item[0]))
        say(f"By status: {', '.join(f'{count} {_plain(status)}' for status, count in counts)}.")
    goal = minutes_text(overview.week_goal_minutes)
    say(f"Studied this week: {minutes_text(overview.week_minutes)} of {goal}.")
    if overview.spent:
        say(f"Spent in {context.today.year}: {', '.join(money_text(one) for one in overview.spent)}.")
    print_table(
        ("Id", "Path", "Steps", "Progress", "Left", "Forecast"),
        [
            (
                str(path.path.id),
                path.path.title,
                f"{path.steps_done} of {len(path.steps)}",
                f"{path.percent} %",
                minutes_text(path.minutes_left),
                f"{date_text(path.forecast) if path.forecast else ''} {_plain(path.verdict)}".strip(),
            )
            for path in overview.paths
        ],
        whole=("Id", "Steps", "Progress", "Left"),
        empty="There are no paths yet.",
    )


@click.command("deadlines", short_help="Show what comes up.")
@click.option(
    "--within", type=click.IntRange(min=0), metavar="DAYS", help="Only what is overdue or due in the next DAYS days."
)
@json_option
@pass_context
def show_deadlines(context: CommandContext, within: int | None) -> None:
    """Show what comes up: claims, exams, expiries, renewal windows, targets."""
    with context.library() as library:
        found = list_deadlines(library, context.today, within)
    if context.as_json:
        print_json(
            [
                {
                    "date": one.on.isoformat(),
                    "days": one.days(context.today),
                    "kind": one.kind.value,
                    "title": one.title,
                    "credential_id": str(one.credential_id) if one.credential_id else None,
                    "urgency": one.urgency.value,
                    "explanation": one.explanation,
                }
                for one in found
            ]
        )
        return
    print_table(
        ("Date", "", "What", "Why"),
        [(date_text(one.on), distance_text(one.days(context.today)), one.title, one.explanation) for one in found],
        whole=("Date", ""),
        empty="Nothing comes up." if within is None else f"Nothing comes up within {count_text(within, 'day')}.",
    )


@click.command("history")
@click.option("--limit", type=click.IntRange(min=1), default=50, show_default=True, help="How many changes.")
@json_option
@pass_context
def show_history(context: CommandContext, limit: int) -> None:
    """Show the latest changes, newest first."""
    with context.library() as library:
        entries = library.history(limit)
    if context.as_json:
        print_json(
            [
                {
                    "id": entry.id,
                    "label": entry.label,
                    "at": entry.at,
                    "undone": entry.undone,
                    "device": entry.device,
                    "records": entry.rows,
                }
                for entry in entries
            ]
        )
        return
    print_table(
        ("When", "What", "Records", ""),
        [(_moment(entry.at), entry.label, str(entry.rows), "undone" if entry.undone else "") for entry in entries],
        whole=("When", "Records", ""),
        empty="Nothing has been changed yet.",
    )


def _skill_names(library: Library, ids: list[int]) -> dict[int, list[str]]:
    from learnpath.services.record_lookup import skill_names_of_credentials

    return skill_names_of_credentials(library, ids)


def _surroundings(details: CredentialDetails) -> dict[str, object]:
    return {
        "status": details.status.value,
        "issuer": details.issuer.name if details.issuer else "",
        "skills": [skill.name for skill in details.skills],
        "tags": [tag.name for tag in details.tags],
        "proof": [one.original_name for one in details.evidence],
        "costs": [f"{money_text(one.price)} {one.kind.value}" for one in details.costs],
        "study_minutes": details.study_minutes,
        "paths": [f"{one.title}, step {one.number} of {one.steps}" for one in details.paths],
        "sources": {
            name: {"file": source.file_name, "format": source.format, "imported_at": source.imported_at}
            for name, source in details.sources.items()
        },
        "deadlines": [f"{one.on.isoformat()} {one.title}: {one.explanation}" for one in details.deadlines],
    }


def _path_json(progress: PathProgress) -> dict[str, object]:
    return {
        "id": str(progress.path.id),
        "title": progress.path.title,
        "steps_done": progress.steps_done,
        "steps": len(progress.steps),
        "percent": progress.percent,
        "hours_left": round(progress.minutes_left / 60, 1),
        "forecast": progress.forecast.isoformat() if progress.forecast else None,
        "verdict": progress.verdict.value,
    }


def _iso(value: PartialDate | date | None) -> str | None:
    return None if value is None else str(value)


def _text(value: PartialDate | None) -> str:
    return "" if value is None else date_text(value)


def _moment(at: str) -> str:
    return f"{at[:10]} {at[11:16]} UTC"


def _plain(value: object) -> str:
    return str(value).replace("_", " ")
