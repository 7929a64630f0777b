"""How many rows a table file has, counted without any of our parsers."""

import csv
import io
import re

import python_calamine

_MARKDOWN_RULE = re.compile(r"[\s|:-]*-[\s|:-]*")
_DELIMITED = (
    "table",
    "linkedin_certifications",
    "linkedin_learning",
    "linkedin_courses",
    "linkedin_education",
    "linkedin_skills",
    "esco",
)


def count_rows(data: bytes, format_name: str, delimiter: str, sheet: str) -> int | None:
    """Return how many rows with anything in them a table file has, headers included; None for other formats.

    `delimiter` and `sheet` are the ones we chose: which of them is right is not what is counted here.
    """
    if format_name in _DELIMITED:
        text = _decoded(data).replace("\0", "")
        csv.field_size_limit(len(text) + 1)
        return sum(any(map(str.strip, row)) for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    if format_name == "spreadsheet":
        workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        rows = workbook.get_sheet_by_name(sheet).to_python()
        return sum(any(str(cell).strip() for cell in row) for row in rows)
    if format_name == "markdown_table":
        lines = [line for line in _decoded(data).splitlines() if line.lstrip().startswith("|")]
        return len(lines) - 2 * sum(bool(_MARKDOWN_RULE.fullmatch(line)) for line in lines)
    return None


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16")
    if data[1::2].count(0) * 4 > len(data):
        return data.decode("utf-16-le")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("latin-1")
