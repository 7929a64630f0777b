"""The format `esco`: lists of skills and occupations from the European classification ESCO, as CSV.

The columns are told by their names; names of a concept are separated by line breaks, or by ` | ` in collections.
A library keeps skills with its credentials and not by the thousand, so a list is recognised and not imported.
"""

import re
from dataclasses import dataclass

from learnpath.errors import KnownError
from learnpath.interchange.badges.plain_text import line
from learnpath.interchange.delimited import DelimitedRows, split_text
from learnpath.interchange.drafts import ParsedFile, ParseOptions
from learnpath.interchange.text_decoding import decode

FORMAT = "esco"
_COLUMNS = {"concepttype", "concepturi", "preferredlabel"}
_ADDRESS = re.compile(r"https?://data\.europa\.eu/esco/[\w./-]+", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class EscoSkill:
    """A skill of the classification: what it is called, the address that names it, and what else it is called."""

    name: str
    uri: str
    other_names: tuple[str, ...] = ()


def sniff(data: bytes, file_name: str) -> float:
    """Return 0.95 when the first row holds ESCO's column names."""
    del file_name
    if b"concepturi" not in data[:1000].replace(b"\0", b"").lower():
        return 0.0
    return 0.95 if _columns(split_text(decode(data[:4096]).text)) is not None else 0.0


def parse(data: bytes, options: ParseOptions) -> ParsedFile:
    """Raise KnownError: a sentence that says what the list holds and what to do with it."""
    del options
    skills = read_skills(data)
    if not skills:
        raise KnownError(
            "This is an ESCO list without skills, such as occupations: there is nothing in it to earn. Nothing was "
            "imported.",
            "Write the occupation you aim at into the title of a path.",
        )
    raise KnownError(
        f"This is an ESCO list of {len(skills)} skills: a dictionary, and not something a person has. Nothing was "
        "imported.",
        "Name the skills you want on your programs and credentials.",
    )


def read_skills(data: bytes) -> tuple[EscoSkill, ...]:
    """Return the skills of an ESCO list, each address once. Rows of other concepts and damaged rows are left out."""
    split = split_text(decode(data).text.replace("\0", ""))
    columns = _columns(split)
    if columns is None:
        return ()
    found: dict[str, EscoSkill] = {}
    for row in split.rows[1:]:
        cells = {name: row[at] for name, at in columns.items() if at < len(row)}
        uri, name = cells.get("concepturi", "").strip(), line(cells.get("preferredlabel", ""), [])
        if "skill" in cells.get("concepttype", "").lower() and name and _ADDRESS.fullmatch(uri):
            others = (line(part, []) for part in re.split(r"\n| \| ", cells.get("altlabels", "")))
            skill = EscoSkill(name=name, uri=uri, other_names=tuple(dict.fromkeys(one for one in others if one)))
            _ = found.setdefault(uri, skill)
    return tuple(found.values())


def _columns(split: DelimitedRows) -> dict[str, int] | None:
    names = {cell.strip().lower(): column for column, cell in enumerate(split.rows[0])} if split.rows else {}
    return names if names.keys() >= _COLUMNS else None
