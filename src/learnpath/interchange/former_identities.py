"""What files called records before the person changed them: by that, too, a record is recognised.

Belongs here: finding records by it. Remembering it is the work of `services.provenance`.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from learnpath.domain.dates import PartialDate
from learnpath.interchange.identity import Identity, IdentityMaker
from learnpath.interchange.identity_index import LAST_CERTAIN, LAST_LIKELY, IdentityIndex, Strength
from learnpath.interchange.row_changes import IDENTITY_FIELDS

FormerValues = Sequence[tuple[str, ...]]
"""For each file the values ("field=value", the oldest first) that it gave a record and that were changed since."""

_SURE = frozenset((Strength.LINK, Strength.TITLE))


class FormerIndex:
    """Finds records by what files called them."""

    def __init__(self, maker: IdentityMaker) -> None:
        self._maker = maker
        self._index = IdentityIndex()
        self._identities: dict[int, list[Identity]] = {}
        self._records: dict[int, int] = {}
        self._places = 0

    def __bool__(self) -> bool:
        return bool(self._records)

    def put(self, record_id: int, values: Mapping[str, Any], former: FormerValues) -> None:
        """Take in what a record, which has these values now, was called."""
        for old in self._identities.pop(record_id, ()):
            self._index.remove(old)
            del self._records[old.place]
        for one in _former_values(former):
            self._places += 1
            identity = self._maker.of_values({**values, **one}, self._places)
            self._index.add(identity)
            self._records[self._places] = record_id
            self._identities.setdefault(record_id, []).append(identity)

    def fits(self, identity: Identity) -> Iterable[tuple[Strength, int]]:
        """Yield the records that had a key of this identity, the surest last."""
        for strength, known in reversed(self._index.fits(identity)):
            if strength <= LAST_CERTAIN or strength in _SURE:
                yield Strength.FORMER, self._records[known.place]
            elif strength <= LAST_LIKELY:
                yield Strength.FORMER_IN_PART, self._records[known.place]


def _former_values(former: FormerValues) -> list[dict[str, Any]]:
    """Return what a record was called: in each file once for as many values as a field of it had.

    What the file did not say is what other files said before the person changed it.
    """
    if not former:
        return []
    by_file = [_by_field(texts) for texts in former]
    last = {name: values[-1] for fields in by_file for name, values in fields.items()}
    found: list[dict[str, Any]] = []
    for fields in by_file:
        for at in range(max((len(values) for values in fields.values()), default=0)):
            found.append({**last, **{name: values[min(at, len(values) - 1)] for name, values in fields.items()}})
    return found


def _by_field(texts: tuple[str, ...]) -> dict[str, list[Any]]:
    fields: dict[str, list[Any]] = {}
    for text in texts:
        name, _, value = text.partition("=")
        if name != "awarded_on" or not value:
            fields.setdefault(name, []).append(value)
        elif _is_date(value):
            fields.setdefault(name, []).append(PartialDate(value))
    return fields


def is_former_value(text: str) -> bool:
    """Return whether a text says what a record was called: "field=value", of a date a valid one or none."""
    name, parting, value = text.partition("=")
    is_valid = name != "awarded_on" or not value or _is_date(value)
    return bool(parting) and name in IDENTITY_FIELDS and is_valid


def _is_date(text: str) -> bool:
    try:
        _ = PartialDate(text)
    except ValueError:
        return False
    return True
