"""Foreign text made plain: no markup, no control characters, no signs that turn the direction of writing."""

import html
import re
import unicodedata

from learnpath.interchange.text_decoding import STEERING

_TAG = re.compile(r"<(?:/?[A-Za-z][^<>]{0,2000}|!--[^<>]{0,2000}--)>")
_BREAK = re.compile(r"<(?:br|/p|/li|/div|/h\d)\b[^<>]{0,200}>", re.IGNORECASE)
_DIRECTION = frozenset(STEERING)
_MOST_LINE = 300
_MOST_TEXT = 1500
ODD_SIGNS = "control characters or signs that turn the direction of writing were removed"


def line(text: str, notes: list[str]) -> str:
    """Return a text as one plain line of at most 300 characters. Adds to `notes` what was left out."""
    flat = " ".join(_clean(text, notes).split())
    if len(flat) <= _MOST_LINE:
        return flat
    notes.append(f"“{flat[:40]}…” was cut to {_MOST_LINE} characters")
    return flat[: _MOST_LINE - 1].rstrip() + "…"


def paragraph(text: str, notes: list[str]) -> str:
    """Return a description as plain text of at most 1,500 characters, with its line breaks and without markup."""
    without = _TAG.sub("", _BREAK.sub("\n", text[: 20 * _MOST_TEXT]))
    lines = [" ".join(part.split()) for part in _clean(html.unescape(without), notes).splitlines()]
    plain = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
    return plain if len(plain) <= _MOST_TEXT else plain[: _MOST_TEXT - 1].rstrip() + "…"


def _clean(text: str, notes: list[str]) -> str:
    if text.isprintable() and not _DIRECTION & set(text):
        return text
    kept = "".join(sign for sign in text if sign not in _DIRECTION and (sign in "\n\t\r" or not _is_control(sign)))
    if len(kept) < len(text) and ODD_SIGNS not in notes:
        notes.append(ODD_SIGNS)
    return kept


def _is_control(sign: str) -> bool:
    return unicodedata.category(sign) in {"Cc", "Cs"}
