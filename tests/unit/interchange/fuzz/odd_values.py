"""Strategies for what nobody expects in a file: texts, JSON values, bytes lost or doubled.

Belongs here: what every family of formats shares. How a valid file of a format looks is in the module of its family.
"""

# The tables of odd values are kept in wide lines.
# ruff: noqa: E501
import copy
import json
from collections.abc import Callable, Sequence
from typing import Any

from hypothesis import strategies as st

# NUL, control characters, signs that turn the direction of writing, a lone half of a character, line ends of all kinds.
SIGNS = ("\0", "\x07", "\x1b", "\x1f", "\x7f", "\x85", "\u202e", "\u2066", "\u200f", "\ud800", "\ufeff", "\u2028", "\x0b",
         "\r", "\n", "\t", '"', "'", "\\", ",", ";", "|", "<", "&", "]]>", "%00", "&#0;", "&#x202e;", "%E2%80%AE")  # fmt: skip
_TEXTS = ("", " ", "x" * 5000, "١٢٣", "שלום", "🧵" * 30, "=SUM(A1)", "<b>b</b>", "<!--", "N/A", "null", "nan", "Course",
          "https://", "https://[", "https://a.example/" + "y" * 3000, "javascript:alert(1)", "//host/share", "data:,",
          "http://a.example/\u202ex", "https://a.example/%00%1b", "urn:x", "file:///etc/passwd")  # fmt: skip
_FIGURES = ("2015-04-31", "0000-00-00", "9999-12-31T23:59:59.9999999+14:00", "99999-01-01", "20240229", "4/5/2024",
            "-1", "1e999", "9" * 400, "P3Y", "P9999Y9999M", "PT999999H", "PT0.5M", "P0D", "1.234.567,89", "1,2,3",
            "12 months", "Free", "-5 EUR", "EUR 99999999999999999999", "25:61", "1700000000", "99999999999999")  # fmt: skip
_NUMBERS = (0, -1, 1.5, 1e300, 10**18, 2**63, 10**400, True, False, None)
# Written as they are in place of a value, for what `json.dumps` does not write.
_RAW = {
    "@@deep-lists": "[" * 3000 + "]" * 3000,
    "@@deep-objects": '{"a":' * 3000 + "1" + "}" * 3000,
    "@@digits": "9" * 5000,
    "@@exponent": "1e999999",
    "@@nan": "NaN",
    "@@infinity": "-Infinity",
    "@@doubled-names": '{"name": "a", "name": "b", "id": 1, "id": []}',
    "@@half-character": '"\\ud800"',
}
_PIECES = (b"", b"\0", b"\xff\xfe", b"\xff", b"\xed\xa0\x80", b"\xe2\x80\xae", b'"', b"'", b"{", b"}", b"[", b"]", b",",
           b";", b":", b"|", b"\t", b"\r", b"\n", b"\n ", b"\x1f", b"\x07", b"9" * 400, b"1e999", b"<", b"&", b"]]>", b".",
           b"-", b"PK\x03\x04", b"BEGIN:", b"endobj", b"~")  # fmt: skip
_any_text = st.text(st.characters(), max_size=12)


def with_sign(text: str) -> st.SearchStrategy[str]:
    """Return a strategy for a text with an odd sign at any place in it."""
    places = st.integers(0, len(text))
    return st.builds(lambda at, sign: text[:at] + sign + text[at:], places, st.sampled_from(SIGNS))


odd_texts: st.SearchStrategy[str] = st.one_of(
    st.sampled_from(_FIGURES), st.sampled_from(_TEXTS), with_sign("Weaving for all"), _any_text
)
_leaves = st.one_of(odd_texts, st.sampled_from(_NUMBERS), st.sampled_from(tuple(_RAW)), st.integers())
_keys = st.sampled_from(
    ("id", "@id", "type", "@type", "name", "title", "@value", "en", "de", "url", "value", "", "data")
)
odd_json: st.SearchStrategy[Any] = _leaves | st.recursive(
    _leaves, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_keys, inner, max_size=3), max_leaves=5
)

_Place = tuple[Any, Any]


def _places(value: Any) -> list[_Place]:
    """Return every value inside one as (what holds it, its name or index there)."""
    found: list[_Place] = []
    held = [value]
    while held:
        part = held.pop()
        inner = (
            list(part.items()) if isinstance(part, dict) else list(enumerate(part)) if isinstance(part, list) else []
        )
        found += [(part, key) for key, _ in inner]
        held += [one for _, one in inner]
    return found


def _spoil(draw: st.DrawFn, value: Any) -> Any:
    """Return a JSON value with one part that is wrong, missing, doubled, in a list, or not where it belongs."""
    places = _places(value)
    at = draw(st.integers(0, len(places)))
    if at == len(places):
        return draw(st.one_of(odd_json, st.just([value, value]), st.just({"data": value}), st.just([[value]])))
    holder, key = places[at]
    match draw(st.integers(0, 9)):
        case 0:
            del holder[key]
        case 1:
            holder[key] = [holder[key], holder[key]]
        case 2:
            holder[key] = {"@value": holder[key], "name": holder[key]}
        case 3:
            other, there = draw(st.sampled_from(places))
            holder[key] = copy.deepcopy(other[there])
        case 4 if isinstance(holder[key], str):
            holder[key] = draw(with_sign(holder[key]))
        case 5 if isinstance(holder[key], list):
            holder[key] = holder[key] * 30
        case 6 if isinstance(holder, dict):
            holder[draw(st.text(max_size=5))] = holder.pop(key)
        case _:
            holder[key] = draw(odd_json)
    return value


def _written(value: Any, *, escaped: bool) -> str:
    text = json.dumps(value, ensure_ascii=escaped)
    for marker, raw in _RAW.items():
        text = text.replace(f'"{marker}"', raw)
    return text


@st.composite
def nearly_json(draw: st.DrawFn, *documents: Any) -> bytes:
    """Draw a JSON file that is one of the documents but for up to four things."""
    value = copy.deepcopy(draw(st.sampled_from(documents)))
    for _ in range(draw(st.integers(0, 4))):
        value = _spoil(draw, value)
    text = _written(value, escaped=draw(st.booleans()))
    form = draw(st.sampled_from(("utf-8",) * 8 + ("utf-8-sig", "utf-16")))
    return text.encode(form, "surrogatepass")


@st.composite
def nearly_values(draw: st.DrawFn, *documents: Any) -> Any:
    """Draw a JSON value that is one of the documents but for up to three things, and that Python can write."""
    value = copy.deepcopy(draw(st.sampled_from(documents)))
    for _ in range(draw(st.integers(0, 3))):
        value = _spoil(draw, value)
    return value


@st.composite
def damaged(draw: st.DrawFn, *files: bytes) -> bytes:
    """Draw a valid file in which up to four stretches of bytes are lost, doubled, changed or put elsewhere."""
    data = draw(st.sampled_from(files))
    for _ in range(draw(st.integers(1, 4))):
        first = draw(st.integers(0, len(data)))
        last = min(len(data), first + draw(st.sampled_from((0, 1, 2, 8, 60))))
        cut = data[first:last]
        piece = draw(st.one_of(st.sampled_from(_PIECES), st.binary(max_size=3), st.sampled_from((cut * 2, cut * 300))))
        data = data[:first] + piece + data[last:]
    return data[: draw(st.integers(0, len(data)))] if draw(st.integers(0, 9)) == 9 else data


def json_files(*documents: Any) -> st.SearchStrategy[bytes]:
    """Return a strategy for JSON files that are nearly one of the documents, in their values or in their bytes."""
    return nearly_json(*documents) | damaged(*(json.dumps(one).encode() for one in documents))


def wrapped(strategy: st.SearchStrategy[Any], wrap: Callable[[Any], bytes]) -> st.SearchStrategy[bytes]:
    """Return the strategy with its values packed into a file."""
    return strategy.map(wrap)


def choice(names: Sequence[Any]) -> st.SearchStrategy[Any]:
    """Return a strategy for one of the values, the first most often."""
    return st.just(names[0]) | st.sampled_from(names)
