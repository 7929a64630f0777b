"""The format `markdown_table`: the pipe tables of a Markdown file, read as one table.

Tables with the same header, or a part of it, are sections of one list. Of different lists the longest is read.
"""

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from learnpath.domain.wording import count_text
from learnpath.errors import KnownError
from learnpath.interchange.column_matching import header_words
from learnpath.interchange.drafts import ParsedFile, ParseOptions
from learnpath.interchange.markdown_titles import fill_titles
from learnpath.interchange.table_building import TableSource, build_table
from learnpath.interchange.text_decoding import decode, decode_plainly, is_binary, without_odd_signs

FORMAT = "markdown_table"
_SNIFF_BYTES = 65_536
_MOST_LISTS = 100
# The line under a header: `| --- | :-: |`, at least two columns or one between pipes.
_RULE = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
_PIPE = re.compile(r"(?<!\\)(?:\\\\)*\|")
_LINK = re.compile(
    r"!?\[((?:[^\[\]\n]|\[[^\[\]\n]{0,200}\]){0,500})\]"
    r"\(\s{0,9}<?((?:[^\s()<>]|\([^\s()<>]{0,200}\)){1,2000})>?(?:\s{1,9}[\"'][^\"'\n]{0,500}[\"'])?\s{0,9}\)"
)
_ADDRESS = re.compile(r"<(https?://[^\s<>]{1,2000})>")
_BREAK = re.compile(r"<br\s?/?>", re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,500}>|<!--.{0,500}?-->")
_MARKS = re.compile(r"(?<!\\)(?:\*{1,3}|~~|`+)|(?<![\w\\])_{1,3}(?=\S)|(?<=[^\s\\])_{1,3}(?!\w)")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_LINK_COLUMNS = frozenset(
    ("url", "link", "links", "web address", "website", "web", "href", "adresse", "lien", "enlace")
)


def sniff(data: bytes, file_name: str) -> float:
    """Return 0.85 when the text has a Markdown table with at least one row, else 0."""
    del file_name
    if is_binary(data) or b"|" not in data or b"-" not in data:
        return 0.0
    return 0.85 if any(table.rows for table in _find_tables(decode(data[:_SNIFF_BYTES]).text)) else 0.0


def parse(data: bytes, options: ParseOptions) -> ParsedFile:
    """Return the rows of the file's tables as drafts. Raises KnownError when there is no table or no row."""
    decoded, odd = decode_plainly(data)
    tables = _find_tables(decoded.text)
    if not tables:
        raise KnownError(
            "The file holds no Markdown table.",
            "Choose a file with a table whose columns are divided by “|” and whose header is underlined with dashes.",
        )
    lists = _merge_alike(tables)
    chosen = max(lists, key=lambda table: len(table.rows))
    left_out = sum(len(table.rows) for table in lists if table is not chosen)
    problems = [*odd, *([f"Left out: {count_text(left_out, 'row')} of tables with other columns."] if left_out else [])]
    header, rows = _plain_rows(chosen)
    made = fill_titles(header, rows, [[_link_text(cell) for cell in row] for row in chosen.rows])
    if made:
        problems.append(f"{count_text(made, 'row')} without a title: the link or the description gave it.")
    source = TableSource(
        format=FORMAT,
        rows=[header, *rows],
        lines=[chosen.line, *chosen.lines],
        encoding=decoded.encoding,
        is_guessed=decoded.is_guessed,
        delimiter="|",
    )
    return build_table(source, options, problems)


@dataclass(slots=True)
class _Table:
    """A table as it is written: cells with their marks, and the line of each row."""

    line: int
    header: list[str]
    rows: list[list[str]] = field(default_factory=list[list[str]])
    lines: list[int] = field(default_factory=list[int])


def _find_tables(text: str) -> list[_Table]:
    tables: list[_Table] = []
    current: _Table | None = None
    before = ""
    for number, line in enumerate(text.splitlines(), 1):
        if "|" not in line:
            current = None
        elif current is not None:
            current.rows.append(_split(line, len(current.header)))
            current.lines.append(number)
        elif "|" in before and "-" in line and len(line) < 2000 and _RULE.fullmatch(line):
            current = _Table(number - 1, _split(before, 0))
            tables.append(current)
        before = line
    return tables


def _split(line: str, width: int) -> list[str]:
    """Return the cells of a line. Beyond `width` a pipe inside a link's text is taken for a part of it."""
    bare = line.strip()
    cells: list[str] = []
    start = 0
    for pipe in _PIPE.finditer(bare):
        cells.append(bare[start : pipe.end() - 1])
        start = pipe.end()
    cells.append(bare[start:])
    if bare.startswith("|"):
        del cells[0]
    if cells and not cells[-1].strip():
        del cells[-1]
    at = 0
    while width and len(cells) > width and at < len(cells) - 1:
        if cells[at].count("[") > cells[at].count("]"):
            cells[at : at + 2] = [f"{cells[at]}|{cells[at + 1]}"]
        else:
            at += 1
    return [cell.strip() for cell in cells]


def _merge_alike(tables: Sequence[_Table]) -> list[_Table]:
    """Return the tables as lists: one whose columns are all in another is a section of that list."""
    lists: list[_Table] = []
    # The words of each list's columns. Beyond so many different lists, further tables stand for themselves.
    words: list[list[str]] = []
    for table in sorted(tables, key=lambda table: -len(table.header)):
        names = [header_words(cell) for cell in table.header]
        is_section = len(names) > 1 and len(set(names)) == len(names)
        for found, known in zip(lists, words, strict=False):
            if names == known or (is_section and set(names) <= set(known)):
                places = list(range(len(names))) if names == known else [known.index(name) for name in names]
                found.rows += [_placed(row, places, len(known)) for row in table.rows]
                found.lines += table.lines
                break
        else:
            lists.append(table)
            words += [names] if len(words) < _MOST_LISTS else []
    for found in lists:
        in_order = sorted(zip(found.lines, found.rows, strict=True), key=lambda pair: pair[0])
        found.lines, found.rows = [line for line, _ in in_order], [row for _, row in in_order]
    return lists


def _placed(row: Sequence[str], places: Sequence[int], width: int) -> list[str]:
    cells = [""] * width
    for place, cell in zip(places, row, strict=False):
        cells[place] = cell
    return cells + list(row[len(places) :])


def _plain_rows(table: _Table) -> tuple[list[str], list[list[str]]]:
    """Return header and rows without marks. A column of links gives its addresses, titles with links both."""
    header = [_plain(cell) for cell in table.header]
    rows = [[_plain(cell) for cell in row] for row in table.rows]
    has_addresses = False
    for column, name in enumerate(list(header)):
        links = [_first_link(row[column]) if column < len(row) else "" for row in table.rows]
        if not any(links):
            continue
        if header_words(name) in _LINK_COLUMNS:
            has_addresses = True
            for row, link in zip(rows, links, strict=True):
                if link:
                    row[column] = link
        elif column == 0 or sum(map(bool, links)) * 2 > len(links):
            _add_column(header, rows, "Link" if not has_addresses else f"{name} link", links)
            has_addresses = True
    return header, rows


def _add_column(header: list[str], rows: list[list[str]], name: str, cells: list[str]) -> None:
    header.append(name)
    for row, cell in zip(rows, cells, strict=True):
        # A row with more cells than columns keeps them, behind the new one.
        row[len(header) - 1 :] = [cell, *row[len(header) - 1 :]]
        if len(row) < len(header):
            row[-1:] = [""] * (len(header) - len(row)) + [cell]


def _link_text(cell: str) -> str:
    found = _LINK.search(cell)
    return _plain(found[1]) if found is not None and not found[0].startswith("!") else ""


def _first_link(cell: str) -> str:
    found = _LINK.search(cell)
    if found is None:
        bare = _ADDRESS.search(cell)
        return bare[1] if bare else ""
    return found[2] if not found[0].startswith("!") else ""


def _plain(cell: str) -> str:
    """Return a cell's text as it is shown: links by their text, without marks, tags and escapes."""
    text = _LINK.sub(lambda link: link[1], cell)
    text = _BREAK.sub(" ", _ADDRESS.sub(r"\1", text))
    text = _MARKS.sub("", _TAG.sub("", text)) if "://" not in text else _TAG.sub("", text)
    return " ".join(without_odd_signs(html.unescape(_ESCAPE.sub(r"\1", text))).split())
