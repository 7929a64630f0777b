"""What the import says about files and rows, in words. Only texts are made here, and only of what is shown."""

from collections.abc import Sequence
from typing import Any, cast

from PySide6.QtCore import QCoreApplication, QLocale

from learnpath.domain.dates import PartialDate
from learnpath.domain.money import Money
from learnpath.domain.wording import money_text
from learnpath.gui.widgets.wording import date_text, duration_text
from learnpath.interchange.columns import rules_for
from learnpath.interchange.drafts import (
    CredentialDraft,
    Draft,
    ParsedFile,
    PathDraft,
    ProgramDraft,
    RowsKind,
    SkillDraft,
    title_of,
)
from learnpath.interchange.formats import FORMAT_LABELS
from learnpath.interchange.plan import Decision, PlannedRow, RowKind
from learnpath.services.importing import ImportedFile

COLUMN_FIELDS = {
    "title": ("name", "title"),
    "issuer": ("issuer_name",),
    "effort": ("estimated_minutes",),
    "cost": ("price",),
    "earned": ("awarded_on",),
    "until": ("valid_until",),
}
"""Columns of the preview -> the fields they show."""

_DELIMITERS = {"\t": "tabs", ",": "“,”", ";": "“;”", "|": "“|”"}
# Of fields that are no column of a table of their kind.
_OTHER_LABELS = {"external_id": "id of the badge"}
_SHORT_LABELS = {"estimated_minutes": "effort", "price": "cost", "uri": "address"}
_NOUNS = {
    "programs": ("program", "programs"),
    "credentials": ("credential", "credentials"),
    "skills": ("skill", "skills"),
    "paths": ("path", "paths"),
    "library": ("record", "records"),
}
_MEANINGS = {
    "programs": "recognised as a program list",
    "credentials": "recognised as your credentials",
    "skills": "recognised as a list of skills",
    "paths": "recognised as a list of paths to choose from",
}
_MOST_CHANGES = 3
_MOST_LETTERS = 40
_LONGEST_TAB = 28
_MOST_PROBLEMS = 4


def say(text: str, count: int = -1) -> str:
    """Return a text of this screen in the person's language."""
    return QCoreApplication.translate("ImportScreen", text, None, count)


def number_text(count: int) -> str:
    """Return a whole number as the person's language groups it."""
    return QLocale().toString(count)


def counted(kind: str, count: int) -> str:
    """Return `1 program`, `204 programs`, `3 credentials`, `12 skills` or `5 records`."""
    one, many = _NOUNS[kind]
    return f"{number_text(count)} {say(one if count == 1 else many)}"


def proofs_text(count: int) -> str:
    """Return `1 file as proof` or `3 files as proof`; nothing for 0."""
    return f"{number_text(count)} {say('file as proof' if count == 1 else 'files as proof')}" if count else ""


def kind_text(kind: RowKind) -> str:
    """Return what a kind of row is called."""
    texts = {
        RowKind.NEW: "New",
        RowKind.UPDATE: "Update",
        RowKind.SAME: "Same",
        RowKind.UNDECIDED: "Check",
        RowKind.BROKEN: "Error",
        RowKind.LEFT_OUT: "Left out",
    }
    return say(texts[kind])


def effect_text(row: PlannedRow, decision: Decision | None) -> str:
    """Return what happens to a row: its kind, with a question mark when only probable, or what the person decided."""
    if decision is None and row.is_proposed:
        return say("Update?")
    texts = {"new": "New", "update": "Update", "skip": "Skip"}
    return kind_text(row.kind) if decision is None else say(texts[decision])


def recognised_text(parsed: ParsedFile) -> str:
    """Return what a file was recognised as, on one line."""
    if parsed.kind == "library":
        return say("Learnpath library")
    rows = f"{number_text(len(parsed.rows))} {say('row' if len(parsed.rows) == 1 else 'rows')}"
    meaning = say(_MEANINGS[parsed.kind])
    table = parsed.table
    if table is None:
        return f"{say(FORMAT_LABELS[parsed.format])} · {rows} · {meaning}"
    if table.sheet:
        return f"{say('Spreadsheet')}, {say('sheet “{0}”').format(table.sheet)} · {rows} · {meaning}"
    if parsed.format == "markdown_table":
        return f"{say('Markdown table')} · {rows} · {meaning}"
    encoding = {"utf-8": "UTF-8", "utf-8-sig": "UTF-8"}.get(table.encoding, table.encoding.upper())
    if table.is_guessed:
        encoding = say("probably {0}").format(encoding)
    separator = say("separated by {0}").format(say(_DELIMITERS.get(table.delimiter, f"“{table.delimiter}”")))
    return f"{say('CSV table')}, {encoding}, {separator} · {rows} · {meaning}"


def problems_text(parsed: ParsedFile) -> str:
    """Return what is wrong with a file as a whole, without what the strip above the rows asks about."""
    table = parsed.table
    asked = table is not None and (table.ambiguous_dates or table.needs_currency)
    shown = [one for one in parsed.problems if not (asked and ("ambiguous" in one or "currency" in one))]
    more = len(shown) - _MOST_PROBLEMS
    return "\n".join(shown[:_MOST_PROBLEMS] + ([say("%n more", more)] if more > 0 else []))


def amount_text(money: Money) -> str:
    """Return `1,234.50 EUR` as everywhere else, or `free`."""
    return money_text(money) if money.minor else say("free")


def cell_text(row: PlannedRow, column: str, parsed: ParsedFile, unfinished: Draft | None = None) -> str:
    """Return what a row says in a column, a key of `preview_columns.columns_for`. Of broken rows as written.

    `unfinished` is what a row without a title says besides.
    """
    draft = row.draft or unfinished
    if draft is None:
        return _raw_text(row, column, parsed)
    if column == "title":
        return title_of(draft)
    if isinstance(draft, SkillDraft):
        return ", ".join(draft.other_names)
    if isinstance(draft, PathDraft):
        return " ".join(draft.description.split())
    if column == "issuer":
        return draft.issuer_name
    if column == "effort":
        return duration_text(draft.estimated_minutes) if draft.estimated_minutes is not None else ""
    if isinstance(draft, ProgramDraft):
        return amount_text(draft.price) if column == "cost" and draft.price is not None else ""
    return _credential_text(draft, column)


def raw_cell(row: PlannedRow, column: str, parsed: ParsedFile) -> str:
    """Return what a table's row has in the column of the file that a column shows, as written; empty for none."""
    mapping = parsed.table.mapping if parsed.table is not None else {}
    for name in COLUMN_FIELDS.get(column, ()):
        at = mapping.get(name, -1)
        if 0 <= at < len(row.raw):
            return row.raw[at]
    return ""


def note_text(row: PlannedRow, kind: RowsKind) -> str:
    """Return why a row is what it is, what it changes, or what was left out of it."""
    parts: list[str] = []
    if row.kind is RowKind.UPDATE:
        parts = [row.reason] if row.reason else []
        parts.extend(change_text(change, kind) for change in row.changes[:_MOST_CHANGES])
        if len(row.changes) > _MOST_CHANGES:
            parts.append(say("%n more", len(row.changes) - _MOST_CHANGES))
    elif row.reason:
        parts = [row.reason]
    if row.draft is not None:
        parts.extend(row.notes)
    return "; ".join(parts)


def change_text(change: tuple[str, Any, Any], kind: RowsKind) -> str:
    """Return one change in words: "cost was € 152", "adds level", "adds skills: SQL"."""
    name, old, new = change
    label = field_label(name, kind)
    if isinstance(new, tuple):
        known = cast("tuple[str, ...]", old or ())
        added = [one for one in cast("tuple[str, ...]", new) if one not in known]
        return say("adds {0}: {1}").format(label, short_text(", ".join(added)))
    was = value_text(name, old)
    return say("{0} was {1}").format(label, was) if was else say("adds {0}").format(label)


def value_text(name: str, value: Any) -> str:
    """Return a field's value in words, empty for none."""
    if value is None or value == "" or value == ():
        return ""
    if isinstance(value, Money):
        return amount_text(value)
    if isinstance(value, PartialDate):
        return date_text(value)
    if name == "estimated_minutes":
        return duration_text(int(value))
    return short_text(f"“{value}”") if isinstance(value, str) and name == "description" else short_text(str(value))


def field_label(name: str, kind: RowsKind) -> str:
    """Return what a field is called inside of a sentence."""
    return say(_SHORT_LABELS.get(name) or _labels(kind).get(name, _OTHER_LABELS.get(name, name)).lower())


def field_title(name: str, kind: RowsKind) -> str:
    """Return what a field is called on its own: "Earned on"."""
    return say(_labels(kind).get(name, name))


def _labels(kind: RowsKind) -> dict[str, str]:
    """Return what the columns of a table can be mapped to; other kinds are in no table."""
    return {rule.name: rule.label for rule in rules_for(kind)} if kind in ("programs", "credentials") else {}


def imported_text(report: Sequence[ImportedFile]) -> str:
    """Return the toast of an import: "Imported 204 programs"."""
    return say("Imported {0}").format(written_text(report))


def written_text(report: Sequence[ImportedFile]) -> str:
    """Return how many records of which kinds an import wrote."""
    counts: dict[str, int] = {}
    for file in report:
        counts[file.kind] = counts.get(file.kind, 0) + file.new + file.updated
    parts = [counted(kind, count) for kind, count in counts.items() if count]
    return say(" and ").join(parts) or proofs_text(sum(file.only_proved for file in report)) or say("nothing")


def _credential_text(draft: CredentialDraft, column: str) -> str:
    value = {"earned": draft.awarded_on, "until": draft.valid_until}.get(column)
    return date_text(value) if value is not None else ""


def _raw_text(row: PlannedRow, column: str, parsed: ParsedFile) -> str:
    return short_text(" ".join(raw_cell(row, column, parsed)[:200].split()))


def short_text(text: str) -> str:
    """Return a text cut to what a cell has room for."""
    return text if len(text) <= _MOST_LETTERS else f"{text[: _MOST_LETTERS - 1].rstrip()}…"


def tab_text(name: str) -> str:
    """Return the name of a file for a tab, cut in its middle: names of exports differ at both ends."""
    shown = name if len(name) <= _LONGEST_TAB else f"{name[:16]}…{name[-10:]}"
    return shown.replace("&", "&&")
