"""Which skill or path each row is: these have a name and perhaps an address, and nothing else to be recognised by.

A skill is recognised by its address, then by its name, then by another name that only it has. Its name in the library
is the person's own and stays; only a missing address is filled in. A path is recognised by its title and stays as it
is. Programs and credentials are matched in `row_matching`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from learnpath.domain.names import fold_name
from learnpath.interchange.checkpoints import Checkpoint, watched
from learnpath.interchange.drafts import PathDraft, SkillDraft
from learnpath.interchange.former_identities import FormerValues
from learnpath.interchange.groups import Groups
from learnpath.interchange.row_changes import RowChanges
from learnpath.interchange.row_matching import RowMatch
from learnpath.interchange.source_ranks import Filling

_NEW = RowMatch("new")


@dataclass(frozen=True, slots=True)
class _Skill:
    place: int
    uri: str
    name: str

    @property
    def key(self) -> str:
        return fold_name(self.name)


class KnownSkills:
    """What the skills of a library are recognised by; kept while files bring more of them."""

    def __init__(self, aliases: Mapping[str, str]) -> None:
        del aliases
        self.by_uri, self.by_name = Groups[_Skill](), Groups[_Skill]()
        self._skills: dict[int, _Skill] = {}

    def put(self, record_id: int, values: Mapping[str, Any], former: FormerValues = ()) -> None:
        """Take in a skill that comes after all others, or one that is known and has changed."""
        del former
        skill = _Skill(record_id, str(values["uri"]), str(values["name"]))
        old = self._skills.get(record_id)
        self._skills[record_id] = skill
        if old is None:
            self.by_uri.add(skill.uri, skill)
            self.by_name.add(skill.key, skill)
        else:
            self.by_uri.replace(old.uri, skill.uri, skill)
            self.by_name.replace(old.key, skill.key, skill)

    def match_file(self, check: Checkpoint) -> "SkillMatcher":
        """Return what matches the rows of one file against the skills as they are now."""
        return SkillMatcher(self, check)


class SkillMatcher:
    """Matches the skills of one file against those of a library."""

    def __init__(self, known: KnownSkills, check: Checkpoint) -> None:
        self._known = known
        self._check = check

    def match(self, rows: Sequence[tuple[int, SkillDraft | None]]) -> list[RowMatch | None]:
        """Return a match for each (line, draft), None where there is no draft."""
        repeated = _repeats(rows, self._check)
        own = [(line, draft) for line, draft in rows if draft is not None and line not in repeated]
        lines = _NameLines(own, self._check)
        return [
            None
            if draft is None
            else RowMatch("same", f"repeats line {repeated[line]}")
            if line in repeated
            else self._match_first(line, draft, lines)
            for line, draft in watched(rows, self._check)
        ]

    def find_changes(
        self,
        row: int,
        match: RowMatch,
        draft: SkillDraft,
        values: Mapping[str, Any],
        filled_by: Mapping[str, Filling],
        own: Filling,
        typed: Sequence[str] = (),
    ) -> RowChanges:
        """Return the address, where the row has one and the skill has not, or the person may want the other one."""
        del row, filled_by, own, typed
        old = str(values["uri"])
        wanted = draft.uri and draft.uri != old and (not old or match.kind == "undecided")
        return RowChanges((("uri", old, draft.uri),)) if wanted else RowChanges()

    def _match_first(self, line: int, draft: SkillDraft, lines: "_NameLines") -> RowMatch:
        """Match a row that repeats no other row."""
        for known in self._known.by_uri.get(draft.uri):
            return RowMatch("update", "", known.place)
        name = fold_name(draft.name)
        found = self._known.by_name.get(name)
        if len(found) > 1:
            return RowMatch("undecided", f"“{draft.name}” is the name of {len(found)} skills here")
        if (other := lines.with_name(name, line)) is not None:
            place = next((known.place for known in found), None)
            return RowMatch("undecided", f"has the name of line {other} and another address", place)
        for known in found:
            if draft.uri and known.uri:
                return RowMatch("undecided", f"“{draft.name}” is here with another address", known.place)
            return RowMatch("update", "", known.place)
        return self._match_other_name(draft, lines)

    def _match_other_name(self, draft: SkillDraft, lines: "_NameLines") -> RowMatch:
        """Match by the names that no row has as its first one against skills that have no address yet."""
        names = dict.fromkeys(map(fold_name, draft.other_names))
        free = [
            (name, known)
            for name in names
            if not lines.is_first_name(name)
            for known in self._known.by_name.get(name)
            if not known.uri
        ]
        if not free:
            return _NEW
        (name, skill), *others = free
        if others:
            return RowMatch("undecided", f"“{skill.name}” and “{others[0][1].name}” are names of it", skill.place)
        if lines.uses_of_other_name(name) > 1:
            return RowMatch("undecided", f"“{skill.name}” is another name of this and of other rows", skill.place)
        return RowMatch("update", "", skill.place)


class KnownPaths:
    """What the paths of a library are recognised by; kept while files bring more of them."""

    def __init__(self, aliases: Mapping[str, str]) -> None:
        del aliases
        self.by_title: dict[str, int] = {}

    def put(self, record_id: int, values: Mapping[str, Any], former: FormerValues = ()) -> None:
        """Take in a path that comes after all others; no import changes the title of one that is known."""
        del former
        _ = self.by_title.setdefault(fold_name(str(values["title"])), record_id)

    def match_file(self, check: Checkpoint) -> "PathMatcher":
        """Return what matches the rows of one file against the paths as they are now."""
        return PathMatcher(self, check)


class PathMatcher:
    """Matches the paths of one file against those of a library."""

    def __init__(self, known: KnownPaths, check: Checkpoint) -> None:
        self._known = known
        self._check = check

    def match(self, rows: Sequence[tuple[int, PathDraft | None]]) -> list[RowMatch | None]:
        """Return a match for each (line, draft), None where there is no draft."""
        first: dict[str, int] = {}
        return [
            None if draft is None else self._match_one(line, draft, first) for line, draft in watched(rows, self._check)
        ]

    def find_changes(
        self,
        row: int,
        match: RowMatch,
        draft: PathDraft,
        values: Mapping[str, Any],
        filled_by: Mapping[str, Filling],
        own: Filling,
        typed: Sequence[str] = (),
    ) -> RowChanges:
        """Return nothing: a path is the person's own as soon as it is there."""
        del row, match, draft, values, filled_by, own, typed
        return RowChanges()

    def _match_one(self, line: int, draft: PathDraft, first: dict[str, int]) -> RowMatch:
        title = fold_name(draft.title)
        if first.setdefault(title, line) != line:
            return RowMatch("same", f"repeats line {first[title]}")
        known = self._known.by_title.get(title)
        return _NEW if known is None else RowMatch("update", "", known)


class _NameLines:
    """On which lines the names of a file's skills are."""

    def __init__(self, rows: Sequence[tuple[int, SkillDraft]], check: Checkpoint) -> None:
        self._first_names: dict[str, list[int]] = {}
        self._other_names: dict[str, int] = {}
        for line, draft in watched(rows, check):
            self._first_names.setdefault(fold_name(draft.name), []).append(line)
            for name in set(map(fold_name, draft.other_names)):
                self._other_names[name] = self._other_names.get(name, 0) + 1

    def with_name(self, name: str, line: int) -> int | None:
        """Return another line whose skill has this as its first name, None without one."""
        return next((one for one in self._first_names.get(name, ()) if one != line), None)

    def is_first_name(self, name: str) -> bool:
        """Return whether a skill has this as its first name."""
        return name in self._first_names

    def uses_of_other_name(self, name: str) -> int:
        """Return how many skills have this as another name."""
        return self._other_names.get(name, 0)


def _repeats(rows: Sequence[tuple[int, SkillDraft | None]], check: Checkpoint) -> dict[int, int]:
    """Return the lines that say what another line says, with that line.

    Those are rows with the address of an earlier one, and rows without an address whose name another row has: the one
    with an address says more, wherever it stands.
    """
    by_uri: dict[str, int] = {}
    repeated: dict[int, int] = {}
    with_uri: dict[str, int] = {}
    for line, draft in watched(rows, check):
        if draft is not None and draft.uri:
            if (first := by_uri.setdefault(draft.uri, line)) != line:
                repeated[line] = first
            else:
                _ = with_uri.setdefault(fold_name(draft.name), line)
    for line, draft in watched(rows, check):
        if draft is not None and not draft.uri:
            first = with_uri.setdefault(fold_name(draft.name), line)
            if first != line:
                repeated[line] = first
    return repeated
