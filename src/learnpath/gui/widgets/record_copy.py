"""Rows of a record table as text for the clipboard: tab-separated for spreadsheets, Markdown for everything else."""

from collections.abc import Sequence

from PySide6.QtCore import QMimeData

_CALCULATED = ("=", "+", "-", "@")


def rows_as_mime(titles: Sequence[str], rows: Sequence[Sequence[str]]) -> QMimeData:
    """Return a clipboard value: `text/plain` is tab-separated with a header line, `text/markdown` a table."""
    mime = QMimeData()
    mime.setText(tab_separated(titles, rows))
    mime.setData("text/markdown", markdown_table(titles, rows).encode())
    return mime


def tab_separated(titles: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a header line and a line a row; a text a spreadsheet would calculate gets an apostrophe."""
    return "\n".join("\t".join(_guarded(cell) for cell in line) for line in (titles, *rows))


def markdown_table(titles: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table; bars and line ends inside of a cell cannot break it."""
    lines = [[_one_line(cell).replace("|", "\\|") for cell in line] for line in (titles, *rows)]
    lines.insert(1, ["---"] * len(titles))
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _guarded(cell: str) -> str:
    text = _one_line(cell)
    return f"'{text}" if text.startswith(_CALCULATED) else text


def _one_line(cell: str) -> str:
    return " ".join(cell.split())
