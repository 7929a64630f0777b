"""JSON as badges and lists may write it: limits, and no text that two programs could read differently."""

import json
import math
from dataclasses import dataclass
from typing import cast

from learnpath.errors import KnownError

# Far above real files: the largest European credentials, with embedded pages, take 200 kB.
MOST_JSON_BYTES = 2 * 1024 * 1024
_MOST_DEPTH = 64
# The largest real transcripts have a few thousand.
_MOST_OBJECTS = 100_000
_HINT = "Download the badge again from where it was issued. Nothing was imported."


@dataclass(frozen=True, slots=True, kw_only=True)
class JsonRules:
    """How much JSON is read and what errors call it: `what` begins a sentence, `kind` ends one ("no badge is")."""

    what: str = "The badge data"
    kind: str = "badge"
    most_bytes: int = MOST_JSON_BYTES
    most_objects: int = _MOST_OBJECTS
    hint: str = _HINT


_BADGE = JsonRules()


def load_json(data: bytes, rules: JsonRules = _BADGE) -> object:
    """Return the value of a JSON document in UTF-8 (or UTF-16 with a byte order mark).

    Raises KnownError for more than `rules` allow (for badges 2 MB and 100,000 objects), nesting deeper than 64, names
    that appear twice in one object, numbers that are none (NaN, Infinity, 1e999), halves of surrogate pairs and
    anything that is no JSON.
    """
    what, hint = rules.what, rules.hint
    if len(data) > rules.most_bytes:
        raise KnownError(f"{what} is larger than {rules.most_bytes >> 20} MB: no {rules.kind} is that long.", hint)
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        text = data.decode("utf-16" if wide else "utf-8-sig")
        value = cast(
            "object",
            json.loads(text, object_pairs_hook=_Objects(rules).make, parse_constant=_refuse, parse_float=_finite),
        )
    except RecursionError:
        raise _too_deep(rules) from None
    except UnicodeDecodeError:
        raise KnownError(f"{what} is not in the encoding JSON asks for (UTF-8).", hint) from None
    except json.JSONDecodeError as problem:
        place = f"line {problem.lineno}, column {problem.colno}"
        raise KnownError(f"{what} is no valid JSON: it breaks off or goes wrong at {place}.", hint) from None
    except ValueError as problem:
        reason = str(problem) if isinstance(problem, _UnclearJson) else "a number is too long"
        raise KnownError(f"{what} is no valid JSON: {reason}.", hint) from None
    _check(value, rules)
    return value


class _UnclearJson(ValueError):
    """The text is JSON to some programs and something else to others."""


def _too_deep(rules: JsonRules) -> KnownError:
    return KnownError(f"{rules.what} is nested too deeply: no {rules.kind} is.", rules.hint)


class _Objects:
    """Makes the objects of one document and counts them."""

    def __init__(self, rules: JsonRules) -> None:
        self._rules, self._count = rules, 0

    def make(self, pairs: list[tuple[str, object]]) -> dict[str, object]:
        """Return an object. Raises ValueError for a name that appears twice, KnownError for an object too many."""
        found = dict(pairs)
        self._count += 1
        if len(found) < len(pairs):
            raise _UnclearJson("a name appears twice in one object")
        if self._count > self._rules.most_objects:
            what, most, kind = self._rules.what, f"{self._rules.most_objects:,}", self._rules.kind
            raise KnownError(f"{what} has more than {most} parts: no {kind} has.", self._rules.hint)
        return found


def _refuse(text: str) -> object:
    raise _UnclearJson(f"{text} is no number")


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise _UnclearJson("a number is too large")
    return number


def _check(value: object, rules: JsonRules) -> None:
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
                raise KnownError(f"{rules.what} holds half of a character.", rules.hint)
        level = inner
        if not level:
            return
    raise _too_deep(rules)
