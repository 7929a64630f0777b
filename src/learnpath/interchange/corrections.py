"""What the person typed in place of what a file says, put where the file says it.

The file itself stays as it is: a correction is an input of reading it. Which cells ask for one is told by the rows'
faults.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from learnpath.interchange.badges.plain_text import line
from learnpath.interchange.cells.words import is_empty
from learnpath.interchange.drafts import Corrections, CredentialDraft, Draft, Fault, ParsedFile, ParsedRow, ProgramDraft

# Columns that have no draft field of their own -> the field that is worked out from them.
_HELPERS = {"currency": "price", "weekly_effort": "estimated_minutes", "length": "estimated_minutes"}


def typed_cells(corrections: Corrections) -> dict[int, dict[int, str]]:
    """Return the corrections of cells by line, then by column."""
    found: dict[int, dict[int, str]] = {}
    for (row, place), text in corrections.items():
        if isinstance(place, int):
            found.setdefault(row, {})[place] = text
    return found


def corrected_cells(cells: Sequence[str], typed: Mapping[int, str] | None) -> list[str]:
    """Return a row's cells with those that the person typed, which may lie behind its end."""
    found = list(cells)
    for column, text in (typed or {}).items():
        found += [""] * (column + 1 - len(found))
        found[column] = text
    return found


def typed_fields(columns: Mapping[str, int], typed: Mapping[int, str] | None) -> tuple[tuple[str, int], ...]:
    """Return the draft fields that follow from the columns that the person typed; `columns` is field -> column."""
    if not typed:
        return ()
    return tuple((_HELPERS.get(name, name), column) for name, column in columns.items() if column in typed)


def lacking_title(draft: Draft, reason: str) -> tuple[Fault, ...]:
    """Return the fault of an entry without a title, which the person can type."""
    return (Fault("name" if isinstance(draft, ProgramDraft) else "title", None, reason),)


def correct_entries(parsed: ParsedFile, corrections: Corrections) -> ParsedFile:
    """Return a file that is no table with the titles that the person typed for entries without one."""
    wanted = {key: text for key, text in corrections.items() if isinstance(key[1], str)}
    if not wanted:
        return parsed
    return replace(parsed, rows=tuple(_correct_entry(row, wanted) for row in parsed.rows))


def _correct_entry(row: ParsedRow, corrections: Corrections) -> ParsedRow:
    if row.unfinished is None:
        return row
    for fault in row.faults:
        text = line(corrections.get((row.line, fault.place), ""), [])
        if is_empty(text):
            continue
        draft = _titled(row.unfinished, text)
        reasons = {f"{row.where}: {one.reason}" for one in row.faults}
        problems = tuple(problem for problem in row.problems if problem not in reasons)
        return replace(
            row, draft=draft, problems=problems, faults=(), typed=((fault.field, fault.place),), unfinished=None
        )
    return row


def _titled(draft: Draft, title: str) -> Draft:
    return replace(draft, title=title) if isinstance(draft, CredentialDraft) else replace(draft, name=title)
