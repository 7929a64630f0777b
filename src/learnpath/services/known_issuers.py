"""Well-known issuers and the other names that files use for them (`issuers/aliases.toml`).

Belongs here: which issuer a name means. Making issuers is in `naming`; the list itself is data that anyone may edit.
"""

import tomllib
from collections.abc import Iterable, Mapping
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
    own: dict[str, str] = {}
    homes: dict[str, str] = {}
    known = known_issuers()
    for issuer in issuers:
        _ = homes.setdefault(known.get(normalise_issuer(issuer.name), issuer.name), issuer.name)
        own |= dict.fromkeys(issuer.aliases, issuer.name)
    return {alias: homes.get(name, name) for alias, name in known.items()} | own
