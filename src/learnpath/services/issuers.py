"""Who awards: the list of issuers, their names and other names, and making one of two.

Belongs here: what a person edits by hand. Which issuer a name in a file means is in `known_issuers`, making issuers
from names is in `naming`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from learnpath.domain.changes import Outcome
from learnpath.domain.matching import normalise_issuer
from learnpath.domain.names import fold_name, tidy_name
from learnpath.domain.records import Credential, Issuer, Program
from learnpath.domain.wording import count_text
from learnpath.errors import UsageError
from learnpath.storage.library import Library
from learnpath.storage.totals import records_by_issuer


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuerLine:
    """An issuer and how many programs and credentials are of it."""

    issuer: Issuer
    programs: int
    credentials: int

    @property
    def id(self) -> int:
        """Return the issuer's id."""
        return self.issuer.id

    def has_words(self, words: Sequence[str]) -> bool:
        """Return whether each of these words (casefolded) is somewhere in its name or its other names."""
        text = "\n".join((self.issuer.name, *self.issuer.aliases)).casefold()
        return all(word in text for word in words)


def list_issuers(library: Library, text: str = "") -> list[IssuerLine]:
    """Return the issuers in the order of their names: all, or those with every word of a text in one of their names."""
    used, words = records_by_issuer(library), text.casefold().split()
    lines = [
        IssuerLine(issuer=one, programs=programs, credentials=credentials)
        for one in library.all(Issuer)
        for programs, credentials in [used.get(one.id, (0, 0))]
    ]
    found = [line for line in lines if line.has_words(words)] if words else lines
    return sorted(found, key=lambda line: (fold_name(line.issuer.name), line.id))


def find_issuer(library: Library, name: str) -> Issuer:
    """Return the issuer with this name, other name or id; UsageError when there is none or more than one."""
    issuers, key = library.all(Issuer), fold_name(name)
    for found in (
        [one for one in issuers if fold_name(one.name) == key],
        [one for one in issuers if key in map(fold_name, one.aliases)],
        [one for one in issuers if str(one.id) == key],
    ):
        if len(found) == 1:
            return found[0]
        if found:
            ids = ", ".join(str(one.id) for one in found)
            raise UsageError(f"{len(found)} issuers are called “{name}”.", f"Name one by its id: {ids}.")
    raise UsageError(f"There is no issuer “{name}”.", "The issuers command lists them.")


def find_issuer_mistakes(library: Library, issuer: Issuer) -> dict[str, str]:
    """Return what is wrong with the names of an issuer, as one sentence by field name; empty when it can be saved.

    Only names that it does not have yet are looked at.
    """
    if not fold_name(issuer.name):
        return {"name": "Enter a name."}
    before = library.find(Issuer, issuer.id)
    known = {fold_name(one) for one in _names(before)} if before is not None else set[str]()
    others = [one for one in library.all(Issuer) if one.id != issuer.id]
    taken = {normalise_issuer(name): other for other in others for name in _names(other)}
    found: dict[str, str] = {}
    for field, name in [("name", issuer.name), *(("aliases", alias) for alias in issuer.aliases)]:
        other = taken.get(normalise_issuer(name)) if fold_name(name) and fold_name(name) not in known else None
        if other is not None:
            _ = found.setdefault(field, _taken_text(tidy_name(name), other))
    return found


def save_issuer(library: Library, issuer: Issuer) -> Outcome[Issuer]:
    """Replace a stored issuer, whose former name stays as another name of it.

    Raises UsageError with the first mistake when its names have any.
    """
    before = library.get(Issuer, issuer.id)
    if mistakes := find_issuer_mistakes(library, issuer):
        raise UsageError(next(iter(mistakes.values())), "Nothing was changed.")
    saved = _with_names(replace(issuer, name=tidy_name(issuer.name)), (*issuer.aliases, before.name))
    with library.change(f"Edit {saved.name}") as change:
        change.update(saved)
    return Outcome(saved, change.change_set)


def merge_issuers(library: Library, kept_id: int, merged_ids: Sequence[int]) -> Outcome[Issuer]:
    """Make one issuer of several: what the merged ones awarded moves to the one kept, and so do their names."""
    kept = library.get(Issuer, kept_id)
    merged = [library.get(Issuer, one) for one in dict.fromkeys(merged_ids)]
    if not merged or any(one.id == kept.id for one in merged):
        raise UsageError("Choose two different issuers to merge.", "Nothing was changed.")
    whole = _with_names(kept, (*kept.aliases, *(name for one in merged for name in _names(one))))
    for one in merged:
        whole = replace(
            whole,
            url=whole.url or one.url,
            country_code=whole.country_code or one.country_code,
            note=_joined_notes(whole.note, one.note),
        )
    what = merged[0].name if len(merged) == 1 else count_text(len(merged), "issuer")
    with library.change(f"Merge {what} into {kept.name}") as change:
        change.update(whole)
        for one in merged:
            for record_type in (Program, Credential):
                records = library.where(record_type, "issuer_id = ?", (one.id,))
                change.update_many([replace(record, issuer_id=kept.id) for record in records])
        change.delete(Issuer, [one.id for one in merged])
    return Outcome(whole, change.change_set)


def _with_names(issuer: Issuer, others: Sequence[str]) -> Issuer:
    """Return the issuer with these other names, each once and none its own."""
    found: dict[str, str] = {}
    for name in others:
        _ = found.setdefault(fold_name(name), tidy_name(name))
    own = {"", fold_name(issuer.name)}
    return replace(issuer, aliases=tuple(name for key, name in found.items() if key not in own))


def _joined_notes(note: str, other: str) -> str:
    """Return both notes, one below the other; one that the other has in it already is not said twice."""
    lines = [line.strip() for line in note.splitlines()]
    if not other.strip() or all(line.strip() in lines for line in other.splitlines()):
        return note
    return f"{note}\n{other}" if note.strip() else other


def _names(issuer: Issuer) -> Iterator[str]:
    yield issuer.name
    yield from issuer.aliases


def _taken_text(name: str, other: Issuer) -> str:
    if normalise_issuer(name) == normalise_issuer(other.name):
        return f"“{other.name}” is an issuer of its own. Merge the two to make them one."
    return f"“{name}” is another name of “{other.name}”. Remove it there, or merge the two."
