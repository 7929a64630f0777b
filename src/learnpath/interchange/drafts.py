"""What a file says, before anything is compared with a library: drafts, rows, the shape of a table.

Values only. Reading them out of bytes is done by the format modules (`interchange.formats` lists them).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from functools import lru_cache
from typing import Literal

from learnpath.domain.contents import LibraryContents
from learnpath.domain.dates import PartialDate
from learnpath.domain.money import Money
from learnpath.domain.records import AchievementType, LifecycleStatus, Stage
from learnpath.interchange.checkpoints import Checkpoint, go_on

RowsKind = Literal["programs", "credentials", "skills", "paths"]
"""What the rows of a file are; `draft_kinds` says what follows from it."""

Kind = RowsKind | Literal["library"]
TableKind = Literal["programs", "credentials"]
DateOrder = Literal["dmy", "mdy"]
Corrections = Mapping[tuple[int, int | str], str]
"""What the person typed in place of what the file says: (line of the row, column from 0) -> text, and in files that are
no tables (number of the row, draft field) -> text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgramDraft:
    """A program as a file states it. None, "" and () mean that the file does not say.

    `required_names` are the titles of programs to be earned before; a library links those that it has.
    """

    name: str
    issuer_name: str = ""
    human_code: str = ""
    achievement_type: AchievementType | None = None
    description: str = ""
    url: str = ""
    level: str = ""
    language: str = ""
    estimated_minutes: int | None = None
    price: Money | None = None
    valid_for: str = ""
    lifecycle_status: LifecycleStatus | None = None
    retires_on: PartialDate | None = None
    external_id: str = ""
    source_url: str = ""
    checked_on: PartialDate | None = None
    required_names: tuple[str, ...] = ()
    skill_names: tuple[str, ...] = ()
    tag_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialDraft:
    """A credential of the person's own as a file states it. None, "" and () mean that the file does not say."""

    title: str
    issuer_name: str = ""
    program_name: str = ""
    human_code: str = ""
    achievement_type: AchievementType | None = None
    level: str = ""
    stage: Stage | None = None
    target_on: PartialDate | None = None
    exam_on: PartialDate | None = None
    exam_time: str = ""
    exam_zone: str = ""
    exam_place: str = ""
    awarded_on: PartialDate | None = None
    valid_for: str = ""
    valid_until: PartialDate | None = None
    renewal_opens_days: int | None = None
    grace_days: int | None = None
    renewal_note: str = ""
    revoked_on: PartialDate | None = None
    let_go_reason: str = ""
    license_number: str = ""
    external_id: str = ""
    verification_url: str = ""
    estimated_minutes: int | None = None
    notes: str = ""
    skill_names: tuple[str, ...] = ()
    tag_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillDraft:
    """A skill as a file states it: its name, the address that names the concept, and what else it is called.

    `other_names` only help to recognise a skill; a library does not keep them.
    """

    name: str
    uri: str = ""
    other_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PathDraft:
    """A learning path as a file suggests it: a goal, without steps."""

    title: str
    description: str = ""


AwardDraft = ProgramDraft | CredentialDraft
"""What is given by an issuer."""

Draft = AwardDraft | SkillDraft | PathDraft


def title_of(draft: Draft) -> str:
    """Return what a draft is called."""
    return draft.name if isinstance(draft, ProgramDraft | SkillDraft) else draft.title


@lru_cache(maxsize=4)
def draft_fields(draft_type: type[Draft]) -> tuple[str, ...]:
    """Return the field names of a kind of draft, in order."""
    return tuple(field.name for field in fields(draft_type))


@dataclass(frozen=True, slots=True)
class Fault:
    """A cell that gave no value: its draft field (or helper of `TableShape`), its column from 0, and why not.

    `column` is None where a file has no columns; the person then types the field itself.
    """

    field: str
    column: int | None
    reason: str

    @property
    def place(self) -> int | str:
        """Return what a correction of it is kept under, with the row's line."""
        return self.field if self.column is None else self.column


@dataclass(frozen=True, slots=True)
class ParsedRow:
    """One row of a file. `draft` is None when it cannot be used, and `problems` then say why.

    `where` reads "line 41"; `line` is the physical line the row starts on, from 1; `raw` are its cells, as the person
    corrected them. `faults` are the cells that gave no value, of broken rows and of usable ones. `typed` are the draft
    fields that follow from a correction, each with the place it is kept under. `unfinished` is what a row without a
    title says besides. `group` is what part of the file it is of, in files with such parts ("modules").
    """

    where: str
    line: int
    draft: Draft | None
    problems: tuple[str, ...]
    raw: tuple[str, ...]
    faults: tuple[Fault, ...] = ()
    typed: tuple[tuple[str, int | str], ...] = ()
    unfinished: Draft | None = None
    group: str = ""


@dataclass(frozen=True, slots=True)
class AmbiguousDate:
    """A cell whose day and month cannot be told apart, and what it is read as with each order."""

    text: str
    day_first: PartialDate
    month_first: PartialDate


@dataclass(frozen=True, slots=True, kw_only=True)
class TableField:
    """Something a column can be mapped to: its draft field (or helper such as `currency`) and a plain label."""

    name: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TableShape:
    """How a table was read, for showing and correcting.

    `mapping` and `fields` use draft field names, plus the helpers `currency`, `weekly_effort` and `length`. Columns
    count from 0. `header_row` is the index among the file's rows (blank ones included), or -1 for none. `sample` are
    up to five rows of cells. `date_orders` are the columns of dates whose order of day and month is known: proved by
    their cells, or chosen. `proved_order` is the one that columns prove, None when they prove none or both.
    `ambiguous_dates` are the columns whose day and month cannot be told apart, each with such a cell: they stay unread
    until an order is given. `needs_currency` says that amounts were left out for want of a currency.
    `head` are the first rows as they are in the file. `sheets` are the sheets of a workbook that can be read, `sheet`
    the one that was; both are empty for other tables, as are `encoding` and `delimiter` for a workbook.
    """

    encoding: str
    is_guessed: bool
    delimiter: str
    header_row: int
    columns: tuple[str, ...]
    sample: tuple[tuple[str, ...], ...]
    mapping: dict[str, int]
    fields: tuple[TableField, ...]
    unmapped: tuple[int, ...]
    date_orders: Mapping[int, DateOrder] = field(default_factory=dict[int, DateOrder])
    proved_order: DateOrder | None = None
    ambiguous_dates: Mapping[int, AmbiguousDate] = field(default_factory=dict[int, AmbiguousDate])
    needs_currency: bool = False
    head: tuple[tuple[str, ...], ...] = ()
    sheet: str = ""
    sheets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ParseOptions:
    """What the person decided about a file: see `formats.parse_file`.

    `date_orders` are for single columns, from 0, and `date_order` is for all others; what a column's own cells prove
    goes before both. `today` is needed to read years of two digits.
    `check` is called every few thousand rows and raises to stop.
    """

    kind: TableKind | None = None
    mapping: dict[str, int] | None = None
    header_row: int | None = None
    date_order: DateOrder | None = None
    date_orders: Mapping[int, DateOrder] = field(default_factory=dict[int, DateOrder])
    currency: str | None = None
    sheet: str | None = None
    corrections: Corrections = field(default_factory=dict[tuple[int, int | str], str])
    today: date | None = None
    check: Checkpoint = go_on


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedFile:
    """Everything a file says. `problems` are about the whole file; those of a row are in the row.

    `table` is set for tables, `contents` for a whole library (which then has no rows). `part` is the name of the file
    inside an archive that this was read from. `is_evidence` says that the file itself proves its rows: a badge, a
    transcript of badges or a certificate, to be kept with each credential. `choice` is set where the file offers more
    than anybody wants, or what is perhaps nothing of the kind: a phrase that asks which of its new rows to take, as
    none is taken unasked but those that the person typed in. `left_out` are the groups of rows that stay out unless
    the person wants them in.
    """

    format: str
    kind: Kind
    rows: tuple[ParsedRow, ...] = ()
    table: TableShape | None = None
    contents: LibraryContents | None = None
    problems: tuple[str, ...] = ()
    is_evidence: bool = False
    choice: str = ""
    left_out: frozenset[str] = frozenset()
