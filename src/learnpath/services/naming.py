"""Names that people and files write, turned into the ids of issuers, skills and tags; missing ones are made."""

import unicodedata
from collections.abc import Iterable
from typing import Protocol

from learnpath.domain.records import Issuer, Skill, Tag
from learnpath.storage.change import Change
from learnpath.storage.library import Library


class _Named(Protocol):
    @property
    def id(self) -> int: ...
    @property
    def name(self) -> str: ...


class NameBook:
    """The issuers, skills and tags of a library by name, for the length of one change. Case does not matter."""

    def __init__(self, library: Library, change: Change) -> None:
        self._change = change
        issuers = library.all(Issuer)
        self._issuers = _by_name(issuers)
        for issuer in issuers:
            for alias in issuer.aliases:
                self._issuers.setdefault(_key(alias), issuer.id)
        self._skills = _by_name(library.all(Skill))
        self._tags = _by_name(library.all(Tag))

    def issuer_id(self, name: str) -> int | None:
        """Return the id of the issuer with this name or alias, making it when there is none; None for no name."""
        if not _key(name):
            return None
        found = self._issuers.get(_key(name))
        if found is None:
            found = self._change.insert(Issuer(name=_tidy(name))).id
            self._issuers[_key(name)] = found
        return found

    def skill_ids(self, names: Iterable[str]) -> tuple[int, ...]:
        """Return the ids of the skills, in order, making those that are missing."""
        return tuple(dict.fromkeys(self._skill_id(name) for name in names if _key(name)))

    def tag_ids(self, names: Iterable[str]) -> tuple[int, ...]:
        """Return the ids of the tags, in order, making those that are missing."""
        return tuple(dict.fromkeys(self._tag_id(name) for name in names if _key(name)))

    def _skill_id(self, name: str) -> int:
        if (found := self._skills.get(_key(name))) is None:
            found = self._skills[_key(name)] = self._change.insert(Skill(name=_tidy(name))).id
        return found

    def _tag_id(self, name: str) -> int:
        if (found := self._tags.get(_key(name))) is None:
            found = self._tags[_key(name)] = self._change.insert(Tag(name=_tidy(name))).id
        return found


def _by_name(records: Iterable[_Named]) -> dict[str, int]:
    found: dict[str, int] = {}
    for record in records:
        found.setdefault(_key(record.name), record.id)
    return found


def _tidy(name: str) -> str:
    return unicodedata.normalize("NFC", " ".join(name.split()))


def _key(name: str) -> str:
    return _tidy(name).casefold()
