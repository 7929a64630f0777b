"""The format `linkedin_learning`: Learning.csv of LinkedIn's data export, what a person watched at LinkedIn Learning.

Completed is earned, watched is enrolled, only saved is wished. Videos are pieces of courses: those only watched or
saved are left out and counted.
"""

from collections.abc import Mapping
from dataclasses import replace

from learnpath.domain.records import AchievementType, Stage
from learnpath.domain.wording import count_text
from learnpath.interchange.badges.plain_text import paragraph
from learnpath.interchange.drafts import CredentialDraft, ParsedFile, ParsedRow, ParseOptions
from learnpath.interchange.linkedin_columns import ExportFile, ExportRow, clean_title

FORMAT = "linkedin_learning"
_ISSUER = "LinkedIn Learning"
# Header in folded words (what stands in brackets included) -> what we call it here.
_COLUMNS = {
    "content title": "title",
    "content description": "description",
    "content type": "type",
    "content last watched date if viewed": "watched",
    "content completed at if completed": "completed",
    "notes taken on videos if taken": "notes",
}
_NEEDED = frozenset({"title", "type", "completed"})
_COURSES = frozenset({"course", "learning_path", "learning path"})
_PATHS = frozenset({"learning_path", "learning path"})


def sniff(data: bytes, file_name: str) -> float:
    """Return 0.95 when one of the first rows is LinkedIn's header, else 0. The name does not matter."""
    del file_name
    return 0.95 if _FILE.is_header_in(data) else 0.0


def parse(data: bytes, options: ParseOptions) -> ParsedFile:
    """Return courses and learning paths as credentials. Raises KnownError when the header is not LinkedIn's."""
    parsed, left_out = _FILE.parse(data, options)
    if not left_out:
        return parsed
    note = f"Left out: {count_text(left_out, 'video')} not watched to the end."
    return replace(parsed, problems=(*parsed.problems, note))


def _find_columns(names: Mapping[str, int]) -> dict[str, int] | None:
    columns = {_COLUMNS[name]: column for name, column in names.items() if name in _COLUMNS}
    return columns if columns.keys() >= _NEEDED else None


def _read_row(row: ExportRow) -> ParsedRow | None:
    """Return a row, None for one that is left out."""
    kind, completed, watched = row.texts["type"].lower(), row.texts["completed"], row.texts.get("watched", "")
    if not completed and kind not in _COURSES:
        return None
    description = paragraph(row.texts.get("description", ""), [])
    draft = CredentialDraft(
        title=clean_title(row.texts["title"]),
        issuer_name=_ISSUER,
        achievement_type=AchievementType.LEARNING_PROGRAM if kind in _PATHS else AchievementType.COURSE,
        stage=Stage.EARNED if completed else Stage.ENROLLED if watched else Stage.WISHED,
        awarded_on=row.day("awarded_on", "completed"),
        notes="\n\n".join(text for text in (description, row.texts.get("notes", "")) if text),
    )
    return row.parsed(draft, {"title": "title", "awarded_on": "completed", "notes": "notes"})


_FILE = ExportFile(FORMAT, "Learning.csv", _find_columns, _read_row)
