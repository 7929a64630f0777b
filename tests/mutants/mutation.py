"""Small damage to valid files: bytes lost, doubled, changed; values of JSON replaced by what nobody expects there."""

import json
from random import Random
from typing import Any

ODD: tuple[Any, ...] = (
    *(None, True, 0, -1, 1e300, 10**30, 10**400, 1.5, "", " ", "\0", "\u202e", "x" * 5000, "\u202eabc\x00"),
    *("<b>b</b>", "https://", "https://[", "javascript:alert(1)", "data:,", "%ff", "nan", "ey.ey.ey", "Assertion"),
    *("2015-04-31", "P3Y", "9999-12-31T23:59:59.9999999+14:00", [], {}, [[]], [[[]]], [None], [5, "a"]),
    *({"": None}, {"id": 5}, {"type": 5}, {"name": "n"}, {"@value": []}, {"@value": {}}, {"en": {}}, {"en": ["a", {}]}),
    *({"id": "https://a.example/b"}, ["https://a.example", {"name": "n"}], [{"name": []}], {"@graph": [{}]}),
)  # fmt: skip
_PIECES = (
    *(b"", b"\0", b"\xff\xfe", b"\xff", b"\xed\xa0\x80", b'"', b"'", b"{", b"}", b"[", b"]", b",", b";", b":", b"|"),
    *(b"\t", b"\r", b"\n", b"\n ", b".", b"-1", b"9" * 400, b"1048576", b"1e999", b"NaN", b"\\ud800", b"\xe2\x80\xae"),
    *(b"<", b"&", b"&a;", b"]]>", b"<!DOCTYPE a>", b"IEND", b"ey", b"PK\x03\x04", b"BEGIN:", b">>", b"endobj", b"/"),
)  # fmt: skip
_TIMES = (300, 300, 300, 3000)


def mutate(data: bytes, chance: Random) -> bytes:
    """Return the bytes with one to four things wrong; of JSON it is mostly the values."""
    if data.lstrip().startswith((b"{", b"[")) and chance.random() < 0.6:
        document = json.loads(data)
        for _ in range(chance.randint(1, 4)):
            document = _replace(document, chance)
        return json.dumps(document).encode()
    for _ in range(chance.randint(1, 4)):
        first = chance.randint(0, len(data))
        last = min(len(data), first + chance.choice((0, 1, 2, 8, 60)))
        cut = data[first:last]
        piece = chance.choice((chance.choice(_PIECES), bytes([chance.randrange(256)]), cut * 2, b""))
        if chance.random() < 0.02:
            piece = cut * chance.choice(_TIMES)
        data = data[:first] + piece + data[last if chance.random() < 0.7 else first :]
    return data


def _replace(value: Any, chance: Random) -> Any:
    """Return a copy with one value inside replaced, removed, doubled or put into a list."""
    if isinstance(value, dict) and value and chance.random() < 0.85:
        copy: dict[str, Any] = dict(value)  # pyright: ignore[reportUnknownArgumentType]
        key = chance.choice(list(copy))
        if chance.random() < 0.1:
            del copy[key]
        else:
            copy[key] = _replace(copy[key], chance)
        return copy
    if isinstance(value, list) and value and chance.random() < 0.85:
        items: list[Any] = list(value)  # pyright: ignore[reportUnknownArgumentType]
        at = chance.randrange(len(items))
        items[at] = _replace(items[at], chance)
        return items
    return chance.choice(([value], [value, value], *ODD))
