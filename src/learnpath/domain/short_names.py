"""What is left of a credential's title without its short name and the words that every title may have.

Platforms name one credential differently: “CCNA” and “Cisco Certified Network Associate (CCNA)”. How titles are
compared word by word is in `matching`, what follows from a likeness in `interchange.row_matching`.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from learnpath.domain.matching import normalise_issuer, normalise_title, number_words

_NOT_WORD = re.compile(r"[^\w+#]+")
_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_SHORT_NAME = re.compile(r"(?=.*[A-Z].*[A-Z])[A-Z0-9]{2,8}")
_NUMBER = re.compile(r"\d+|[IVX]+")
# “Foundation Certificate in IT Service Management”: the subject, which shorter titles leave out.
_SUBJECT = re.compile(r"\b(?:certificate|certification) (?:in|of|for) (.+)")
_EVERYWHERE = re.compile(r"\b(?:professional certificate|certified|certification|certificate|ce|exam)\b")
_LITTLE = frozenset(("a", "an", "and", "by", "for", "from", "in", "of", "on", "the", "to", "with"))
# A single word before “certificate in …” names no more than a level.
_LEAST_WORDS_BEFORE_SUBJECT = 2
_LEAST_INITIALS = 3
_LEAST_LIKENESS = 90


class TitleParts(NamedTuple):
    """A title taken apart, all without case.

    `words` and `subject` are without numbers; `short_names` are those it states,
    `initials` those that its words make, `numbers` the numbers in it, Roman ones too.
    """

    words: frozenset[str]
    subject: frozenset[str]
    short_names: frozenset[str]
    initials: frozenset[str]
    numbers: frozenset[str]


def split_title(title: str, issuer: str) -> TitleParts:
    """Return the parts of a title that says what `issuer` gave; exam codes are left out."""
    short_names: set[str] = set()

    def take(found: re.Match[str]) -> str:
        inner = _NOT_WORD.split(found[1].strip())
        names = [word for word in inner if not _NUMBER.fullmatch(word)]
        if not names or not all(_SHORT_NAME.fullmatch(word) for word in names):
            return f" {found[1]} "
        short_names.add("".join(word for word in names if word.casefold() not in own).casefold())
        return " " + " ".join(word for word in inner if word not in names) + " "

    own = _issuer_words(issuer)
    plain = _BRACKETS.sub(take, title) if "(" in title or "[" in title else title
    capitals = {word.casefold() for word in _NOT_WORD.split(title) if _SHORT_NAME.fullmatch(word)}
    normalised = normalise_title(plain)
    all_words = [word for word in normalised.split(" ") if not _is_number(word)]
    for word in capitals.intersection(all_words):
        rest = [one for one in all_words if one != word]
        if word in _initials(rest, own):
            short_names.add(word)
            all_words = rest
    text = " ".join(all_words)
    subject = _SUBJECT.search(text) if "certif" in text else None
    before = _kept(text[: subject.start()] if subject else text, own)
    after = _kept(subject[1], own) if subject else []
    if len(before) < _LEAST_WORDS_BEFORE_SUBJECT:
        before, after = [*before, *after], []
    if before and not after and capitals.issuperset(before):
        # Nothing but a short name.
        short_names.add("".join(before))
        before = []
    numbers = frozenset(number_words(f"- {normalised}"))
    initials = _initials(all_words, own) if before else frozenset[str]()
    return TitleParts(frozenset(before), frozenset(after), frozenset(short_names - {""}), initials, numbers)


def likeness_without_short_names(first: TitleParts, second: TitleParts) -> float:
    """Return how alike two titles of one issuer are, 0.9 to 1, or 0 where they are those of different things.

    They are different when a number, a level, a short name or a word more is: “Associate” and “Professional”, “I” and
    “II”, “Data Analytics” and “Advanced Data Analytics”.
    """
    if first.numbers != second.numbers:
        return 0
    if not first.words or not second.words:
        return 1 if _names(first) & _names(second) and (first.short_names or second.short_names) else 0
    if first.short_names and second.short_names and first.short_names.isdisjoint(second.short_names):
        return 0
    likeness = _likeness(first.words, second.words)
    return min(likeness, _likeness(first.subject, second.subject)) if first.subject and second.subject else likeness


def _likeness(first: frozenset[str], second: frozenset[str]) -> float:
    if first == second:
        return 1
    # Only what differs is compared: in a long title another word would hardly count.
    if len(first) != len(second) or len(different := first ^ second) != len(("one", "other")):
        return 0
    from rapidfuzz import fuzz

    return fuzz.ratio(*sorted(different), score_cutoff=_LEAST_LIKENESS) / 100


def _names(parts: TitleParts) -> frozenset[str]:
    return parts.short_names | parts.initials


def _is_number(word: str) -> bool:
    return _NUMBER.fullmatch(word.upper()) is not None


@lru_cache(maxsize=4096)
def _issuer_words(issuer: str) -> tuple[str, ...]:
    """Return an issuer's name and, where it is no common word, its own short name."""
    name = normalise_issuer(issuer)
    initials = "".join([word[:1] for word in name.split(" ")])
    return (name, initials) if len(initials) >= _LEAST_INITIALS else (name,)


def _kept(text: str, own: Sequence[str]) -> list[str]:
    padded = f" {' '.join(_EVERYWHERE.sub(' ', text).split())} "
    for name in own:
        padded = padded.replace(f" {name} ", " ")
    return [word for word in padded.split() if word not in _LITTLE]


def _initials(words: Sequence[str], own: Sequence[str]) -> frozenset[str]:
    """Return the short names that words make, with and without little words and the issuer's name."""
    larger = [word for word in words if word not in _LITTLE]
    without_own = [word for word in larger if word not in own]
    return frozenset("".join(word[0] for word in some) for some in (words, larger, without_own) if len(some) > 1)
