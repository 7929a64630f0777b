"""The format `esco`: lists of skills and occupations from the European classification ESCO, as CSV.

The columns are told by their names; names of a concept are separated by line breaks, or by ` | ` in collections.
Skills come in as skills. Occupations are goals: each can become a path of its name, for the person to choose.
"""

import re
from collections.abc import Mapping, Sequence

from learnpath.domain.names import fold_name
from learnpath.domain.wording import count_text
from learnpath.errors import KnownError
from learnpath.interchange.badges.plain_text import line, paragraph
from learnpath.interchange.checkpoints import watched
from learnpath.interchange.delimited import DelimitedRows, split_text
from learnpath.interchange.drafts import (
    Draft,
    ParsedFile,
    ParsedRow,
    ParseOptions,
    PathDraft,
    RowsKind,
    SkillDraft,
    title_of,
)
from learnpath.interchange.table_layout import is_blank
from learnpath.interchange.text_decoding import decode, decode_plainly

FORMAT = "esco"
OCCUPATION_CHOICE = "choose the occupations you aim at"
_COLUMNS = {"concepttype", "concepturi", "preferredlabel"}
_ADDRESS = re.compile(r"https?://data\.europa\.eu/esco/[\w./-]+", re.ASCII)
_NAME_ENDS = re.compile(r"[\r\n]+| \| ")
# The longest list of names seen has 40 of them; more help nobody to recognise a skill.
_MOST_NAMES = 100


def sniff(data: bytes, file_name: str) -> float:
    """Return 0.95 when the first row holds ESCO's column names."""
    del file_name
    if b"concepturi" not in data[:1000].replace(b"\0", b"").lower():
        return 0.0
    return 0.95 if _columns(split_text(decode(data[:4096]).text)) is not None else 0.0


def parse(data: bytes, options: ParseOptions) -> ParsedFile:
    """Return the skills of the list, or else its occupations, by name, as paths to choose from.

    Raises KnownError when the columns are not ESCO's or the list holds neither.
    """
    decoded, odd = decode_plainly(data)
    split = split_text(decoded.text, check=options.check)
    columns = _columns(split)
    if columns is None:
        raise KnownError(
            "The file has not the columns of an ESCO list. Nothing was imported.",
            "Import it as a table and map its columns.",
        )
    rows = [
        (at, cells, {name: cells[column] for name, column in columns.items() if column < len(cells)})
        for at, cells in zip(split.lines[1:], split.rows[1:], strict=True)
        if at in split.too_long or not is_blank(cells)
    ]
    kinds = [_kind_of(texts) for _, _, texts in rows]
    kind: RowsKind = "skills" if "skills" in kinds else "paths"
    if kind not in kinds:
        raise KnownError(
            "The file is an ESCO list without skills and occupations, such as groups of them. Nothing was imported.",
            "Choose the skills or the occupations of the classification.",
        )
    # A row that names no concept at all is a damaged one, and not of another kind.
    taken = [row for row, found in zip(rows, kinds, strict=True) if found in (kind, None)]
    problems = [*odd, *(f"line {at}: a quotation mark is never closed" for at in split.unclosed)]
    if left_out := len(rows) - len(taken):
        problems.append(f"Left out: {count_text(left_out, 'row')} of other kinds.")
    read = [_read_row(at, cells, texts, kind) for at, cells, texts in watched(taken, options.check)]
    if kind == "paths":
        # By name, for somebody looks for a few of 3,000; the classification has them by address.
        read.sort(key=lambda row: (row.draft is None, fold_name(title_of(row.draft)) if row.draft else ""))
    return ParsedFile(
        format=FORMAT,
        kind=kind,
        rows=tuple(read),
        problems=tuple(problems),
        choice=OCCUPATION_CHOICE if kind == "paths" else "",
    )


def _kind_of(texts: Mapping[str, str]) -> RowsKind | str | None:
    """Return what a row names: a skill, an occupation, "" for another concept, None for none."""
    concept = texts.get("concepttype", "").strip().lower()
    if "skill" in concept:
        return "skills"
    return "paths" if concept == "occupation" else "" if concept else None


def _read_row(at: int, cells: Sequence[str], texts: Mapping[str, str], kind: RowsKind) -> ParsedRow:
    where = f"line {at}"
    notes: list[str] = []
    name, uri = line(texts.get("preferredlabel", ""), notes), texts.get("concepturi", "").strip()
    missing = [] if name else ["no name"]
    if not _kind_of(texts):
        missing.append("no kind of concept")
    if not _ADDRESS.fullmatch(uri):
        missing.append(f"“{uri[:100]}” is no address of ESCO" if uri else "no address")
    problems = tuple(f"{where}: {note}" for note in (*missing, *notes))
    draft: Draft | None = None
    if not missing and kind == "skills":
        others = (line(part, []) for part in _NAME_ENDS.split(texts.get("altlabels", "")))
        other_names = tuple(dict.fromkeys(one for one in others if one))[:_MOST_NAMES]
        draft = SkillDraft(name=name, uri=uri, other_names=other_names)
    elif not missing:
        draft = PathDraft(title=name, description=paragraph(texts.get("description", ""), notes))
    return ParsedRow(where, at, draft, problems, tuple(cells))


def _columns(split: DelimitedRows) -> dict[str, int] | None:
    names = {cell.strip().lower(): column for column, cell in enumerate(split.rows[0])} if split.rows else {}
    return names if names.keys() >= _COLUMNS else None
