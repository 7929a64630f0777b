"""What all readers of cells share: how long a value may be, and the ways in which a cell gives none."""

from learnpath.interchange.text_decoding import without_odd_signs

# More than a message shows, were it blanks for the most part.
_MOST_READ = 5000


MOST_SIGNS = 300
"""Of a cell that holds one value, JSON aside. More is prose, or made to keep a pattern busy."""


class UnreadableCell(ValueError):
    """The text is not what the column holds. The message is a phrase: `“two weeks” is no number of hours`."""


class LeftOut(UnreadableCell):
    """The text is understood but says nothing this field can hold, such as weeks where hours are wanted."""


class CalendarTime(LeftOut):
    """A length or a pace ("3 months", "2 hours a week"): either alone says nothing about the whole effort."""


class NoCurrency(LeftOut):
    """An amount is clear but its currency is not."""


def single_spaced(text: str) -> str:
    """Return a cell's text with one blank between words. Raises UnreadableCell for more than `MOST_SIGNS`.

    For readers that look for patterns: long runs of blanks or digits would keep these busy for minutes.
    """
    plain = " ".join(text.split())
    if len(plain) > MOST_SIGNS:
        raise UnreadableCell(f"{quoted(text)} is too long to read")
    return plain


def quoted(text: str) -> str:
    """Return a cell's text in quotation marks for a message, cut to 60 characters and without odd signs."""
    flat = " ".join(without_odd_signs(text[:_MOST_READ]).split())
    return f"“{flat if len(flat) <= 60 else flat[:59] + '…'}”"
