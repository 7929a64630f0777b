"""Well-known issuers and the other names that files use for them (`issuers/aliases.toml`).

Belongs here: which issuer a name means. Making issuers is in `naming`; the list itself is data that anyone may edit.
"""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from learnpath.domain.matching import normalise_issuer
from learnpath.domain.records import Issuer
from learnpath.resources import resource_path

_FILE = "issuers/aliases.toml"


@cache
def known_issuers() -> Mapping[str, str]:
    """Return the name of each well-known issuer by its normalised names, the own one included."""
    table: dict[str, dict[str, list[str]]] = tomllib.loads(resource_path(_FILE).read_text(encoding="utf-8"))
    return {normalise_issuer(alias): name for name, others in table["issuers"].items() for alias in (name, *others)}


def issuer_names(issuers: Iterable[Issuer]) -> dict[str, str]:
    """Return other names of issuers, each with the name that the library has, or would give to a new record.

    What a record says of its own other names goes before the list of well-known ones.
    """
    present = list(issuers)
    homes = issuer_homes(present, known_issuers())
    own = {alias: issuer.name for issuer in present for alias in issuer.aliases}
    return {alias: homes[name].name if name in homes else name for alias, name in known_issuers().items()} | own


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
