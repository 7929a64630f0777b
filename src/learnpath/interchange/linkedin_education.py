"""The format `linkedin_education`: Education.csv of LinkedIn's data export, the schools a person put on their profile.

A degree is earned, a school alone is not: only rows with a degree become credentials. One that has begun and has no
end yet is under way.
"""

from collections.abc import Mapping

from learnpath.domain.records import AchievementType, Stage
from learnpath.interchange.drafts import CredentialDraft, ParsedFile, ParsedRow, ParseOptions
from learnpath.interchange.linkedin_columns import ExportFile, ExportRow, clean_title

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
    return 0.95 if _FILE.is_header_in(data) else 0.0


def parse(data: bytes, options: ParseOptions) -> ParsedFile:
    """Return the degrees as credentials. Raises KnownError when the header is not LinkedIn's."""
    return _FILE.parse(data, options)[0]


def _find_columns(names: Mapping[str, int]) -> dict[str, int] | None:
    return {name: names[name] for name in _COLUMNS if name in names} if names.keys() >= _NEEDED else None


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


_FILE = ExportFile(FORMAT, "Education.csv", _find_columns, _read_row)
