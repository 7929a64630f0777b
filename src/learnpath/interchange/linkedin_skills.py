"""The format `linkedin_skills`: Skills.csv of LinkedIn's data export, the skills a person put on their profile.

One column called Name is all there is, and a list of courses may look the same. So two things must come together: the
first row is nothing but that header, and the file's name has the word “skills” in it (`Skills.csv`, `Skills (2).csv`,
`my_skills.csv`; the export uses the English name in every language). Any other list of names stays a table.
"""

import re

from learnpath.errors import KnownError
from learnpath.interchange.badges.plain_text import line as plain_line
from learnpath.interchange.cells.words import is_empty
from learnpath.interchange.column_matching import header_words
from learnpath.interchange.delimited import DelimitedRows, split_text
from learnpath.interchange.drafts import ParsedFile, ParsedRow, ParseOptions, SkillDraft
from learnpath.interchange.linkedin_columns import clean_title
from learnpath.interchange.table_layout import is_blank
from learnpath.interchange.text_decoding import decode, decode_plainly, is_binary

FORMAT = "linkedin_skills"
# Folded words in English and German, French, Spanish, Portuguese and Italian, Dutch: our translations, as every export
# seen so far is in English.
_HEADERS = frozenset(("name", "nom", "nombre", "nome", "naam"))
_NAMED = re.compile(r"(?<![^\W_])skills(?![^\W_])", re.IGNORECASE)
_HEAD_BYTES = 4096


def sniff(data: bytes, file_name: str) -> float:
    """Return 0.9 for a file whose name says “skills” and whose first row is LinkedIn's only header, else 0."""
    base = file_name.replace("\\", "/").rpartition("/")[2]
    if _NAMED.search(base) is None or is_binary(data):
        return 0.0
    return 0.9 if _find_header(split_text(decode(data[:_HEAD_BYTES]).text, ",")) is not None else 0.0


def parse(data: bytes, options: ParseOptions) -> ParsedFile:
    """Return the skills. Raises KnownError when the first row is not LinkedIn's header."""
    del options
    # One column has no delimiter to be found, but names may hold what looks like one.
    decoded, odd = decode_plainly(data)
    split = split_text(decoded.text, ",")
    at = _find_header(split)
    if at is None:
        raise KnownError(
            "The file has not the one column of LinkedIn's Skills.csv.",
            "Import it as a table and map its columns.",
        )
    rows = tuple(
        _read_row(line, cells)
        for line, cells in zip(split.lines[at + 1 :], split.rows[at + 1 :], strict=True)
        if line in split.too_long or not is_blank(cells)
    )
    problems = (*odd, *(f"line {line}: a quotation mark is never closed" for line in split.unclosed))
    return ParsedFile(format=FORMAT, kind="skills", rows=rows, problems=problems)


def _find_header(split: DelimitedRows) -> int | None:
    """Return the place of the first row that is not blank when it is the header and nothing else."""
    at = next((at for at, row in enumerate(split.rows) if not is_blank(row)), None)
    if at is None or len(split.rows[at]) != 1:
        return None
    return at if header_words(split.rows[at][0]) in _HEADERS else None


def _read_row(line: int, cells: list[str]) -> ParsedRow:
    where = f"line {line}"
    # The header has one column: a comma that nobody quoted belongs to the name.
    notes: list[str] = []
    name = clean_title(plain_line(",".join(cells), notes))
    problems = tuple(f"{where}: {note}" for note in notes)
    if not name or is_empty(name):
        return ParsedRow(where, line, None, (f"{where}: no name", *problems), tuple(cells))
    return ParsedRow(where, line, SkillDraft(name=name), problems, tuple(cells))
