"""What a list says of a program and a record has no field for: sentences below its description."""

from collections import Counter
from collections.abc import Collection, Iterable
from itertools import islice

from learnpath.domain.wording import term_text
from learnpath.interchange.badges.found import joined
from learnpath.interchange.badges.plain_text import line, paragraph

_MOST_TEXTS = 40
# Of those that say nothing, or the same, a few more are looked at.
_MOST_READ = 200


def described(description: str, *sentences: str) -> str:
    """Return a description with the sentences below it that say anything."""
    return joined([part for part in (description, *sentences) if part])


def sentence(what: str, texts: Iterable[str], notes: list[str]) -> str:
    """Return `Requires: a; b`, each text once and at most 40, or "" without any. Adds to `notes` what was cut."""
    found = dict.fromkeys(plain for text in islice(texts, _MOST_READ) if (plain := line(paragraph(text, notes), notes)))
    return f"{what}: {'; '.join([*found][:_MOST_TEXTS])}" if found else ""


def span_words(span: str) -> str:
    """Return a span of time in words (`P9M`: 9 months); what is no ISO 8601 term comes back as it is."""
    return term_text(span.strip())


def unique_names(names: Iterable[str]) -> Collection[str]:
    """Return the names that one thing of a list has alone: only by these can another require it."""
    return {name for name, count in Counter(names).items() if name and count == 1}
