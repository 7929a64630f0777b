"""Credentials as a CSV file for spreadsheets, and recognising that file when it comes back."""

import csv
from collections.abc import Callable, Sequence
from io import StringIO

from learnpath.domain.contents import LibraryContents
from learnpath.domain.records import Credential
from learnpath.interchange.cells.lists import write_names

# Field of a credential draft and the header it is written under; `columns` knows each of them as a synonym too.
COLUMNS: tuple[tuple[str, str], ...] = (
    ("title", "Title"),
    ("issuer_name", "Issuer"),
    ("program_name", "Program"),
    ("human_code", "Code"),
    ("achievement_type", "Type"),
    ("level", "Level"),
    ("stage", "Stage"),
    ("target_on", "Wanted by"),
    ("exam_on", "Exam on"),
    ("exam_time", "Exam time"),
    ("exam_zone", "Exam time zone"),
    ("exam_place", "Exam place"),
    ("awarded_on", "Earned on"),
    ("valid_for", "Valid for"),
    ("valid_until", "Valid until"),
    ("renewal_opens_days", "Renewal opens (days before)"),
    ("grace_days", "Grace (days)"),
    ("renewal_note", "Renewal note"),
    ("revoked_on", "Revoked on"),
    ("let_go_reason", "Reason for letting go"),
    ("license_number", "License number"),
    ("verification_url", "Verification address"),
    ("estimated_minutes", "Effort (minutes)"),
    ("skill_names", "Skills"),
    ("tag_names", "Tags"),
    ("notes", "Notes"),
)
_HEADERS = tuple(header for _, header in COLUMNS)
# Spreadsheets calculate text that begins with one of these (OWASP, "CSV injection"); the wide ones are folded to them.
_CALCULATED = tuple("=+-@\t\r＝＋－＠")


def dump_credentials(contents: LibraryContents) -> bytes:
    """Return all credentials as CSV: UTF-8 with byte order mark, CRLF, every cell quoted, in the order given.

    Text a spreadsheet would calculate gets an apostrophe in front, and so does text that begins with one: the
    table importer takes exactly that one away again.
    """
    issuers = {issuer.id: issuer.name for issuer in contents.issuers}
    programs = {program.id: program.name for program in contents.programs}
    skills = {skill.id: skill.name for skill in contents.skills}
    tags = {tag.id: tag.name for tag in contents.tags}
    linked: dict[str, Callable[[Credential], str]] = {
        "issuer_name": lambda one: issuers.get(one.issuer_id or 0, ""),
        "program_name": lambda one: programs.get(one.program_id or 0, ""),
        "skill_names": lambda one: write_names(tuple(skills[key] for key in one.skill_ids if key in skills)),
        "tag_names": lambda one: write_names(tuple(tags[key] for key in one.tag_ids if key in tags)),
    }
    rows = [
        [linked[name](credential) if name in linked else _text(getattr(credential, name)) for name, _ in COLUMNS]
        for credential in contents.credentials
    ]
    return write_csv([_HEADERS, *rows])


def write_csv(rows: Sequence[Sequence[str]]) -> bytes:
    """Return rows as CSV bytes for spreadsheets: UTF-8 with byte order mark, CRLF, all quoted, formulas guarded."""
    out = StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerows([guard(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig", "replace")


def guard(cell: str) -> str:
    """Return a cell with an apostrophe in front when a spreadsheet would calculate it or it begins with one."""
    return "'" + cell if cell.startswith(_CALCULATED) or cell.startswith("'") else cell


def own_delimiter(text: str) -> str | None:
    """Return the delimiter of a file that `dump_credentials` wrote, or None for other files.

    Such a file begins with exactly our headers; a spreadsheet that saved it again may have changed the delimiter.
    """
    first = text[:2000].partition("\n")[0].rstrip("\r")
    for delimiter in (",", ";", "\t"):
        if tuple(cell.strip('"') for cell in first.split(delimiter)) == _HEADERS:
            return delimiter
    return None


def own_mapping(columns: Sequence[str]) -> dict[str, int]:
    """Return the mapping of field to column for our own header."""
    fields = {header: name for name, header in COLUMNS}
    return {fields[column]: at for at, column in enumerate(columns) if column in fields}


def _text(value: object) -> str:
    return "" if value is None or value == () else str(value)
