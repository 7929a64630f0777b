"""Which column of a table is which field: by header, checked against the cells, and by the cells alone."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache, partial

from learnpath.interchange.cells.dates import DateSurroundings, Epoch, read_date
from learnpath.interchange.cells.durations import read_minutes, read_term, read_weekly_minutes, read_weeks
from learnpath.interchange.cells.links import read_url
from learnpath.interchange.cells.months import fold
from learnpath.interchange.cells.numbers import read_number
from learnpath.interchange.cells.prices import read_currency, read_price
from learnpath.interchange.cells.reading import LeftOut, UnreadableCell
from learnpath.interchange.cells.words import (
    is_empty,
    is_placeholder,
    read_achievement_type,
    read_lifecycle_status,
    read_stage,
)
from learnpath.interchange.columns import PERSONAL_FIELDS, FieldRule, ValueType, rules_for
from learnpath.interchange.drafts import TableKind

_SAMPLE_ROWS = 400
_SAMPLE_CELLS = 60
_SURE, _PERHAPS, _QUALIFIED = 1.0, 0.6, 0.85
# Below this share of readable cells a header is taken to mean something else.
_LEAST_READABLE = 0.4
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_BRACKETS = re.compile(r"[(\[{][^)\]}]*[)\]}]")
_NOT_WORD = re.compile(r"[^a-z0-9\u0080-\uffff]+")
_UNITS = frozenset((
    "h", "hour", "hours", "hrs", "min", "mins", "minute", "minutes", "std", "usd", "eur", "gbp", "chf", "days",
    "weeks", "months", "years", "json",
))  # fmt: skip
_QUALIFIERS = frozenset((
    "course", "certification", "certificate", "cert", "credential", "program", "programme", "exam", "current",
    "official", "content", "badge", "main", "kurs", "cours", "curso", "tanfolyam", "my", "the",
))  # fmt: skip


def _check_effort(text: str) -> None:
    try:
        read_minutes(text, "hours")
    except LeftOut as left_out:
        # Weeks in a column called "duration" are its length, not the effort.
        raise UnreadableCell(str(left_out)) from None


_CHECKS: dict[ValueType, Callable[[str], object]] = {
    "date": read_date,
    "url": read_url,
    "price": lambda text: read_price(text, "XXX"),
    "currency": read_currency,
    "minutes": _check_effort,
    "weekly": read_weekly_minutes,
    "weeks": read_weeks,
    "term": lambda text: read_term(text, "years"),
    "days": int,
    "stage": read_stage,
    "type": read_achievement_type,
    "state": read_lifecycle_status,
}


MOST_COLUMNS = 1000
"""More than any list has; spreadsheet programs allow 16,384, and a line of commas a million."""


@dataclass(frozen=True, slots=True)
class ColumnMatch:
    """Which field is in which column, and how sure (0 to 1)."""

    mapping: dict[str, int]
    scores: dict[str, float]


def header_words(header: str) -> str:
    """Return a header in folded words: `courseTitle`, `course_title` and `Course  Title` are the same."""
    return " ".join(_NOT_WORD.sub(" ", fold(_CAMEL.sub(" ", header))).split())


def count_known(cells: Sequence[str]) -> int:
    """Return how many cells of a row are names of columns we know."""
    known = _known_words()
    return sum(
        any(words in known for words, _ in _forms(cell)) for cell in cells[:MOST_COLUMNS] if cell and len(cell) < 80
    )


@cache
def _known_words() -> frozenset[str]:
    rules = (*rules_for("programs"), *rules_for("credentials"))
    return frozenset(words for rule in rules for words in (*rule.sure, *rule.perhaps))


def match_columns(
    columns: Sequence[str], rows: Sequence[Sequence[str]], kind: TableKind, epoch: Epoch | None = None
) -> ColumnMatch:
    """Return the best assignment of columns to fields, one column each; `rows` are the padded data rows.

    `epoch` is that of a workbook, in which plain numbers may be days.
    """
    samples = [_sample(rows, column) for column in range(len(columns))]
    ranked: list[tuple[float, int, int, str]] = []
    for order, rule in enumerate(rules_for(kind)):
        for column, header in enumerate(columns):
            score = _header_score(header, rule)
            if score and _fits(rule, samples[column], epoch):
                ranked.append((-score, order, column, rule.name))
    mapping: dict[str, int] = {}
    scores: dict[str, float] = {}
    for score, _, column, name in sorted(ranked):
        if name not in mapping and column not in mapping.values():
            mapping[name], scores[name] = column, -score
    _match_by_values(mapping, scores, samples, kind, columns)
    return ColumnMatch(mapping, scores)


def find_kind(columns: Sequence[str], rows: Sequence[Sequence[str]], epoch: Epoch | None = None) -> TableKind:
    """Return whether a table lists the person's own credentials (dates earned, expiry, licence numbers) or programs."""
    match = match_columns(columns, rows, "credentials", epoch)
    sure = {name for name, score in match.scores.items() if score >= 0.8}
    personal = sure & PERSONAL_FIELDS
    if (
        personal == {"valid_until"}
        and {"url", "description"} <= match_columns(columns, rows, "programs", epoch).mapping.keys()
    ):
        # Offers that end: a list of one's own has no descriptions, but says more than when it expires.
        return "programs"
    return "credentials" if personal else "programs"


def _header_score(header: str, rule: FieldRule) -> float:
    for words, factor in _forms(header):
        if words in rule.sure:
            return _SURE * factor
        if words in rule.perhaps:
            return _PERHAPS * factor
    return 0.0


@lru_cache(maxsize=4096)
def _forms(header: str) -> tuple[tuple[str, float], ...]:
    """Return the words a header may mean, each with how much of the certainty is left."""
    whole = header_words(header)
    plain = header_words(_BRACKETS.sub(" ", header)) or whole
    bare = _without_unit(plain)
    return (whole, 1.0), (plain, 0.98), (bare, 0.95), (_unqualified(bare), _QUALIFIED)


def _without_unit(words: str) -> str:
    parts = words.split()
    while len(parts) > 1 and parts[-1] in _UNITS:
        del parts[-1]
    return " ".join(parts)


def _unqualified(words: str) -> str:
    parts = words.split()
    while len(parts) > 1 and parts[0] in _QUALIFIERS:
        del parts[0]
    return " ".join(parts)


def _sample(rows: Sequence[Sequence[str]], column: int) -> list[str]:
    # Spread over the table: the first rows of many files are not like the others.
    step = max(1, len(rows) // _SAMPLE_ROWS)
    cells = dict.fromkeys(row[column] for row in rows[::step] if len(row[column]) < 5000 and not is_empty(row[column]))
    return [cell for cell in cells if not is_placeholder(cell)][:_SAMPLE_CELLS]


def _fits(rule: FieldRule, cells: Sequence[str], epoch: Epoch | None) -> bool:
    if rule.name in ("name", "title"):
        return not cells or sum(read_number(cell) is None for cell in cells) * 2 > len(cells)
    check = _CHECKS.get(rule.value)
    if rule.value == "date" and epoch is not None:
        check = partial(read_date, around=DateSurroundings(epoch=epoch))
    if check is None or not cells:
        return True
    return _readable(check, cells) >= _LEAST_READABLE


def _readable(check: Callable[[str], object], cells: Sequence[str]) -> float:
    return sum(_is_readable(check, cell) for cell in cells) / len(cells)


def _is_readable(check: Callable[[str], object], cell: str) -> bool:
    try:
        check(cell)
    except LeftOut:
        return True
    except ValueError:
        return False
    return True


def _match_by_values(
    mapping: dict[str, int],
    scores: dict[str, float],
    samples: list[list[str]],
    kind: TableKind,
    columns: Sequence[str],
) -> None:
    title, link = ("name", "url") if kind == "programs" else ("title", "verification_url")
    free = [column for column in range(len(samples)) if column not in mapping.values() and samples[column]]
    for name, check in ((link, read_url), ("currency", read_currency)):
        # A column may be named well and yet be empty, where the header is shifted against the cells.
        is_filled = name in mapping and bool(samples[mapping[name]])
        if is_filled or (name == "currency" and "price" not in mapping):
            continue
        column = next((one for one in free if _readable(check, samples[one]) > 0.9), None)
        if column is not None:
            mapping[name], scores[name] = column, 0.4
            free.remove(column)
    if title not in mapping:
        # A column that is named for something else holds no titles.
        free = [column for column in free if not _means_another(columns[column])]
        column = max(free, key=lambda one: _title_likeness(samples[one]), default=None)
        if column is not None and _title_likeness(samples[column]) > 0:
            mapping[title], scores[title] = column, 0.3


def _means_another(header: str) -> bool:
    words = header_words(header)
    return words in _known_words() and words not in _title_words()


@cache
def _title_words() -> frozenset[str]:
    rules = (*rules_for("programs"), *rules_for("credentials"))
    named = (rule for rule in rules if rule.name in ("name", "title", "program_name"))
    return frozenset(words for rule in named for words in (*rule.sure, *rule.perhaps))


def _title_likeness(cells: Sequence[str]) -> float:
    """Return how much a column's distinct cells look like titles: several words, no numbers, dates or addresses."""
    worded = [cell for cell in cells if 3 <= len(cell) <= 200 and any(character.isalpha() for character in cell)]
    worded = [cell for cell in worded if not _is_readable(read_date, cell) and not _is_readable(read_url, cell)]
    if len(worded) * 10 < len(cells) * 8:
        return 0.0
    return len(worded) * min(6.0, sum(len(cell.split()) for cell in worded) / len(worded))
