"""The ids that platforms give single awards, found in addresses and numbers: the same award has many addresses.

Belongs here: how Credly (formerly Acclaim), Microsoft Learn, Coursera, Udemy and edX write an award's address, as seen
in exports of them. What follows from the same id is decided in `identity_index`.
"""

import re

_HEXES = r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}"
_END = r"(?=[/?.]|$)"


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text + _END, re.IGNORECASE)


_CREDLY = _pattern(rf"/(?:badges|earner/earned/badge|.*assertions|.*open_badge_credentials)/({_HEXES})")
_UDEMY_PAGE = _pattern(r"/(?:.*/)?(uc-[0-9a-z-]{6,60})")
# By host. As `matching.canonical_url` leaves addresses: without "www.", without a locale in front.
_ADDRESSES = {
    "credly.com": _CREDLY,
    "api.credly.com": _CREDLY,
    "youracclaim.com": _CREDLY,
    "api.youracclaim.com": _CREDLY,
    "learn.microsoft.com": _pattern(r"/(?:.*/)?credentials/([0-9a-z]{6}-[0-9a-z]{6}|[0-9a-f]{16})"),
    # In capitals, so that no word of the path is taken for one.
    "coursera.org": re.compile(r"/(?:verify|account/accomplishments)/(?:[a-z-]+/){0,2}([A-Z0-9]{8,24})" + _END),
    "udemy.com": _UDEMY_PAGE,
    "ude.my": _UDEMY_PAGE,
    "udemy-certificate.s3.amazonaws.com": _UDEMY_PAGE,
    "courses.edx.org": _pattern(rf"/certificates/(?:.*/)?({_HEXES})"),
    "credentials.edx.org": _pattern(rf"/credentials/({_HEXES})"),
    "verify.edx.org": _pattern(rf"/cert/({_HEXES})"),
}
_NAMES = {
    "learn.microsoft.com": "microsoft",
    "coursera.org": "coursera",
    "udemy.com": "udemy",
    "ude.my": "udemy",
    "udemy-certificate.s3.amazonaws.com": "udemy",
}
_HEX = re.compile(_HEXES)
_UDEMY = re.compile(r"uc-[0-9a-z-]{6,60}")
# By issuer: numbers that are this platform's when it gave the award itself.
_NUMBERS = {
    "microsoft": re.compile(r"[0-9a-z]{6}-[0-9a-z]{6}|[0-9a-f]{16}"),
    "coursera": re.compile(r"[0-9a-z]{10,16}"),
}

LEAST_LETTERS = 8
"""A shorter number is no id of any of these platforms."""


def id_of_address(canonical: str) -> str:
    """Return the id of the award at a canonical address, "" for one that is no award of these platforms."""
    host, _, rest = canonical.partition("/")
    pattern = _ADDRESSES.get(host)
    if pattern is None:
        return ""
    found = pattern.match("/" + rest)
    # An id of 32 hexadecimal digits is nobody else's, wherever it is: Credly's, edX's.
    return f"{_NAMES.get(host, 'hex')}:{_bare(found[1].casefold())}" if found else ""


def id_of_number(number: str, issuer: str) -> str:
    """Return the id of the award with a number (in lower case), given by an issuer (normalised), "" for none."""
    if number.startswith("urn:uuid:"):
        number = number.removeprefix("urn:uuid:")
    if len(number) in (32, 36) and _HEX.fullmatch(number):
        return f"hex:{_bare(number)}"
    if number.startswith("uc-") and _UDEMY.fullmatch(number):
        return f"udemy:{_bare(number)}"
    pattern = _NUMBERS.get(issuer)
    return f"{issuer}:{_bare(number)}" if pattern is not None and pattern.fullmatch(number) else ""


def _bare(text: str) -> str:
    return text.replace("-", "")
