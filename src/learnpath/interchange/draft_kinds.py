"""The kinds of rows and what each means: its draft, its record in a library, how rows find theirs.

Belongs here: what planning, previewing and writing ask about a kind. A kind that is added here is planned like the
others; `services.draft_writing` names its record, and the window's wording what it is called.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal, Protocol

from learnpath.interchange.checkpoints import Checkpoint
from learnpath.interchange.drafts import CredentialDraft, Draft, PathDraft, ProgramDraft, RowsKind, SkillDraft
from learnpath.interchange.former_identities import FormerValues
from learnpath.interchange.name_matching import KnownPaths, KnownSkills
from learnpath.interchange.row_changes import RowChanges
from learnpath.interchange.row_matching import KnownAwards, RowMatch
from learnpath.interchange.source_ranks import Filling

RecordName = Literal["program", "credential", "skill", "path"]
"""What a record is called in a library: the name of its table."""

Aliases = Mapping[str, str]
"""Other names of issuers, normalised, with the normalised name of their record."""


class Matcher(Protocol):
    """Finds the record of each row of one file among the records of its kind."""

    def match(self, rows: Sequence[tuple[int, Any]]) -> list[RowMatch | None]:
        """Return a match for each (line, draft), None where there is no draft."""
        ...

    def find_changes(
        self,
        row: int,
        match: RowMatch,
        draft: Any,
        values: Mapping[str, Any],
        filled_by: Mapping[str, Filling],
        own: Filling,
        typed: Sequence[str] = (),
    ) -> RowChanges:
        """Return what a row (its index in the file) changes in the record it was matched with.

        `typed` are the fields that the person typed in place of what the file says.
        """
        ...


class Index(Protocol):
    """What the records of one kind are recognised by; kept while files bring more of them."""

    def put(self, record_id: int, values: Mapping[str, Any], former: FormerValues = ()) -> None:
        """Take in a record that comes after all others, or one that is known and has changed.

        `former` is what files call it, where it is called something else.
        """
        ...

    def match_file(self, check: Checkpoint) -> Matcher:
        """Return what matches the rows of one file against the records as they are now."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftKind:
    """One kind. `title` is the field that says what it is called.

    With `keeps_sources` a library remembers for each field of the record which import filled it. Of the other kinds an
    import only fills what was empty, or changes what the person decided, so that nothing depends on it.
    """

    draft_type: type[Draft]
    record: RecordName
    title: str
    keeps_sources: bool
    make_index: Callable[[Aliases], Index]


DRAFT_KINDS: Mapping[RowsKind, DraftKind] = {
    "programs": DraftKind(
        draft_type=ProgramDraft,
        record="program",
        title="name",
        keeps_sources=True,
        make_index=partial(KnownAwards, "programs"),
    ),
    "credentials": DraftKind(
        draft_type=CredentialDraft,
        record="credential",
        title="title",
        keeps_sources=True,
        make_index=partial(KnownAwards, "credentials"),
    ),
    "skills": DraftKind(
        draft_type=SkillDraft, record="skill", title="name", keeps_sources=False, make_index=KnownSkills
    ),
    "paths": DraftKind(draft_type=PathDraft, record="path", title="title", keeps_sources=False, make_index=KnownPaths),
}
