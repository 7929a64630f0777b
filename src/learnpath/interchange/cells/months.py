"""Month names in the languages people's files come in.

The commonest ones are written here: full names and the usual short ones, without accents and dots. All others come from
the Unicode CLDR, through Babel, when a word is none of these.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from typing import cast

_NAMES = {
    "en": "january february march april may june july august september october november december",
    "de": "januar februar marz april mai juni juli august september oktober november dezember",
    "de-at": "janner feber maerz april mai juni juli august september oktober november dezember",
    "fr": "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "pt": "janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "hu": "januar februar marcius aprilis majus junius julius augusztus szeptember oktober november december",
}
_SHORT = {
    "en": "jan feb mar apr may jun jul aug sep oct nov dec",
    "en-long": "jan feb mar apr may june july aug sept oct nov dec",
    "de": "jan feb mrz apr mai jun jul aug sep okt nov dez",
    "fr": "janv fevr mars avr mai juin juil aout sept oct nov dec",
    "es": "ene feb mar abr may jun jul ago sep oct nov dic",
    "pt": "jan fev mar abr mai jun jul ago set out nov dez",
    "it": "gen feb mar apr mag giu lug ago set ott nov dic",
    "nl": "jan feb mrt apr mei jun jul aug sep okt nov dec",
    "hu": "jan febr marc apr maj jun jul aug szept okt nov dec",
}
# Languages that LinkedIn, whose export is the commonest file, is in, and their neighbours; Arabic has three sets. Thai
# is not among them: its years are counted otherwise.
_LANGUAGES = (
    "ar", "ar_LB", "ar_MA", "ar_DZ", "bg", "bn", "ca", "cs", "da", "de", "de_AT", "el", "en", "es", "et", "fa", "fi",
    "fil", "fr", "he", "hi", "hr", "hu", "id", "is", "it", "ja", "ko", "lt", "lv", "mr", "ms", "nl", "no", "pa", "pl",
    "pt", "ro", "ru", "sk", "sl", "sr", "sr_Latn", "sv", "sw", "te", "tr", "uk", "ur", "vi", "zh",
)  # fmt: skip
_BETWEEN = re.compile(r"[\s,،./-]+")
# What stands in dates beside day, month and year.
_FILLERS = frozenset((
    "of", "de", "del", "den", "le", "the", "el", "do", "di", "am", "vom", "a", "az", "d", "m", "r", "г", "р", "года",
    "року", "година", "nam", "ngay", "dia", "tanggal",
))  # fmt: skip


def fold(text: str) -> str:
    """Return text in lower case without accents, for looking words up."""
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(part for part in parts if not unicodedata.combining(part))


COMMON_MONTHS: Mapping[str, int] = {
    name: number
    for table in (_NAMES, _SHORT)
    for names in table.values()
    for number, name in enumerate(names.split(), 1)
}
"""Names that are written here -> the month, which is the same in every language that has the name."""


def date_words(text: str) -> list[str]:
    """Return the words and numbers of a date, folded, without those that only stand between them ("3 de mayo")."""
    # The dotless i of Turkish loses its likeness in capitals.
    folded = fold(text).replace("ı", "i")
    return [word for word in _BETWEEN.split(folded) if word and word not in _FILLERS]


def months_called(name: str, languages: Collection[str] = ()) -> frozenset[int]:
    """Return the months that a folded name means: in these languages if it is of any of them, else in all.

    A name of two words has one blank. Some names are of different months in neighbouring languages ("listopad").
    """
    common = COMMON_MONTHS.get(name)
    if common is not None:
        return frozenset((common,))
    found = _all_months().get(name, {})
    here = {found[language] for language in languages if language in found}
    return frozenset(here or found.values())


def languages_of(name: str) -> frozenset[str]:
    """Return the languages that have a folded name for a month."""
    return frozenset(_all_months().get(name, ()))


@cache
def _all_months() -> dict[str, dict[str, int]]:
    """Return name -> language -> month."""
    # Some hundreds of milliseconds that few files need.
    from babel.localedata import load

    found: dict[str, dict[str, int]] = {}
    for table in (_NAMES, _SHORT):
        for language, names in table.items():
            for number, name in enumerate(names.split(), 1):
                found.setdefault(name, {})[language.partition("-")[0]] = number
    for language in _LANGUAGES:
        for name, number in _names_in(load(language, merge_inherited=False)):
            found.setdefault(name, {})[language.partition("_")[0]] = number
    return found


def _names_in(data: Mapping[str, object]) -> Iterable[tuple[str, int]]:
    """Yield the folded names of one language's data with their months; narrow ones, of one letter, are left out."""
    for forms in _tables(data.get("months")).values():
        for width, names in _tables(forms).items():
            if width != "narrow":
                for number, name in _tables(names).items():
                    words = " ".join(date_words(name)) if isinstance(name, str) else ""
                    if isinstance(number, int) and words:
                        yield words, number


def _tables(value: object) -> Mapping[object, object]:
    return cast("Mapping[object, object]", value) if isinstance(value, Mapping) else {}
