"""The formats we read, and choosing one for a file from its content.

A format is one module with `FORMAT`, `sniff(data, file_name) -> 0..1` and `parse(data, options) -> ParsedFile`. Modules
are imported when first needed.
"""

from collections.abc import Mapping
from datetime import date
from importlib import import_module
from typing import Protocol, cast

from learnpath.errors import KnownError, UsageError
from learnpath.interchange.archive_files import ARCHIVE
from learnpath.interchange.archive_parts import FilePart, find_parts
from learnpath.interchange.cells.prices import CURRENCIES
from learnpath.interchange.checkpoints import Checkpoint, go_on
from learnpath.interchange.corrections import correct_entries
from learnpath.interchange.drafts import Corrections, DateOrder, ParsedFile, ParseOptions, TableKind
from learnpath.interchange.foreign_files import describe

_MODULES = {
    "library_json": "learnpath.interchange.library_json",
    "badge": "learnpath.interchange.badges.badge_file",
    "linkedin_certifications": "learnpath.interchange.linkedin_certifications",
    "pdf_certificate": "learnpath.interchange.personal.pdf_certificate",
    "calendar": "learnpath.interchange.personal.calendar_exams",
    "europass_cv": "learnpath.interchange.personal.europass_cv",
    "json_resume": "learnpath.interchange.personal.json_resume",
    "ms_learn_transcript": "learnpath.interchange.lists.ms_learn_transcript",
    "credly_badges": "learnpath.interchange.personal.credly_badges",
    "credly_catalogue": "learnpath.interchange.lists.credly_catalogue",
    "ms_learn_catalogue": "learnpath.interchange.lists.ms_learn_catalogue",
    "ctdl": "learnpath.interchange.lists.ctdl",
    "schema_org": "learnpath.interchange.lists.schema_org",
    "esco": "learnpath.interchange.lists.esco",
    "catalogue_json": "learnpath.interchange.lists.catalogue_json",
    "linkedin_learning": "learnpath.interchange.linkedin_learning",
    "linkedin_courses": "learnpath.interchange.linkedin_courses",
    "linkedin_education": "learnpath.interchange.linkedin_education",
    "linkedin_skills": "learnpath.interchange.linkedin_skills",
    "spreadsheet": "learnpath.interchange.spreadsheet",
    "markdown_table": "learnpath.interchange.markdown_table",
    "table": "learnpath.interchange.table",
}
# What people call the formats.
FORMAT_LABELS: Mapping[str, str] = {
    "library_json": "Learnpath library",
    "badge": "Digital badge or credential",
    "linkedin_certifications": "LinkedIn certifications",
    "pdf_certificate": "PDF certificate",
    "calendar": "Calendar with exams",
    "europass_cv": "Europass CV",
    "json_resume": "JSON Resume",
    "ms_learn_transcript": "Microsoft Learn transcript",
    "credly_badges": "Badges earned on Credly",
    "credly_catalogue": "Credly catalogue",
    "ms_learn_catalogue": "Microsoft Learn catalogue",
    "ctdl": "CTDL credentials and programs",
    "schema_org": "Courses on a web page (schema.org)",
    "esco": "ESCO classification",
    "catalogue_json": "List of programs (JSON)",
    "linkedin_learning": "LinkedIn learning history",
    "linkedin_courses": "LinkedIn courses",
    "linkedin_education": "LinkedIn education",
    "linkedin_skills": "LinkedIn skills",
    "spreadsheet": "Spreadsheet",
    "markdown_table": "Markdown table",
    "table": "Table (CSV)",
}
MOST_BYTES = 512 * 1024 * 1024
"""Of one file; what formats take is less."""

_LEAST_SURE = 0.1


class Format(Protocol):
    """What a format module offers."""

    FORMAT: str

    def sniff(self, data: bytes, file_name: str) -> float:
        """Return how sure it is that the bytes are of this format, 0 to 1, from their content."""
        ...

    def parse(self, data: bytes, options: ParseOptions) -> ParsedFile:
        """Return what the bytes say. Raises KnownError when they cannot be read as this format at all."""
        ...


def format_names() -> tuple[str, ...]:
    """Return the names `parse_file` takes as `format`."""
    return tuple(_MODULES)


def recognise(data: bytes, file_name: str) -> str | None:
    """Return the name of the format whose content the bytes have, or None when no format knows them."""
    sure = {name: _load(name).sniff(data, file_name) for name in _MODULES}
    best = max(sure, key=lambda name: sure[name])
    return best if sure[best] >= _LEAST_SURE else None


def parse_file(
    data: bytes,
    file_name: str,
    *,
    format: str | None = None,
    mapping: Mapping[str, int] | None = None,
    kind: TableKind | None = None,
    header_row: int | None = None,
    date_order: DateOrder | None = None,
    date_orders: Mapping[int, DateOrder] | None = None,
    currency: str | None = None,
    sheet: str | None = None,
    corrections: Corrections | None = None,
    today: date | None = None,
    check: Checkpoint = go_on,
) -> ParsedFile:
    """Return what a file says.

    `format` is one of `format_names()`; without it the content decides. The rest are the person's corrections for
    tables: `mapping` field -> column from 0 (complete: unnamed fields stay unmapped), `kind`, `header_row` (-1: none),
    `date_orders` (column from 0 -> order), `date_order` (all other columns) and `currency` (ISO 4217) for what the file
    leaves open, the `sheet` of a workbook. `corrections` are what the person typed in place of single cells, in files
    of all formats. Years of two digits need `today`. `check` is called every few thousand rows and raises to stop.
    Raises KnownError when no format reads the file or the format given cannot, UsageError for an unknown format or
    currency.
    """
    if format is not None and format not in _MODULES:
        raise UsageError(f"There is no format “{format}”.", f"Use one of: {', '.join(_MODULES)}.")
    if currency is not None and currency not in CURRENCIES:
        raise UsageError(f"“{currency}” is no currency code.", "Use an ISO 4217 code such as EUR or USD.")
    check_size(len(data), file_name)
    name = format or recognise(data, file_name)
    if name is None:
        raise foreign_file_error(data, file_name)
    options = ParseOptions(
        kind=kind,
        mapping=None if mapping is None else dict(mapping),
        header_row=header_row,
        date_order=date_order,
        date_orders=dict(date_orders or {}),
        currency=currency,
        sheet=sheet,
        corrections=dict(corrections or {}),
        today=today,
        check=check,
    )
    check()
    return correct_entries(_load(name).parse(data, options), options.corrections)


def check_size(size: int, file_name: str) -> None:
    """Raise KnownError for a file of more than `MOST_BYTES` bytes, best before it is read."""
    if size > MOST_BYTES:
        raise KnownError(
            f"“{file_name}” is larger than 512 MB. Nothing was imported.",
            "Split the file and import the parts.",
        )


def split_file(data: bytes, file_name: str) -> tuple[FilePart, ...]:
    """Return the files to read: those inside an archive (see `find_parts`), of any other file the file itself.

    Raises KnownError for an archive that is damaged, protected or too large.
    """
    whole = (FilePart(file_name, data),)
    is_archive = data.startswith(ARCHIVE) and len(data) <= MOST_BYTES
    return (find_parts(data) or whole) if is_archive and recognise(data, file_name) is None else whole


def foreign_file_error(data: bytes, file_name: str) -> KnownError:
    """Return the error that says what a file is that no format reads, and what to do with it."""
    what, hint = describe(data)
    return KnownError(f"“{file_name}” is {what}. Nothing was imported.", hint)


def _load(name: str) -> Format:
    return cast("Format", cast("object", import_module(_MODULES[name])))
