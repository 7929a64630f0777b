"""What a draft changes in a record: only what the file states, never for something vaguer, never against a better
source, and what the person entered only when they say so.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from operator import attrgetter
from typing import Any, cast

from learnpath.domain.dates import PartialDate, better_date
from learnpath.domain.matching import canonical_url, normalise_issuer, normalise_title
from learnpath.domain.records import AchievementType, LifecycleStatus, Stage
from learnpath.domain.validity import end_of_validity
from learnpath.interchange.drafts import CredentialDraft, Draft, draft_fields
from learnpath.interchange.source_ranks import Filling

Change = tuple[str, Any, Any]
# What a record is recognised by: two rows that both fit one record must not take it away from each other.
IDENTITY_FIELDS = frozenset((
    "name", "title", "issuer_name", "human_code", "url", "verification_url", "external_id", "license_number",
    "awarded_on",
))  # fmt: skip
# What a record holds where nobody stated anything.
UNSTATED: Mapping[str, object] = {
    "achievement_type": AchievementType.ACHIEVEMENT,
    "lifecycle_status": LifecycleStatus.ACTIVE,
    "grace_days": 0,
}


# What says when an award was given and how long it holds.
_AWARD_DATES = frozenset(("awarded_on", "valid_until", "revoked_on"))


@dataclass(frozen=True, slots=True)
class RowChanges:
    """The changes (field, old, new) of a row, and which of those fields the person had entered themselves.

    `confirmed` are fields that a source which is believed less had filled with the same. `later` are those that say a
    later date than a source which is believed more; whether it is a newer award is for the person to say. With
    `is_older` the row tells of an earlier award than the record, and only fills what is empty there.
    """

    changes: tuple[Change, ...] = ()
    entered: tuple[str, ...] = ()
    confirmed: tuple[str, ...] = ()
    later: tuple[Change, ...] = ()
    is_older: bool = False


def find_changes(
    draft: Draft,
    values: Mapping[str, Any],
    filled_by: Mapping[str, Filling],
    own: Filling,
    *,
    keeps_identity: bool = False,
    typed: Sequence[str] = (),
) -> RowChanges:
    """Return each field that the draft would fill or change.

    Nothing stated changes nothing; a less exact date never replaces a more exact one; names are added to lists and
    never removed; spelling alone (dashes, case, tracking in an address) changes nothing. `filled_by` tells which
    import filled a field: one that is believed more than `own` keeps it, and a field in none was entered by the
    person. An award that is older than the record's only fills what is empty, and no dates. With `keeps_identity` the
    fields a record is recognised by stay as they are. What the person `typed` in place of the file's cells comes
    before every source, and needs no second answer.
    """
    changes: list[Change] = []
    entered: list[str] = []
    confirmed: list[str] = []
    later: list[Change] = []
    is_older = isinstance(draft, CredentialDraft) and _is_older(draft, values, filled_by, own, typed)
    for name in draft_fields(type(draft)):
        new = getattr(draft, name)
        if new is None or new == "" or new == () or (keeps_identity and name in IDENTITY_FIELDS):
            continue
        old = values.get(name)
        merged = old if new == old else _merge(name, old, new)
        if merged == old:
            says_it = new == old or name == "notes"
            if says_it and name in filled_by and filled_by[name][0] < own[0] and name not in typed:
                confirmed.append(name)
            continue
        is_filling = name in typed or _is_unstated(name, old, filled_by)
        if is_older and (name in _AWARD_DATES or not is_filling):
            continue
        if not (is_filling or _refines(old, merged)):
            filling = filled_by.get(name)
            if filling is not None and filling > own:
                if filling[0] == own[0] or name not in _AWARD_DATES or not _is_later(merged, old):
                    continue
                later.append((name, old, merged))
            if filling is None:
                entered.append(name)
        changes.append((name, old, merged))
    if isinstance(draft, CredentialDraft):
        if changes:
            entered += _complete_award(draft, values, filled_by, changes)
        if not keeps_identity:
            _keep_other_address(draft, values, filled_by, own, changes)
    return RowChanges(tuple(changes), tuple(entered), tuple(confirmed), tuple(later), is_older)


def _is_older(
    draft: CredentialDraft,
    values: Mapping[str, Any],
    filled_by: Mapping[str, Filling],
    own: Filling,
    typed: Sequence[str],
) -> bool:
    """Return whether a row tells of an earlier award than the record has from a source of its rank or a better one."""
    new, old = draft.awarded_on, values.get("awarded_on")
    if new is None or old is None or new == old or "awarded_on" in typed:
        return False
    return _is_later(old, new) and filled_by.get("awarded_on", (0, 0))[0] >= own[0]


def _is_later(date: PartialDate | None, other: PartialDate | None) -> bool:
    return date is not None and other is not None and date.first_day > other.last_day


def _complete_award(
    draft: CredentialDraft, values: Mapping[str, Any], filled_by: Mapping[str, Filling], changes: list[Change]
) -> list[str]:
    """Add what follows from an award that was not known; return what of it the person had entered otherwise."""
    new = next((new for name, old, new in changes if name == "awarded_on" and not old), None)
    if new is None:
        return []
    entered: list[str] = []
    if draft.stage is None and values.get("stage") is Stage.PLANNED:
        changes.append(("stage", Stage.PLANNED, Stage.EARNED))
        if "stage" not in filled_by:
            entered.append("stage")
    term = draft.valid_for or values.get("valid_for")
    if term and not draft.valid_until and not values.get("valid_until") and (ends := end_of_validity(new, term)):
        changes.append(("valid_until", None, ends))
    return entered


def known_as(draft: Draft, values: Mapping[str, Any], changes: Sequence[Change]) -> tuple[str, ...]:
    """Return what a row calls a record ("title=Cloud") that is called something else even with the row's changes."""
    after = {**values, **{name: new for name, _, new in changes}}
    return tuple(
        former_value(name, stated)
        for name in draft_fields(type(draft))
        if name in IDENTITY_FIELDS and (stated := getattr(draft, name)) and stated != after.get(name)
    )


def former_value(name: str, value: object) -> str:
    """Return a value of a field as `known_as` has it."""
    return f"{name}={value}"


def filled_fields(draft: Draft) -> tuple[str, ...]:
    """Return the names of the fields that a draft states."""
    names, values_of = _reader(type(draft))
    return tuple([name for name, value in zip(names, values_of(draft), strict=True) if value or value == 0])


@cache
def _reader(draft_type: type[Draft]) -> tuple[tuple[str, ...], Callable[[Draft], tuple[Any, ...]]]:
    names = draft_fields(draft_type)
    return names, attrgetter(*names)


def attributed_fields(changes: Sequence[Change]) -> tuple[str, ...]:
    """Return the names of the changed fields that are the import's from now on.

    Notes that only had something added below stay whose they were.
    """
    return tuple(name for name, old, new in changes if not (name == "notes" and old and new.startswith(old)))


def _is_unstated(name: str, old: Any, filled_by: Mapping[str, Filling]) -> bool:
    if old is None or old == "" or old == ():
        return True
    if name == "notes":
        return all(_is_address(line) for line in old.splitlines())
    return name in UNSTATED and old == UNSTATED[name] and name not in filled_by


def _refines(old: Any, new: Any) -> bool:
    return isinstance(old, PartialDate) and isinstance(new, PartialDate) and new.refines(old)


def _keep_other_address(
    draft: CredentialDraft,
    values: Mapping[str, Any],
    filled_by: Mapping[str, Filling],
    own: Filling,
    changes: list[Change],
) -> None:
    """Note down the address of the import that is believed less, where two name different ones.

    The record has room for one address to verify the award at; the other still leads somewhere.
    """
    old, new = values.get("verification_url") or "", draft.verification_url
    filling = filled_by.get("verification_url")
    if not old or not new or filling in (None, own) or canonical_url(old) == canonical_url(new):
        return
    other = old if own > filling else new
    place = next((at for at, change in enumerate(changes) if change[0] == "notes"), None)
    before = values.get("notes") or ""
    notes = before if place is None else changes[place][2]
    if canonical_url(other) in {canonical_url(word) for word in (*notes.split(), draft.external_id)}:
        return
    change = ("notes", values.get("notes"), f"{notes}\n{other}".strip())
    if place is None:
        changes.append(change)
    else:
        changes[place] = change


def _merge(name: str, old: Any, new: Any) -> Any:
    if isinstance(new, PartialDate):
        return better_date(old, new)
    if isinstance(new, tuple):
        known: tuple[str, ...] = old or ()
        folded = {item.casefold() for item in known}
        names = cast("tuple[str, ...]", new)
        return (*known, *(item for item in names if item.casefold() not in folded))
    if isinstance(new, str) and isinstance(old, str) and old:
        if _says_the_same(name, old, new):
            return old
        if name == "notes":
            return "\n".join((new, *(line for line in old.splitlines() if _is_address(line) and line not in new)))
    return new


def _is_address(line: str) -> bool:
    # What `_keep_other_address` wrote.
    return line.startswith(("https://", "http://")) and len(line.split()) == 1


def _says_the_same(name: str, old: str, new: str) -> bool:
    if name in ("name", "title", "program_name"):
        return normalise_title(old) == normalise_title(new)
    if name == "issuer_name":
        # Reached only for records already recognised as the same: the library's name for the issuer stays.
        return bool(normalise_issuer(old))
    if name in ("url", "verification_url", "source_url"):
        return canonical_url(old) == canonical_url(new)
    if name == "notes":
        # An address may have been added below.
        return f" {' '.join(new.split())} " in f" {' '.join(old.split())} "
    return old.split() == new.split()
