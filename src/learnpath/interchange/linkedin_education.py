"""The format `linkedin_education`: Education.csv of LinkedIn's data export, the schools a person put on their profile.

A degree is earned, a school alone is not: only rows with a degree become credentials. One that has begun and has no
end yet is under way.
"""

from learnpath.domain.records import AchievementType, Stage
from learnpath.errors import KnownError
from learnpath.interchange.delimited import DelimitedRows
from learnpath.interchange.drafts import CredentialDraft, ParsedFile, ParsedRow, ParseOptions
from learnpath.interchange.linkedin_columns import (
    cell_texts,
    clean_title,
    header_rows,
    read_day,
    split_export,
    split_head,
)
from learnpath.interchange.table_layout import is_blank

FORMAT = "linkedin_education"
_COLUMNS = ("school name", "degree name", "start date", "end date", "notes", "activities")
_NEEDED = frozenset({"school name", "degree name", "end date"})


def sniff(data: bytes, file_name: str) -> float:
    """Return 0.95 when one of the first rows is LinkedIn's header, else 0. The name does not matter."""
    del file_name
    head = split_head(data)
    return 0.95 if head is not None and _find_header(head) is not None else 0.0


def parse(data: bytes, options: ParseOptions) -> ParsedFile:
    """Return the degrees as credentials. Raises KnownError when the header is not LinkedIn's."""
    del options
    split = split_export(data)
    found = _find_header(split)
    if found is None:
        raise KnownError(
            "The file has not the columns of LinkedIn's Education.csv.",
            "Import it as a table and map its columns.",
        )
    at, columns = found
    rows = tuple(
        _read_row(line, cells, cell_texts(cells, columns))
        for line, cells in zip(split.lines[at + 1 :], split.rows[at + 1 :], strict=True)
        if line in split.too_long or not is_blank(cells)
    )
    problems = tuple(f"line {line}: a quotation mark is never closed" for line in split.unclosed)
    return ParsedFile(format=FORMAT, kind="credentials", rows=rows, problems=problems)


def _find_header(split: DelimitedRows) -> tuple[int, dict[str, int]] | None:
    for at, names in header_rows(split):
        if names.keys() >= _NEEDED:
            return at, {name: names[name] for name in _COLUMNS if name in names}
    return None


def _read_row(line: int, cells: list[str], texts: dict[str, str]) -> ParsedRow:
    where, title = f"line {line}", clean_title(texts["degree name"])
    notes: list[str] = []
    started, ended = read_day(texts.get("start date", ""), notes), read_day(texts["end date"], notes)
    problems = tuple(f"{where}: {note}" for note in notes)
    if not title:
        reason = f"{where}: no degree is named, so there is nothing earned to keep"
        return ParsedRow(where, line, None, (reason, *problems), tuple(cells))
    draft = CredentialDraft(
        title=title,
        issuer_name=texts["school name"],
        achievement_type=AchievementType.DEGREE,
        stage=Stage.ENROLLED if started is not None and ended is None else Stage.EARNED,
        awarded_on=ended,
        notes="\n".join(text for text in (texts.get("notes", ""), texts.get("activities", "")) if text),
    )
    return ParsedRow(where, line, draft, problems, tuple(cells))
