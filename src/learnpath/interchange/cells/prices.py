"""Amounts of money as files write them. Never makes a currency up."""

# The word tables are kept in wide lines.
# ruff: noqa: E501
import re
import unicodedata
from decimal import Decimal

from learnpath.domain.money import Money
from learnpath.interchange.cells.json_cells import JsonValue, load_cell
from learnpath.interchange.cells.months import fold
from learnpath.interchange.cells.numbers import NUMBER_PATTERN, read_number
from learnpath.interchange.cells.reading import LeftOut, NoCurrency, UnreadableCell, quoted

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
_SYMBOLS = {
    "us$": "USD", "a$": "AUD", "au$": "AUD", "c$": "CAD", "ca$": "CAD", "nz$": "NZD", "s$": "SGD", "hk$": "HKD", "r$": "BRL",
    "mx$": "MXN", "$": "USD", "€": "EUR", "euro": "EUR", "euros": "EUR", "£": "GBP", "¥": "JPY", "円": "JPY", "₹": "INR",
    "₩": "KRW", "zł": "PLN", "kč": "CZK", "ft": "HUF", "fr.": "CHF", "sfr": "CHF", "₺": "TRY", "₴": "UAH", "₽": "RUB",
}  # fmt: skip
_MARK = r"(us\$|au?\$|ca?\$|nz\$|s\$|hk\$|r\$|mx\$|[$€£¥円₹₩₺₴₽]|zł|kč|ft\b|fr\.|sfr\b|euros?\b|\b[a-z]{3}\b)"
_BEFORE = re.compile(rf"{_MARK}\s*({NUMBER_PATTERN})(?:,[-–—])?", re.IGNORECASE)
_AFTER = re.compile(rf"({NUMBER_PATTERN})(?:,[-–—])?\s*{_MARK}", re.IGNORECASE)
_FREE = frozenset((
    "free", "free of charge", "kostenlos", "kostenfrei", "gratis", "gratuit", "gratuite", "gratuito", "gratuita",
    "ingyenes",
))  # fmt: skip
_MOST = 10**12


def read_currency(text: str) -> str:
    """Return the ISO 4217 code a cell or header names (`EUR`, `€`). Raises UnreadableCell."""
    code = text.strip().upper()
    code = code if code in CURRENCIES else _SYMBOLS.get(text.strip().casefold(), "")
    if not code:
        raise UnreadableCell(f"{quoted(text)} is no currency")
    return code


def read_price(text: str, currency: str = "") -> Money:
    """Return an amount of money. `currency` is for amounts that name none, from another column, header or choice.

    A sentence with exactly one amount ("Current price $89.99") gives that amount; JSON gives its first `amount`.
    Raises NoCurrency when the amount is clear but its currency is not, UnreadableCell for other text.
    """
    plain = text.strip()
    if plain.startswith(("[", "{")):
        return _json_price(plain)
    plain = plain if plain.isascii() else unicodedata.normalize("NFKC", plain)
    number = read_number(plain, "both")
    if number is None and fold(plain).strip(" .!") in _FREE:
        number = Decimal(0)
    if number is not None:
        if not currency:
            raise NoCurrency(f"{quoted(text)} has no currency")
        return _money(number, currency, text)
    found = _amounts(plain)
    if len(found) != 1:
        raise UnreadableCell(f"{quoted(text)} is no price")
    ((amount, code),) = found
    return _money(amount, code, text)


def _amounts(text: str) -> set[tuple[Decimal, str]]:
    pairs = [(match[2], match[1]) for match in _BEFORE.finditer(text)]
    pairs += [(match[1], match[2]) for match in _AFTER.finditer(text)]
    found: set[tuple[Decimal, str]] = set()
    for digits, mark in pairs:
        code = mark.upper() if mark.upper() in CURRENCIES else _SYMBOLS.get(mark.casefold(), "")
        amount = read_number(digits, "both")
        if code and amount is not None:
            found.add((amount, code))
    # "$500 (USD)" and "$49 CAD" name one amount twice; the written code is the exact one.
    exact = {pair for pair in found if pair[1] in text.upper()}
    return exact if exact and {amount for amount, _ in found} == {amount for amount, _ in exact} else found


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
