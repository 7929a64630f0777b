"""Finds commands by a few of their letters.

Belongs here: scoring one text against what was typed. Records are found by the library's own search.
"""

_WORD_START = 10
_CONSECUTIVE = 7
_ANYWHERE = 1
_NOT_MATCHED = -1_000_000


def rank(query: str, text: str) -> int | None:
    """Return how well the letters of `query` occur in `text` in this order; None when they do not.

    A letter at the start of a word and a letter right after the one before count most, so that initials ("gtd")
    and beginnings ("dea") win. Of equally good texts the shorter one is better. An empty query fits everything.
    """
    wanted = "".join(query.casefold().split())
    letters = text.casefold()
    if not wanted:
        return 0
    scores = _first_letter_scores(wanted[0], letters)
    for letter in wanted[1:]:
        scores = _next_letter_scores(letter, letters, scores)
    best = max(scores, default=_NOT_MATCHED)
    return None if best < 0 else best * 100 - min(len(letters), 99)


def _at(letters: str, position: int) -> int:
    starts_word = position == 0 or not letters[position - 1].isalnum()
    return _WORD_START if starts_word else _ANYWHERE


def _first_letter_scores(letter: str, letters: str) -> list[int]:
    return [
        _at(letters, position) + (_CONSECUTIVE if position == 0 else 0) if found == letter else _NOT_MATCHED
        for position, found in enumerate(letters)
    ]


def _next_letter_scores(letter: str, letters: str, before: list[int]) -> list[int]:
    scores: list[int] = []
    best_before = _NOT_MATCHED
    for position, found in enumerate(letters):
        score = _NOT_MATCHED
        if found == letter and position > 0:
            score = max(best_before + _at(letters, position), before[position - 1] + _CONSECUTIVE)
        scores.append(score if score > 0 else _NOT_MATCHED)
        best_before = max(best_before, before[position])
    return scores
