"""Addresses in badges: which may be kept as links, and what can be told from one. None is ever opened."""

import re
from urllib.parse import unquote, urlsplit

from learnpath.interchange.cells.links import read_url
from learnpath.interchange.cells.reading import UnreadableCell, quoted

_WORDS = re.compile(r"[-_+.\s]+")
_EXTENSION = re.compile(r"\.(?:jsonld|json|html?|php|aspx?|png|svg)$", re.IGNORECASE)
# Parts of addresses that say what lies there and not what it is called.
_GENERIC = frozenset(
    [
        *["achievement", "achievements", "api", "assertion", "assertions", "award", "awards", "badge", "badgeclass"],
        *["badgeclasses", "badges", "class", "classes", "credential", "credentials", "download", "hosted", "index"],
        *["instance", "obi", "public", "show", "verify", "view"],
    ]
)


def web_address(text: str, notes: list[str]) -> str:
    """Return an http(s) address, or "". Other kinds of addresses that a click could open are noted."""
    plain = text.strip()
    if not plain.lower().startswith(("http:", "https:")):
        if plain and not plain.lower().startswith(("urn:", "did:", "data:", "mailto:", "_:")) and ":" in plain:
            notes.append(f"{quoted(plain)} is no web address and was left out")
        return ""
    try:
        return read_url(plain)
    except UnreadableCell as problem:
        notes.append(f"{problem} and was left out")
        return ""


def host_of(address: str) -> str:
    """Return the host an http(s) address names, or ""."""
    try:
        found = urlsplit(address.strip())
        host = found.hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.") if found.scheme.lower() in {"http", "https"} and host.isprintable() else ""


def last_part(address: str) -> str:
    """Return the last part of an http(s) address's path, readable, without extension, or ""."""
    path = urlsplit(address.strip()).path if host_of(address) else ""
    return _EXTENSION.sub("", unquote(path.rstrip("/").rpartition("/")[2]))


def words_of(address: str) -> str:
    """Return the words the last part of an address is made of ("Robotics badge" for …/robotics-badge.json), or ""."""
    last = last_part(address)
    words = [word for word in _WORDS.split(last) if word]
    telling = [word for word in words if word.isalpha() and len(word) > 2 and word.lower() not in _GENERIC]
    if not telling or any(not word.isalpha() and len(word) > 4 for word in words) or len(last) > 80:
        return ""
    return " ".join([words[0][:1].upper() + words[0][1:], *words[1:]])
