"""Amounts of money as files write them. Never makes a currency up."""

# The word tables are kept in wide lines.
# ruff: noqa: E501
import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal

from learnpath.domain.money import Money
from learnpath.interchange.cells.json_cells import JsonValue, load_cell
from learnpath.interchange.cells.months import fold
from learnpath.interchange.cells.numbers import NUMBER_PATTERN, read_number
from learnpath.interchange.cells.reading import LeftOut, NoCurrency, UnreadableCell, quoted, single_spaced

# ISO 4217 list one, the codes of currencies in use.
CURRENCIES = frozenset((
    "AED", "AFN", "ALL", "AMD", "AOA", "ARS", "AUD", "AWG", "AZN", "BAM", "BBD", "BDT", "BGN", "BHD", "BIF",
    "BMD", "BND", "BOB", "BRL", "BSD", "BTN", "BWP", "BYN", "BZD", "CAD", "CDF", "CHF", "CLP", "CNY", "COP",
    "CRC", "CUP", "CVE", "CZK", "DJF", "DKK", "DOP", "DZD", "EGP", "ERN", "ETB", "EUR", "FJD", "FKP", "GBP",
    "GEL", "GHS", "GIP", "GMD", "GNF", "GTQ", "GYD", "HKD", "HNL", "HTG", "HUF", "IDR", "ILS", "INR", "IQD",
    "IRR", "ISK", "JMD", "JOD", "JPY", "KES", "KGS", "KHR", "KMF", "KPW", "KRW", "KWD", "KYD", "KZT", "LAK",
    "LBP", "LKR", "LRD", "LSL", "LYD", "MAD", "MDL", "MGA", "MKD", "MMK", "MNT", "MOP", "MRU", "MUR", "MVR",
    "MWK", "MXN", "MYR", "MZN", "NAD", "NGN", "NIO", "NOK", "NPR", "NZD", "OMR", "PAB", "PEN", "PGK", "PHP",
    "PKR", "PLN", "PYG", "QAR", "RON", "RSD", "RUB", "RWF", "SAR", "SBD", "SCR", "SDG", "SEK", "SGD", "SHP",
    "SLE", "SOS", "SRD", "SSP", "STN", "SVC", "SYP", "SZL", "THB", "TJS", "TMT", "TND", "TOP", "TRY", "TTD",
    "TWD", "TZS", "UAH", "UGX", "USD", "UYU", "UZS", "VES", "VND", "VUV", "WST", "XAF", "XCD", "XOF", "XPF",
    "YER", "ZAR", "ZMW", "ZWG",
))  # fmt: skip
_SIGNS = {
    "us$": "USD", "a$": "AUD", "au$": "AUD", "c$": "CAD", "ca$": "CAD", "nz$": "NZD", "s$": "SGD", "sg$": "SGD", "hk$": "HKD",
    "nt$": "TWD", "r$": "BRL", "mx$": "MXN", "$": "USD", "€": "EUR", "£": "GBP", "cn¥": "CNY", "jp¥": "JPY", "¥": "JPY",
    "円": "JPY", "元": "CNY", "₹": "INR", "₩": "KRW", "₺": "TRY", "₴": "UAH", "₽": "RUB", "₪": "ILS", "₫": "VND",
    "฿": "THB", "₱": "PHP", "₦": "NGN", "zł": "PLN", "kč": "CZK", "euro": "EUR", "euros": "EUR", "rmb": "CNY", "rs": "INR",
    "rs.": "INR",
}  # fmt: skip
# Words that also mean something else: an amount with one of them must be all that the cell holds. "" is none of its own.
_WORDS = {
    "ft": "HUF", "fr.": "CHF", "sfr": "CHF", "kr": "", "kr.": "", "rp": "IDR", "rp.": "IDR", "rm": "MYR",
}  # fmt: skip
# Signs of more than one currency: where the cell, its row or its column names one of these, that one is meant.
_RUPEES, _CROWNS = frozenset(("INR", "PKR", "LKR", "NPR", "MUR")), frozenset(("SEK", "NOK", "DKK", "ISK"))
_SHARED = {
    "$": frozenset(("USD", "AUD", "CAD", "NZD", "SGD", "HKD", "TWD", "MXN", "ARS", "CLP", "COP")),
    "¥": frozenset(("JPY", "CNY")), "£": frozenset(("GBP", "EGP")),
    "rs": _RUPEES, "rs.": _RUPEES, "kr": _CROWNS, "kr.": _CROWNS,
}  # fmt: skip
# Codes that are no words: only these are looked for in sentences ("from USD 300"), and read in small letters.
_PLAIN_CODES = "USD|EUR|GBP|CHF|JPY|INR|CNY|AUD|HUF|PLN|CZK|SEK|NOK|DKK|BRL|ZAR|SGD|HKD|NZD"
_SIGN = (
    rf"(?:(?:us|au?|ca?|nz|sg?|hk|nt|r|mx)?\$|(?:cn|jp)?¥|[€£円元₹₩₺₴₽₪₫฿₱₦]|(?:zł|kč|euros?|rmb|rs\.?|"
    rf"(?-i:{_PLAIN_CODES}))(?![^\W\d_]))"
)
_MARK = rf"(?:{_SIGN}|(?:{_PLAIN_CODES}|(?-i:[A-Z]{{3}})|ft|fr\.|sfr|kr\.?|rp\.?|rm)(?![^\W\d_]))"
_AMOUNT = rf"((?>{NUMBER_PATTERN}))(?:(k|m)|\s?(thousand|tsd\.?|mio\.?|millions?))?(?:,[-–—])?"
_TIMES = {"k": 1000, "thousand": 1000, "tsd": 1000, "m": 10**6, "mio": 10**6, "million": 10**6, "millions": 10**6}
_WHOLE = re.compile(rf"({_MARK})?\s*{_AMOUNT}\s*\(?({_MARK})?\)?[.!]?", re.IGNORECASE)
_BEFORE = re.compile(
    rf"(?<![^\W\d_])(?<![-−–])({_SIGN})\s*{_AMOUNT}(?![^\W\d_])(?:\s*\(?([A-Z]{{3}})\b)?", re.IGNORECASE
)
_AFTER = re.compile(rf"(?<![\w.,'’−–-])(?<![−–-]\s){_AMOUNT}\s*({_SIGN})(?![^\W\d_])", re.IGNORECASE)
_RANGE = re.compile(rf"\d[.,]?[km]?\s*{_SIGN}?\s*(?:-|–|—|\bto\b|\bbis\b)\s*{_SIGN}?\s*\d", re.IGNORECASE)
_NEGATIVE = re.compile(rf"[-−–]\s*{_MARK}?\s*\d|{_MARK}\s*[-−–]\s*\d", re.IGNORECASE)
_PERIOD = (
    r"(?:months?|mo|monat|mois|mes|mese|years?|yr|jahr|an|annee|ano|anno|weeks?|wk|woche|semaine|semana|days?|tag)"
)
_AGAIN = re.compile(
    rf"(?:/|\b(?:per|pro|par|por|al|je|each|every)\b|(?<!for )\ba\b)\s*{_PERIOD}\b|"
    r"\b(?:monthly|yearly|annually|monatlich|jahrlich|mensuel|mensual|mensal)\b"
)
_FREE = frozenset((
    "free", "free of charge", "kostenlos", "kostenfrei", "gratis", "gratuit", "gratuite", "gratuito", "gratuita",
    "ingyenes",
))  # fmt: skip
_MOST = 10**12


def read_currency(text: str) -> str:
    """Return the ISO 4217 code a cell or header names (`EUR`, `€`). Raises UnreadableCell."""
    code = _code_of(text.strip())
    if not code:
        raise UnreadableCell(f"{quoted(text)} is no currency")
    return code


def is_free(text: str) -> bool:
    """Return whether a cell says in words that something costs nothing ("Free", "kostenlos")."""
    return fold(text).strip(" .!") in _FREE


def read_price(text: str, currency: str = "", free_in: str = "") -> Money:
    """Return an amount of money. `currency` is for amounts that name none, from another column, header or choice.

    `free_in` is the currency of a cell that says "free" where `currency` is not given: the price is nothing in any.
    A sentence with exactly one amount ("Current price $89.99") gives that amount; JSON gives its first `amount`.
    Raises NoCurrency when the amount is clear but its currency is not, LeftOut for ranges, prices paid again each month
    or year, amounts below nothing and "free" without a currency, UnreadableCell for other text.
    """
    plain = text.strip()
    if plain.startswith(("[", "{")):
        return _json_price(plain)
    plain = single_spaced(plain)
    plain = plain if plain.isascii() else unicodedata.normalize("NFKC", plain)
    if is_free(plain):
        if not (currency or free_in):
            raise LeftOut(f"{quoted(text)} names no currency")
        return _money(Decimal(0), currency or free_in, text)
    whole = _WHOLE.fullmatch(plain)
    found = {_whole_amount(whole, currency)} if whole is not None else _amounts(plain, currency)
    if _AGAIN.search(fold(plain)) and found:
        raise LeftOut(f"{quoted(text)} is paid again and again, not once")
    if whole is None and _RANGE.search(plain):
        raise LeftOut(f"{quoted(text)} is a range of prices")
    if _NEGATIVE.match(plain):
        raise LeftOut(f"{quoted(text)} is no price")
    if len(found) != 1:
        raise UnreadableCell(f"{quoted(text)} is no price")
    ((amount, code),) = found
    if amount is None:
        raise UnreadableCell(f"{quoted(text)} is no price")
    if not code:
        raise NoCurrency(f"{quoted(text)} has no currency")
    return _money(amount, code, text)


def named_currency(cells: Iterable[str]) -> str:
    """Return the one currency that the amounts of a column name, "" when they name none or several."""
    found: set[str] = set()
    for cell in cells:
        try:
            found.add(read_price(cell).currency)
        except UnreadableCell:
            continue
        if len(found) > 1:
            return ""
    return found.pop() if found else ""


_Found = tuple[Decimal | None, str]


def _whole_amount(match: re.Match[str], currency: str) -> _Found:
    """Return the amount of a cell that holds nothing else, and its currency, "" for none."""
    before, digits, letter, word, after = match.groups()
    amount = _number(digits, letter or word)
    if before and after in _SHARED.get(before.casefold(), ()):
        # "$49 CAD": the written code is the exact one.
        return amount, after
    marks = [mark for mark in (before, after) if mark]
    codes = {_marked(mark, currency) for mark in marks} or {currency}
    is_known = len(codes) == 1 and (codes != {""} or all(mark.casefold() in _WORDS for mark in marks))
    return (amount, codes.pop()) if is_known else (None, "")


def _amounts(text: str, currency: str) -> set[_Found]:
    """Return the amounts in a sentence, with their currencies."""
    found: set[_Found] = set()
    for mark, digits, letter, word, code in _BEFORE.findall(text):
        exact = code if code in _SHARED.get(mark.casefold(), ()) else _marked(mark, currency)
        found.add((_number(digits, letter or word), exact))
    for digits, letter, word, mark in _AFTER.findall(text):
        found.add((_number(digits, letter or word), _marked(mark, currency)))
    # "$49 CAD" names one amount twice; the written code is the exact one.
    exact = {pair for pair in found if pair[1] in text}
    return exact if exact and {amount for amount, _ in found} == {amount for amount, _ in exact} else found


def _number(digits: str, times: str) -> Decimal | None:
    number = read_number(digits, "both")
    return number if number is None or not times else number * _TIMES[times.casefold().rstrip(".")]


def _marked(mark: str, currency: str) -> str:
    """Return the currency of a sign or code: of those that share the sign the one named elsewhere."""
    return currency if currency in _SHARED.get(mark.casefold(), ()) else _code_of(mark)


def _code_of(mark: str) -> str:
    code = mark.upper()
    return code if code in CURRENCIES else _SIGNS.get(mark.casefold()) or _WORDS.get(mark.casefold(), "")


def _money(amount: Decimal, currency: str, text: str) -> Money:
    if amount < 0 or amount > _MOST:
        raise UnreadableCell(f"{quoted(text)} is no price")
    return Money.of(amount, currency)


def _json_price(text: str) -> Money:
    value = load_cell(text)
    entries: list[JsonValue] = value if isinstance(value, list) else [value]
    for entry in entries:
        if not isinstance(entry, dict):
            continue
        amount, code = (
            entry.get("amount", entry.get("price")),
            entry.get("currency", entry.get("priceCurrency")),
        )
        if isinstance(amount, int | float | str) and isinstance(code, str) and not isinstance(amount, bool):
            number = read_number(str(amount), "both") if isinstance(amount, str) else Decimal(str(amount))
            if number is not None and number.is_finite():
                return _money(number, read_currency(code), text)
    raise LeftOut(f"{quoted(text)} names no amount")
