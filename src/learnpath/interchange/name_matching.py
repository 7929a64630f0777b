"""Which skill or path each row is: these have a name and perhaps an address, and nothing else to be recognised by.

A skill is recognised by its address, then by its name, then by another name that only it has. Its name in the library
is the person's own and stays; only a missing address is filled in. A path is recognised by its title and stays as it
is. Programs and credentials are matched in `row_matching`.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from learnpath.domain.names import fold_name
from learnpath.interchange.checkpoints import Checkpoint, go_on, watched
from learnpath.interchange.drafts import PathDraft, SkillDraft
from learnpath.interchange.row_changes import RowChanges
from learnpath.interchange.row_matching import RowMatch
from learnpath.interchange.source_ranks import Filling

Records = Sequence[tuple[int, Mapping[str, Any]]]
_NEW = RowMatch("new")


class SkillMatcher:
    """Matches the skills of one file against (id, values) of the skills of a library."""

    def __init__(self, existing: Records, aliases: Mapping[str, str], check: Checkpoint = go_on) -> None:
        del aliases
        self._check = check
        self._by_uri: dict[str, int] = {}
        self._by_name: dict[str, list[int]] = {}
        self._uris: dict[int, str] = {}
        self._names: dict[int, str] = {}
        for record_id, values in watched(existing, check):
            uri, name = str(values["uri"]), str(values["name"])
            self._uris[record_id], self._names[record_id] = uri, name
            if uri:
                _ = self._by_uri.setdefault(uri, record_id)
            self._by_name.setdefault(fold_name(name), []).append(record_id)

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
        if draft.uri and (known := self._by_uri.get(draft.uri)) is not None:
            return RowMatch("update", "", known)
        name = fold_name(draft.name)
        found = self._by_name.get(name, ())
        if len(found) > 1:
            return RowMatch("undecided", f"“{draft.name}” is the name of {len(found)} skills here")
        if (other := lines.with_name(name, line)) is not None:
            known = found[0] if found else None
            return RowMatch("undecided", f"has the name of line {other} and another address", known)
        if not found:
            return self._match_other_name(draft, lines)
        if draft.uri and self._uris[found[0]]:
            return RowMatch("undecided", f"“{draft.name}” is here with another address", found[0])
        return RowMatch("update", "", found[0])

    def _match_other_name(self, draft: SkillDraft, lines: "_NameLines") -> RowMatch:
        """Match by the names that no row has as its first one against skills that have no address yet."""
        names = dict.fromkeys(map(fold_name, draft.other_names))
        free = [
            (name, record_id)
            for name in names
            if not lines.is_first_name(name)
            for record_id in self._by_name.get(name, ())
            if not self._uris[record_id]
        ]
        if not free:
            return _NEW
        (name, record_id), *others = free
        shown = self._names[record_id]
        if others:
            return RowMatch("undecided", f"“{shown}” and “{self._names[others[0][1]]}” are names of it", record_id)
        if lines.uses_of_other_name(name) > 1:
            return RowMatch("undecided", f"“{shown}” is another name of this and of other rows", record_id)
        return RowMatch("update", "", record_id)


class PathMatcher:
    """Matches the paths of one file against (id, values) of the paths of a library."""

    def __init__(self, existing: Records, aliases: Mapping[str, str], check: Checkpoint = go_on) -> None:
        del aliases
        self._check = check
        self._by_title: dict[str, int] = {}
        for record_id, values in watched(existing, check):
            _ = self._by_title.setdefault(fold_name(str(values["title"])), record_id)

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
        known = self._by_title.get(title)
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
