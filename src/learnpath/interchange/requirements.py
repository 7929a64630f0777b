"""What the programs that the rows of a file require are called in a library, so that they are found there again.

A file names them by its own titles. Its own rows say which records these are; what no row is called is looked for among
the records. What is neither yet is left out: it is linked when it comes in with the same file, and planned as a change
when the file is imported again.
"""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from learnpath.domain.matching import extract_codes, normalise_issuer, normalise_title
from learnpath.interchange.drafts import ProgramDraft

_Title = tuple[str, tuple[str, ...]]


class Requirements:
    """The programs that rows can require: those of the file and those of the library, by title.

    `rows` are the titles and issuers of the file's rows with the ids of the records that they surely are (None: none
    yet), `known` the values of the library's programs by id. Neither is looked at before a row requires something.
    """

    def __init__(
        self, rows: Iterable[tuple[str, str, int | None]], known: Iterable[tuple[int, Mapping[str, Any]]]
    ) -> None:
        self._rows = rows
        self._records = known

    def ids_of(self, draft: ProgramDraft, own_id: int | None) -> tuple[int, ...]:
        """Return the ids of the programs that a row requires, without itself and those that are not there."""
        found = (self._find(name, draft.issuer_name) for name in draft.required_names)
        return tuple(dict.fromkeys(one for one in found if one is not None and one != own_id))

    def names_of(self, draft: ProgramDraft, own_id: int) -> tuple[str, ...]:
        """Return what the library calls the programs that a row requires."""
        return tuple(str(self._known[one]["name"]) for one in self.ids_of(draft, own_id))

    def missing_of(self, draft: ProgramDraft) -> tuple[str, ...]:
        """Return what a row requires that is neither in the file nor in the library."""
        names = draft.required_names
        return tuple(
            one for one in names if _title(one) not in self._of_file and self._find(one, draft.issuer_name) is None
        )

    def _find(self, name: str, issuer: str) -> int | None:
        """Return the program of this title: the issuer's own, of the file first, else the only one with this title."""
        title, by = _title(name), normalise_issuer(issuer)
        places = self._of_file.get(title, {}), self._of_library.get(title, {})
        for found in places:
            if by in found:
                return found[by]
        others = {one for found in places for one in found.values()}
        return others.pop() if len(others) == 1 else None

    @cached_property
    def _of_file(self) -> dict[_Title, dict[str, int | None]]:
        found: dict[_Title, dict[str, int | None]] = {}
        for name, issuer, record_id in self._rows:
            of_title, by = found.setdefault(_title(name), {}), normalise_issuer(issuer)
            if of_title.get(by) is None:
                of_title[by] = record_id
        return found

    @cached_property
    def _known(self) -> dict[int, Mapping[str, Any]]:
        return dict(self._records)

    @cached_property
    def _of_library(self) -> dict[_Title, dict[str, int]]:
        found: dict[_Title, dict[str, int]] = {}
        for record_id, values in self._known.items():
            of_title = found.setdefault(_title(values["name"]), {})
            _ = of_title.setdefault(normalise_issuer(values["issuer_name"]), record_id)
        return found


def _title(name: str) -> _Title:
    """Return a title for comparing: what differs in an exam code alone is another program."""
    return normalise_title(name), extract_codes(name)
