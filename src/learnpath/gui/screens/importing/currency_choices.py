"""In which order currencies are offered for amounts that name none."""

from collections.abc import Sequence

from PySide6.QtCore import QLocale

from learnpath.interchange.cells.prices import CURRENCIES

_COMMON = ("EUR", "USD", "GBP", "CHF")


def likeliest_first(in_file: Sequence[str]) -> list[str]:
    """Return all codes: those of the file's other amounts, that of the person's region, common ones, the alphabet."""
    own = QLocale().currencySymbol(QLocale.CurrencySymbolFormat.CurrencyIsoCode)
    likely = dict.fromkeys((*in_file, own, *_COMMON))
    return [*(code for code in likely if code in CURRENCIES), *sorted(CURRENCIES.difference(likely))]
