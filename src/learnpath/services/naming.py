"""Names that people and files write, turned into the ids of issuers, skills and tags; missing ones are made."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Protocol

from learnpath.domain.matching import normalise_issuer
from learnpath.domain.names import fold_name, tidy_name
from learnpath.domain.records import Issuer, Skill, Tag
from learnpath.services.known_issuers import issuer_homes
from learnpath.storage.change import Change
from learnpath.storage.library import Library


class _Named(Protocol):
    @property
    def id(self) -> int: ...
    @property
    def name(self) -> str: ...


class NameBook:
    """The issuers, skills and tags of a library by name, for the length of one change. Case does not matter.

    `known` gives well-known issuers their usual name and remembers the name a file used as another name of theirs.
    `made_skills` are the ids of the skills it made, `made_issuers` counts the issuers that it made or gave a name.
    """

    def __init__(self, library: Library, change: Change, known: Mapping[str, str] | None = None) -> None:
        self.made_skills: list[int] = []
        self.made_issuers = 0
        self._change = change
        self._known = known or {}
        issuers = library.all(Issuer)
        self._homes = issuer_homes(issuers, self._known) if known else {}
        self._issuers = _by_name(issuers)
        self._aliases: dict[str, int] = {}
        for issuer in issuers:
            for alias in issuer.aliases:
                self._issuers.setdefault(fold_name(alias), issuer.id)
                self._aliases.setdefault(normalise_issuer(alias), issuer.id)
        self._skills = _by_name(library.all(Skill))
        self._tags = _by_name(library.all(Tag))

    def issuer_id(self, name: str) -> int | None:
        """Return the id of the issuer with this name or alias, making it when there is none; None for no name."""
        key = fold_name(name)
        if not key:
            return None
        found = self._issuers.get(key)
        if found is None and self._known:
            # In files legal forms come and go: what is planned as the issuer with this other name is that one.
            found = self._aliases.get(normalise_issuer(name))
        if found is None:
            found = self._issuers[key] = self._new_issuer(tidy_name(name))
            self.made_issuers += 1
        return found

    def _new_issuer(self, name: str) -> int:
        usual = self._known.get(normalise_issuer(name))
        if usual is None:
            return self._change.insert(Issuer(name=name)).id
        issuer = self._homes.get(usual)
        if issuer is None:
            aliases = () if fold_name(name) == fold_name(usual) else (name,)
            issuer = self._change.insert(Issuer(name=usual, aliases=aliases))
            self._issuers[fold_name(usual)] = issuer.id
        else:
            issuer = replace(issuer, aliases=(*issuer.aliases, name))
            self._change.update(issuer)
        self._homes[usual] = issuer
        return issuer.id

    def add_skills(self, skills: Iterable[Skill]) -> None:
        """Take in skills that came into the library in another way."""
        for skill in skills:
            self._skills.setdefault(fold_name(skill.name), skill.id)

    def skill_ids(self, names: Iterable[str]) -> tuple[int, ...]:
        """Return the ids of the skills, in order, making those that are missing."""
        return tuple(dict.fromkeys(self._skill_id(name) for name in names if fold_name(name)))

    def tag_ids(self, names: Iterable[str]) -> tuple[int, ...]:
        """Return the ids of the tags, in order, making those that are missing."""
        return tuple(dict.fromkeys(self._tag_id(name) for name in names if fold_name(name)))

    def _skill_id(self, name: str) -> int:
        if (found := self._skills.get(fold_name(name))) is None:
            found = self._skills[fold_name(name)] = self._change.insert(Skill(name=tidy_name(name))).id
            self.made_skills.append(found)
        return found

    def _tag_id(self, name: str) -> int:
        if (found := self._tags.get(fold_name(name))) is None:
            found = self._tags[fold_name(name)] = self._change.insert(Tag(name=tidy_name(name))).id
        return found


def _by_name(records: Iterable[_Named]) -> dict[str, int]:
    found: dict[str, int] = {}
    for record in records:
        found.setdefault(fold_name(record.name), record.id)
    return found
