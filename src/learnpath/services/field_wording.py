"""What kinds of records, their fields and values are called: the words of the history and of backups.

Belongs here: words. Which records and fields are spoken of is decided by those who ask.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any, cast

from learnpath.domain.dates import PartialDate
from learnpath.domain.money import Money
from learnpath.domain.records import CostLine, EvidenceFile, PathStep, Record, StudySession
from learnpath.domain.wording import count_text, date_text, minutes_text, money_text, term_text
from learnpath.storage.mapping import TABLES

Names = Mapping[tuple[str, int], str]
"""What records are called, by table name and id."""

KIND_WORDS = {
    "credential": "credential",
    "program": "program",
    "issuer": "issuer",
    "skill": "skill",
    "tag": "tag",
    "evidence_file": "proof",
    "cost_line": "cost",
    "study_session": "study time",
    "path": "path",
    "path_step": "step",
    "portfolio": "portfolio",
    "import_source": "imported file",
    "profile": "profile",
}
_FIELD_WORDS = {
    "awarded_on": "earned",
    "valid_until": "valid until",
    "license_number": "credential ID",
    "verification_url": "verification link",
    "human_code": "code",
    "achievement_type": "kind",
    "estimated_minutes": "effort",
    "week_goal_minutes": "weekly goal",
    "renewal_opens_days": "renewal opens before",
    "grace_days": "grace period",
    "aliases": "other names",
    "issuer_id": "issuer",
    "program_id": "program",
    "credential_id": "credential",
    "path_id": "path",
    "skill_ids": "skills",
    "tag_ids": "tags",
    "required": "requires",
    "required_ids": "requires",
    "is_active": "active",
    "position": "place",
}
_MINUTES = frozenset({"estimated_minutes", "minutes", "week_goal_minutes"})
_DAYS = frozenset({"renewal_opens_days", "grace_days"})
# What the library keeps for itself, and what the title says already.
_HIDDEN = frozenset({"id", "path_id", "credential_id", "sha256", "size", "file_name", "media_type", "added_at"})
_CAPITAL = re.compile(r"(?<!^)(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field before and after, in words; empty text where there was nothing."""

    field: str
    before: str
    after: str


def pointed_kind(name: str) -> str:
    """Return the table name of what a column or field of ids points at: `skill_id` and `skill_ids` at skills."""
    return "program" if name in ("required_id", "required_ids") else name.removesuffix("s").removesuffix("_id")


def field_word(name: str, kind: str) -> str:
    """Return what a column or a field of a kind of records (its table name) is called."""
    if name == "external_id":
        return "catalogue number" if kind == "program" else "id of the badge"
    return _FIELD_WORDS.get(name, name.replace("_", " "))


def kind_of(record: Record) -> str:
    """Return the table name of a record."""
    return TABLES[type(record)].table


def value_text(name: str, value: Any, names: Names) -> str:
    """Return the value of a record's field in words; empty where there is none."""
    if value is None or value == "" or value == ():
        return ""
    if isinstance(value, PartialDate):
        return date_text(value)
    if isinstance(value, Money):
        return money_text(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, StrEnum):
        return _CAPITAL.sub(" ", value.value).replace("_", " ").lower()
    if name.endswith("_ids"):
        return ", ".join(names.get((pointed_kind(name), one), "?") for one in value)
    if isinstance(value, tuple):
        return ", ".join(cast("tuple[str, ...]", value))
    if name.endswith("_id") and isinstance(value, int):
        return names.get((pointed_kind(name), value), "?")
    return _number_text(name, value) if isinstance(value, int) else term_text(value) if name == "valid_for" else value


def _number_text(name: str, value: int) -> str:
    if name in _MINUTES:
        return minutes_text(value)
    if name in _DAYS:
        return count_text(value, "day") if value else ""
    return str(value + 1 if name == "position" else value)


def field_changes(before: Record, after: Record | None, names: Names) -> list[FieldChange]:
    """Return what differs between two states of a record; what it held, when there is none after."""
    found: list[FieldChange] = []
    for name in [
        field.name for field in fields(before) if field.name not in _HIDDEN or _points_out(before, field.name)
    ]:
        old = getattr(before, name)
        new = None if after is None else getattr(after, name)
        if old == new:
            continue
        change = FieldChange(
            field_word(name, kind_of(before)), value_text(name, old, names), value_text(name, new, names)
        )
        if change.before or change.after:
            found.append(change)
    return found


def _points_out(record: Record, name: str) -> bool:
    # A step may stand for a credential; a cost belongs to one.
    return isinstance(record, PathStep) and name == "credential_id"


def part_text(part: Record, names: Names) -> str:
    """Return what a part of a record (proof, cost, study, step) is, in a few words."""
    match part:
        case EvidenceFile():
            return part.original_name
        case CostLine():
            return f"{money_text(part.price)} ({value_text('kind', part.kind, names)})"
        case StudySession():
            return f"{minutes_text(part.minutes)} on {date_text(part.studied_on)}"
        case PathStep():
            named = [("credential", part.credential_id), ("program", part.program_id)]
            found = (names.get((kind, one), "") for kind, one in named if one is not None)
            return part.title or next((name for name in found if name), f"step {part.position + 1}")
        case _:
            return ""
