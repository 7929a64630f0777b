"""When two names, addresses or issuers mean the same thing, and how alike two titles are.

Pure text rules. Deciding what becomes of a matching record is not here (`interchange.plan`).
"""

import re
import unicodedata
from functools import lru_cache

# Letters-digits such as SAA-C03, AZ-104, SY0-701, 1Z0-071, or digits only such as 220-1201 (never a date).
_CODE = re.compile(r"\b(?:(?=[A-Z0-9]*[A-Z])[A-Z0-9]{2,4}-[A-Z]{0,2}\d{2,4}|\d{3}-\d{3,4})\b", re.ASCII)
_MARKS = {ord(mark): None for mark in "®™©℠\u00ad\u200b\ufeff"}
_NOT_WORD = re.compile(r"[^\w+#]+")
_NUMBER = re.compile(r"\d+")
_PARENTHESES = re.compile(r"\([^()]*\)")
_LEGAL_FORM = re.compile(
    r" (?:inc|llc|ltd|limited|gmbh|corp|corporation|co|plc|ag|sa|bv|kft|zrt|srl|sas|"
    r"training and certification|certification program|learning)$"
)
_TRACKING = frozenset((
    "trk", "trackingid", "gclid", "fbclid", "msclkid", "mc_cid", "mc_eid", "wt.mc_id", "ref", "ref_", "referrer",
    "irclickid", "ranmid", "ransiteid", "raneaid", "linkcode", "cjevent", "couponcode", "locale", "lang",
    "language", "hl", "igshid", "si", "source_system",
))  # fmt: skip
_LOCALE = re.compile(r"[a-z]{2}-[a-z]{2}", re.ASCII)
_LANGUAGES = frozenset((
    "en", "de", "fr", "es", "pt", "it", "nl", "hu", "pl", "ja", "zh", "ko", "ru", "cs", "sv", "da", "fi", "nb",
    "no", "tr", "uk", "ro",
))  # fmt: skip
# Most addresses: nothing but a host and a path. What may begin with a locale takes the long way.
_PLAIN_URL = re.compile(r"https?://([\w.-]+)(/[^?#\s]*)", re.ASCII)
_ROMAN = frozenset(["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"])


def extract_codes(title: str) -> tuple[str, ...]:
    """Return the exam codes in a title (`SAA-C03`, `AZ-104`, `220-1201`), upper-case, sorted, each once."""
    if "-" not in title:
        return ()
    return tuple(sorted(set(_CODE.findall(title.upper()))))


def normalise_title(title: str) -> str:
    """Return a title for comparing: compatibility forms and case folded, marks, dashes and exam codes removed.

    A title that is nothing but signs or a code keeps them, so that two of those do not become equal.
    """
    plain = title if title.isascii() else unicodedata.normalize("NFKC", title.translate(_MARKS))
    if not plain.isascii():
        plain = plain.translate(_DASHES)
    words = _NOT_WORD.sub(" ", _CODE.sub(" ", plain.upper()) if "-" in plain else plain).casefold().strip()
    return words or " ".join(plain.casefold().split())


_DASHES = {ord(dash): "-" for dash in "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"}


def number_words(normalised: str) -> tuple[str, ...]:
    """Return the numbers in a normalised title, Roman ones too: titles that differ in these are different."""
    numbers = _NUMBER.findall(normalised)
    if " " in normalised:
        numbers.extend(word for word in normalised.split(" ")[1:] if word in _ROMAN)
    return tuple(numbers)


def likeness(first: str, second: str) -> float:
    """Return how alike two titles are, 0 to 1; titles with different numbers are never nearly alike (at most 0.5)."""
    from rapidfuzz import fuzz

    left, right = normalise_title(first), normalise_title(second)
    ratio = fuzz.ratio(left, right) / 100
    return ratio if number_words(left) == number_words(right) else min(ratio, 0.5)


@lru_cache(maxsize=4096)
def normalise_issuer(name: str) -> str:
    """Return an issuer's name for comparing: no case, no legal form, no short name in parentheses."""
    # Without case from the start: what is one issuer in the library (`fold_name`) is one here, “İ” and “i̇” too.
    folded = unicodedata.normalize("NFC", name).casefold()
    plain = _PARENTHESES.sub(" ", unicodedata.normalize("NFKC", folded.translate(_MARKS)))
    words = _NOT_WORD.sub(" ", plain).casefold().strip().removeprefix("the ")
    shorter = _LEGAL_FORM.sub("", words)
    while shorter != words:
        words, shorter = shorter, _LEGAL_FORM.sub("", shorter)
    return words or " ".join(folded.split())


def canonical_url(url: str) -> str:
    """Return an address for comparing: host and path without scheme, `www.`, fragment, tracking and locale.

    Returns "" for no address. `identifies` tells whether it says more than a host.
    """
    plain = _PLAIN_URL.fullmatch(url)
    if plain is not None:
        steps = plain[2].strip("/")
        if "//" not in steps and steps[2:3] not in ("", "-", "/"):
            return f"{plain[1].casefold().removeprefix('www.')}/{steps}"
    rest = url.strip()
    if not rest:
        return ""
    rest = rest.partition("#")[0]
    before, scheme_mark, after = rest.partition("://")
    rest = after if scheme_mark and before.isalpha() else rest
    rest, _, query = rest.partition("?")
    host, _, path = rest.partition("/")
    host = host.rpartition("@")[2].casefold().removesuffix(":443").removesuffix(":80").removeprefix("www.")
    steps = [step for step in path.split("/") if step]
    if steps and (steps[0].casefold() in _LANGUAGES or _LOCALE.fullmatch(steps[0].casefold())):
        del steps[0]
    kept = [part for part in query.split("&") if part and not _is_tracking(part)] if query else []
    return "/".join([host, *steps]) + ("?" + "&".join(sorted(kept)) if kept else "")


def identifies(canonical: str) -> bool:
    """Return whether a canonical address points at one thing rather than at a site's front page."""
    return "/" in canonical or "?" in canonical


def _is_tracking(part: str) -> bool:
    name = part.partition("=")[0].casefold()
    return name in _TRACKING or name.startswith("utm_")
