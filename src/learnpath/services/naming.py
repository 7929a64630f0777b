"""Names that people and files write, turned into the ids of issuers, skills and tags; missing ones are made."""

from collections.abc import Iterable
from typing import Protocol

from learnpath.domain.matching import normalise_issuer
from learnpath.domain.names import fold_name, tidy_name
from learnpath.domain.records import Issuer, Skill, Tag
from learnpath.services.known_issuers import issuer_homes, known_issuers, usual_names
from learnpath.storage.change import Change
from learnpath.storage.library import Library


class _Named(Protocol):
    @property
    def id(self) -> int: ...
    @property
    def name(self) -> str: ...


class NameBook:
    """The issuers, skills and tags of a library by name, for the length of one change. Case does not matter.

    A well-known issuer that is made gets the other names of the list, to be edited from then on. With `by_files` it
    gets its usual name, too, and names are the same without legal forms and short names in parentheses.
    `made_skills` are the ids of the skills it made, `made_issuers` counts the issuers that it made or gave a name.
    """

    def __init__(self, library: Library, change: Change, *, by_files: bool = False) -> None:
        self.made_skills: list[int] = []
        self.made_issuers = 0
        self._change = change
        self._by_files = by_files
        issuers = library.all(Issuer)
        self._homes = issuer_homes(issuers, known_issuers())
        self._issuers = _by_name(issuers)
        # By normalised names: whose other name it is, and all names that are taken.
        self._aliases: dict[str, int] = {}
        self._taken = {normalise_issuer(issuer.name) for issuer in issuers}
        for issuer in issuers:
            self._take_aliases(issuer)
        self._skills = _by_name(library.all(Skill))
        self._tags = _by_name(library.all(Tag))

    def issuer_id(self, name: str) -> int | None:
        """Return the id of the issuer with this name or alias, making it when there is none; None for no name."""
        key = fold_name(name)
        if not key:
            return None
        found = self._issuers.get(key)
        if found is None and self._by_files:
            # In files legal forms come and go: what is planned as the issuer with this other name is that one.
            found = self._aliases.get(normalise_issuer(name))
        if found is None:
            found = self._issuers[key] = self._new_issuer(tidy_name(name))
            self.made_issuers += 1
        return found

    def _new_issuer(self, name: str) -> int:
        usual, *others = usual_names(name) or (name,)
        home = self._homes.get(usual)
        if home is None:
            own = usual if self._by_files else name
            issuer = self._change.insert(Issuer(name=own, aliases=self._other_names(own, (name, usual, *others))))
        elif self._by_files and normalise_issuer(name) == normalise_issuer(home.name):
            return home.id
        else:
            # Its record is here and is not called so: that is what the person said.
            issuer = self._change.insert(Issuer(name=name))
        _ = self._homes.setdefault(usual, issuer)
        self._issuers[fold_name(issuer.name)] = issuer.id
        self._taken.add(normalise_issuer(issuer.name))
        self._take_aliases(issuer)
        return issuer.id

    def _other_names(self, own: str, names: Iterable[str]) -> tuple[str, ...]:
        found: dict[str, str] = {}
        for name in names:
            if fold_name(name) != fold_name(own) and normalise_issuer(name) not in self._taken:
                _ = found.setdefault(fold_name(name), name)
        return tuple(found.values())

    def _take_aliases(self, issuer: Issuer) -> None:
        for alias in issuer.aliases:
            _ = self._issuers.setdefault(fold_name(alias), issuer.id)
            _ = self._aliases.setdefault(normalise_issuer(alias), issuer.id)
            self._taken.add(normalise_issuer(alias))

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
