"""The format `linkedin_education`: Education.csv of LinkedIn's data export, the schools a person put on their profile.

A degree is earned, a school alone is not: only rows with a degree become credentials. One that has begun and has no
end yet is under way.
"""

from learnpath.domain.records import AchievementType, Stage
from learnpath.errors import KnownError
from learnpath.interchange.delimited import DelimitedRows
from learnpath.interchange.drafts import CredentialDraft, ParsedFile, ParsedRow, ParseOptions
from learnpath.interchange.linkedin_columns import (
    ExportRow,
    clean_title,
    export_rows,
    header_rows,
    split_export,
    split_head,
)

FORMAT = "linkedin_education"
_COLUMNS = ("school name", "degree name", "start date", "end date", "notes", "activities")
_FIELDS = {
    "title": "degree name",
    "issuer_name": "school name",
    "stage": "start date",
    "awarded_on": "end date",
    "notes": "notes",
}
_NEEDED = frozenset({"school name", "degree name", "end date"})


def sniff(data: bytes, file_name: str) -> float:
    """Return 0.95 when one of the first rows is LinkedIn's header, else 0. The name does not matter."""
    del file_name
    head = split_head(data)
    return 0.95 if head is not None and _find_header(head) is not None else 0.0


def parse(data: bytes, options: ParseOptions) -> ParsedFile:
    """Return the degrees as credentials. Raises KnownError when the header is not LinkedIn's."""
    split = split_export(data, options)
    found = _find_header(split)
    if found is None:
        raise KnownError(
            "The file has not the columns of LinkedIn's Education.csv.",
            "Import it as a table and map its columns.",
        )
    at, columns = found
    rows = tuple(_read_row(row) for row in export_rows(split, at, columns, options))
    problems = tuple(f"line {line}: a quotation mark is never closed" for line in split.unclosed)
    return ParsedFile(format=FORMAT, kind="credentials", rows=rows, problems=problems)


def _find_header(split: DelimitedRows) -> tuple[int, dict[str, int]] | None:
    for at, names in header_rows(split):
        if names.keys() >= _NEEDED:
            return at, {name: names[name] for name in _COLUMNS if name in names}
    return None


def _read_row(row: ExportRow) -> ParsedRow:
    started, ended = row.day("stage", "start date"), row.day("awarded_on", "end date")
    remarks = (row.texts.get("notes", ""), row.texts.get("activities", ""))
    draft = CredentialDraft(
        title=clean_title(row.texts["degree name"]),
        issuer_name=row.texts["school name"],
        achievement_type=AchievementType.DEGREE,
        stage=Stage.ENROLLED if started is not None and ended is None else Stage.EARNED,
        awarded_on=ended,
        notes="\n".join(text for text in remarks if text),
    )
    return row.parsed(draft, _FIELDS, missing="no degree is named, so there is nothing earned to keep")
