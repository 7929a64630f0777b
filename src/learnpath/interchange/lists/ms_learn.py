"""What the two files of Microsoft Learn share: their two spellings of names (`lastModified`, `last_modified`)."""

import re
from collections.abc import Mapping

ISSUER = "Microsoft"
_CAPITAL = re.compile(r"(?<=[a-z0-9])([A-Z])")


def snake_names(thing: Mapping[str, object]) -> dict[str, object]:
    """Return an object with its names spelled `like_this`."""
    return {_CAPITAL.sub(r"_\1", name).lower(): value for name, value in thing.items()}
