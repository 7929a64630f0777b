"""Titles for rows of Markdown tables that name none: lists of offers with provider, description and link.

Such lists are written for people, who see from the description what is on offer. Belongs here: when a title is made up
and of what. Finding the tables is in `markdown_table`.
"""

from collections.abc import Sequence

from learnpath.interchange.cells.words import is_empty
from learnpath.interchange.column_matching import find_kind, header_words, match_columns

_LONGEST = 120
_NEEDED = {"url", "description"}
# Texts of links that name nothing.
_SAYING_NOTHING = frozenset(
    (
        "link",
        "links",
        "here",
        "click here",
        "website",
        "web",
        "url",
        "more",
        "more info",
        "details",
        "info",
        "course",
        "open",
    )
)


def fill_titles(header: list[str], rows: list[list[str]], link_texts: Sequence[Sequence[str]]) -> int:
    """Give every row without a title one, in a new last column where there is none; return how many got one.

    A title is what the row's link is called, else its description, else its first filled cell. `link_texts` are the
    texts of the links in each row's cells. Only tables of programs with a link and a description are touched.
    """
    width = len(header)
    padded = [row + [""] * (width - len(row)) for row in rows]
    mapping = match_columns(header, padded, "programs").mapping
    if not mapping.keys() >= _NEEDED or find_kind(header, padded) != "programs":
        return 0
    title = mapping.get("name", width)
    nameless = [at for at, row in enumerate(padded) if title == width or is_empty(row[title])]
    made = {at: _title_of(padded[at], mapping, link_texts[at]) for at in nameless}
    if title == width and any(made.values()):
        header.append("Title")
        for at, row in enumerate(padded):
            row.insert(width, made[at])
    elif title < width:
        for at, text in made.items():
            padded[at][title] = text or padded[at][title]
    rows[:] = padded
    return sum(map(bool, made.values()))


def _title_of(row: Sequence[str], mapping: dict[str, int], link_texts: Sequence[str]) -> str:
    link, description = mapping["url"], row[mapping["description"]]
    called = link_texts[link] if link < len(link_texts) else ""
    if called and header_words(called) not in _SAYING_NOTHING:
        return _shortened(called)
    if description and not is_empty(description):
        return _shortened(description)
    return "" if is_empty(row[link]) else next((cell for cell in row if not is_empty(cell)), "")


def _shortened(text: str) -> str:
    """Return a text of at most 120 characters: the whole, its first sentence, or its first words."""
    first = text.partition(". ")[0].rstrip(".")
    if len(first) <= _LONGEST:
        return first
    return f"{first[: _LONGEST - 1].rpartition(' ')[0] or first[: _LONGEST - 1]}…"
