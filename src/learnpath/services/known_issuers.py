"""Well-known issuers and the other names that files use for them (`issuers/aliases.toml`).

Belongs here: which issuer a name means. Making issuers is in `naming`; the list itself is data that anyone may edit.
The list's names are written into a record when it is made. From then on the record's own names decide: what the person
removes there stays removed.
"""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from learnpath.domain.matching import normalise_issuer
from learnpath.domain.records import Issuer
from learnpath.resources import resource_path

_FILE = "issuers/aliases.toml"


@cache
def _table() -> Mapping[str, tuple[str, ...]]:
    table: dict[str, dict[str, list[str]]] = tomllib.loads(resource_path(_FILE).read_text(encoding="utf-8"))
    return {name: (name, *others) for name, others in table["issuers"].items()}


@cache
def known_issuers() -> Mapping[str, str]:
    """Return the name of each well-known issuer by its normalised names, the own one included."""
    return {normalise_issuer(alias): name for name, names in _table().items() for alias in names}


def usual_names(name: str) -> tuple[str, ...]:
    """Return all names of the well-known issuer that a name means, the usual one first; nothing for any other."""
    usual = known_issuers().get(normalise_issuer(name))
    return _table()[usual] if usual is not None else ()


def issuer_names(issuers: Iterable[Issuer]) -> dict[str, str]:
    """Return names of issuers, each with the name that the library has, or would give to a new record.

    Of issuers that have a record only its own names count, of the other well-known ones those of the list.
    """
    present = list(issuers)
    homes = issuer_homes(present, known_issuers())
    own = {normalise_issuer(alias): issuer.name for issuer in reversed(present) for alias in issuer.aliases}
    own |= {normalise_issuer(issuer.name): issuer.name for issuer in present}
    return {alias: name for alias, name in known_issuers().items() if name not in homes} | own


def issuer_homes(issuers: Sequence[Issuer], known: Mapping[str, str]) -> dict[str, Issuer]:
    """Return the record of each well-known issuer that is here, by its usual name; `known` is as `known_issuers`.

    It is the first one with a name that means it; without any, the first one with such another name, as the person
    may call it as they like.
    """
    homes: dict[str, Issuer] = {}
    named = [(one.name, one) for one in issuers]
    called = [(alias, one) for one in issuers for alias in one.aliases]
    for name, issuer in (*named, *called):
        if (usual := known.get(normalise_issuer(name))) is not None:
            _ = homes.setdefault(usual, issuer)
    return homes
