"""The format `linkedin_courses`: Courses.csv of LinkedIn's data export, the courses a person put on their profile.

Its two columns, Name and Number, are too common to tell: the name of the file counts as well.
"""

from collections.abc import Mapping
from dataclasses import replace

from learnpath.domain.records import AchievementType, Stage
from learnpath.interchange.drafts import CredentialDraft, ParsedFile, ParsedRow, ParseOptions
from learnpath.interchange.linkedin_columns import ExportFile, ExportRow, clean_title

FORMAT = "linkedin_courses"


def sniff(data: bytes, file_name: str) -> float:
    """Return 0.9 for a file Courses.csv with exactly LinkedIn's two columns, else 0."""
    is_named = file_name.replace("\\", "/").rpartition("/")[2].lower() == "courses.csv"
    return 0.9 if is_named and _ALONE.is_header_in(data) else 0.0


def parse(data: bytes, options: ParseOptions) -> ParsedFile:
    """Return the courses as earned credentials without a date. Raises KnownError when the header is not LinkedIn's."""
    return _FILE.parse(data, options)[0]


def _find_columns(names: Mapping[str, int]) -> dict[str, int] | None:
    return dict(names) if names.keys() >= {"name", "number"} else None


def _find_only_columns(names: Mapping[str, int]) -> dict[str, int] | None:
    return dict(names) if set(names) == {"name", "number"} else None


def _read_row(row: ExportRow) -> ParsedRow:
    draft = CredentialDraft(
        title=clean_title(row.texts["name"]),
        human_code=row.texts["number"],
        achievement_type=AchievementType.COURSE,
        stage=Stage.EARNED,
    )
    return row.parsed(draft, {"title": "name", "human_code": "number"})


_FILE = ExportFile(FORMAT, "Courses.csv", _find_columns, _read_row)
_ALONE = replace(_FILE, find_columns=_find_only_columns)
