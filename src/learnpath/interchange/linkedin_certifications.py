"""The format `linkedin_certifications`: Certifications.csv of LinkedIn's data export.

Its six columns are the same in every language LinkedIn exports; months may be named in the person's own language.
"""

from collections.abc import Sequence

from learnpath.domain.dates import PartialDate
from learnpath.domain.records import Stage
from learnpath.errors import KnownError
from learnpath.interchange.cells.dates import read_date
from learnpath.interchange.cells.links import read_url
from learnpath.interchange.cells.reading import UnreadableCell
from learnpath.interchange.cells.words import is_empty
from learnpath.interchange.column_matching import header_words
from learnpath.interchange.delimited import DelimitedRows, split_text
from learnpath.interchange.drafts import CredentialDraft, ParsedFile, ParsedRow, ParseOptions
from learnpath.interchange.table_layout import is_blank
from learnpath.interchange.text_decoding import decode, is_binary

FORMAT = "linkedin_certifications"
_COLUMNS = ("name", "url", "authority", "started on", "finished on", "license number")
_HEADER_ROWS = 5
# Between a start and an expiry: shorter is the end of a course, which some people enter as "Finished On".
_LEAST_TERM_DAYS = 300


def sniff(data: bytes, file_name: str) -> float:
    """Return 0.95 when one of the first rows is LinkedIn's header, else 0. The name does not matter."""
    del file_name
    if is_binary(data):
        return 0.0
    head = decode(data[:4096]).text
    return 0.95 if _find_header(split_text(head)) is not None else 0.0


def parse(data: bytes, options: ParseOptions) -> ParsedFile:
    """Return the certifications as earned credentials. Raises KnownError when the header is not LinkedIn's."""
    del options
    split = split_text(decode(data).text.replace("\0", ""))
    found = _find_header(split)
    if found is None:
        raise KnownError(
            "The file has not the columns of LinkedIn's Certifications.csv.",
            "Import it as a table and map its columns.",
        )
    at, columns = found
    rows = tuple(
        _read_row(line, cells, columns)
        for line, cells in zip(split.lines[at + 1 :], split.rows[at + 1 :], strict=True)
        if not is_blank(cells)
    )
    problems = tuple(f"line {line}: a quotation mark is never closed" for line in split.unclosed)
    return ParsedFile(format=FORMAT, kind="credentials", rows=rows, problems=problems)


def _find_header(split: DelimitedRows) -> tuple[int, dict[str, int]] | None:
    for at, row in enumerate(split.rows[:_HEADER_ROWS]):
        names = {header_words(cell): column for column, cell in reversed(list(enumerate(row)))}
        if {"name", "authority", "started on"} <= names.keys() and names.keys() & {"license number", "url"}:
            return at, {name: names[name] for name in _COLUMNS if name in names}
    return None


def _read_row(line: int, cells: Sequence[str], columns: dict[str, int]) -> ParsedRow:
    where = f"line {line}"
    texts = {name: _cell(cells, column) for name, column in columns.items()}
    notes: list[str] = []
    title = _clean_title(texts["name"])
    number, link = _number_and_link(texts, notes)
    started = _date(texts.get("started on", ""), notes)
    finished = _date(texts.get("finished on", ""), notes)
    if finished is not None and not _is_expiry(started, finished):
        notes.append(f"“{finished}” under Finished On is no expiry and was left out")
        finished = None
    problems = tuple(f"{where}: {note}" for note in notes)
    if not title:
        return ParsedRow(where, line, None, (f"{where}: no title", *problems), tuple(cells))
    draft = CredentialDraft(
        title=title,
        issuer_name=texts["authority"],
        stage=Stage.EARNED,
        awarded_on=started,
        valid_until=finished,
        license_number=number,
        verification_url=link,
    )
    return ParsedRow(where, line, draft, problems, tuple(cells))


def _cell(cells: Sequence[str], column: int) -> str:
    text = " ".join(cells[column].split()) if column < len(cells) else ""
    return "" if is_empty(text) else text


def _clean_title(text: str) -> str:
    """Return a title without the lone quotation mark some exports leave at one of its ends."""
    return text.strip('"').strip() if text.count('"') == 1 else text


def _number_and_link(texts: dict[str, str], notes: list[str]) -> tuple[str, str]:
    number, link = texts.get("license number", ""), texts.get("url", "")
    try:
        link = read_url(link) if link else ""
    except UnreadableCell as problem:
        notes.append(str(problem))
        link = ""
    if "://" in number:
        try:
            link, number = link or read_url(number), ""
        except UnreadableCell as problem:
            notes.append(str(problem))
            number = ""
    return number, link


def _date(text: str, notes: list[str]) -> PartialDate | None:
    if not text:
        return None
    try:
        return read_date(text)
    except UnreadableCell as problem:
        notes.append(str(problem))
        return None


def _is_expiry(started: PartialDate | None, finished: PartialDate) -> bool:
    return started is None or (finished.last_day - started.first_day).days >= _LEAST_TERM_DAYS
