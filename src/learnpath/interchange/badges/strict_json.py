"""JSON as badges may write it: limits, and no text that two programs could read differently."""

import json
import math
from typing import cast

from learnpath.errors import KnownError

# Far above real files: the largest European credentials, with embedded pages, take 200 kB.
MOST_JSON_BYTES = 2 * 1024 * 1024
_MOST_DEPTH = 64
# The largest real transcripts have a few thousand.
_MOST_OBJECTS = 100_000
_HINT = "Download the badge again from where it was issued. Nothing was imported."


def load_json(data: bytes) -> object:
    """Return the value of a JSON document in UTF-8 (or UTF-16 with a byte order mark).

    Raises KnownError for more than 2 MB, more than 100,000 objects, nesting deeper than 64, names that appear twice in
    one object, numbers that are none (NaN, Infinity, 1e999), halves of surrogate pairs and anything that is no JSON.
    """
    if len(data) > MOST_JSON_BYTES:
        raise KnownError("The badge data is larger than 2 MB: no badge is that long.", _HINT)
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        text = data.decode("utf-16" if wide else "utf-8-sig")
        value = cast(
            "object", json.loads(text, object_pairs_hook=_Objects().make, parse_constant=_refuse, parse_float=_finite)
        )
    except RecursionError:
        raise _too_deep() from None
    except UnicodeDecodeError:
        raise KnownError("The badge data is not in the encoding JSON asks for (UTF-8).", _HINT) from None
    except json.JSONDecodeError as problem:
        place = f"line {problem.lineno}, column {problem.colno}"
        raise KnownError(f"The badge data is no valid JSON: it breaks off or goes wrong at {place}.", _HINT) from None
    except ValueError as problem:
        reason = str(problem) if isinstance(problem, _UnclearJson) else "a number is too long"
        raise KnownError(f"The badge data is no valid JSON: {reason}.", _HINT) from None
    _check(value)
    return value


class _UnclearJson(ValueError):
    """The text is JSON to some programs and something else to others."""


def _too_deep() -> KnownError:
    return KnownError("The badge data is nested too deeply: no badge is.", _HINT)


class _Objects:
    """Makes the objects of one document and counts them."""

    def __init__(self) -> None:
        self._count = 0

    def make(self, pairs: list[tuple[str, object]]) -> dict[str, object]:
        """Return an object. Raises ValueError for a name that appears twice, KnownError for the 100,001st object."""
        found = dict(pairs)
        self._count += 1
        if len(found) < len(pairs):
            raise _UnclearJson("a name appears twice in one object")
        if self._count > _MOST_OBJECTS:
            raise KnownError("The badge data has more than 100,000 parts: no badge has.", _HINT)
        return found


def _refuse(text: str) -> object:
    raise _UnclearJson(f"{text} is no number")


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise _UnclearJson("a number is too large")
    return number


def _check(value: object) -> None:
    level = [value]
    for _ in range(_MOST_DEPTH + 1):
        inner: list[object] = []
        for part in level:
            if isinstance(part, dict):
                found = cast("dict[str, object]", part)
                inner += found.keys()
                inner += found.values()
            elif isinstance(part, list):
                inner += cast("list[object]", part)
            elif isinstance(part, str) and not part.isascii() and any("\ud800" <= sign <= "\udfff" for sign in part):
                raise KnownError("The badge data holds half of a character.", _HINT)
        level = inner
        if not level:
            return
    raise _too_deep()
