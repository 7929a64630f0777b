"""The format `linkedin_courses`: Courses.csv of LinkedIn's data export, the courses a person put on their profile.

Its two columns, Name and Number, are too common to tell: the name of the file counts as well.
"""

from learnpath.domain.records import AchievementType, Stage
from learnpath.errors import KnownError
from learnpath.interchange.drafts import CredentialDraft, ParsedFile, ParsedRow, ParseOptions
from learnpath.interchange.linkedin_columns import (
    ExportRow,
    clean_title,
    export_rows,
    header_rows,
    split_export,
    split_head,
)

FORMAT = "linkedin_courses"


def sniff(data: bytes, file_name: str) -> float:
    """Return 0.9 for a file Courses.csv with exactly LinkedIn's two columns, else 0."""
    head = split_head(data) if file_name.replace("\\", "/").rpartition("/")[2].lower() == "courses.csv" else None
    return (
        0.9 if head is not None and any(names.keys() == {"name", "number"} for _, names in header_rows(head)) else 0.0
    )


def parse(data: bytes, options: ParseOptions) -> ParsedFile:
    """Return the courses as earned credentials without a date. Raises KnownError when the header is not LinkedIn's."""
    split = split_export(data, options)
    found = next(((at, names) for at, names in header_rows(split) if names.keys() >= {"name", "number"}), None)
    if found is None:
        raise KnownError(
            "The file has not the columns of LinkedIn's Courses.csv.",
            "Import it as a table and map its columns.",
        )
    at, columns = found
    rows = tuple(_read_row(row) for row in export_rows(split, at, columns, options))
    problems = tuple(f"line {line}: a quotation mark is never closed" for line in split.unclosed)
    return ParsedFile(format=FORMAT, kind="credentials", rows=rows, problems=problems)


def _read_row(row: ExportRow) -> ParsedRow:
    draft = CredentialDraft(
        title=clean_title(row.texts["name"]),
        human_code=row.texts["number"],
        achievement_type=AchievementType.COURSE,
        stage=Stage.EARNED,
    )
    return row.parsed(draft, {"title": "name", "human_code": "number"})
