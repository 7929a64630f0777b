"""Valid files of every kind we read: small ones written for the tests, and real ones where there are samples."""

import base64
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from io import BytesIO
from random import Random
from zipfile import ZIP_STORED, ZipFile

from tests.file_parts import parse_parts
from tests.mutants.mutation import mutate
from tests.unit.interchange.badges.makers import (
    ACHIEVED,
    ASSERTION,
    CREDENTIAL,
    EUROPEAN,
    baked,
    encoded,
    png,
    svg,
    token,
)
from tests.unit.interchange.list_files import FILES, MORE_FILES, pdf
from tests.unit.interchange.samples import sample_folder
from tests.unit.interchange.workbooks import compound, ods, ods_row, workbook, xls_stream, zipped

from learnpath.domain.contents import LibraryContents
from learnpath.domain.dates import PartialDate
from learnpath.domain.records import Credential, Issuer, Program, Skill, Stage
from learnpath.errors import KnownError
from learnpath.interchange.csv_export import dump_credentials
from learnpath.interchange.formats import format_names, recognise
from learnpath.interchange.library_json import dump_library

_MOST_BYTES = 30_000
_NAMES = {"linkedin_courses": "Courses.csv", "linkedin_skills": "Skills.csv", "table": "list.csv"}
_BY_START = {
    "badge": {b"\x89PNG": "badge-png", b"<": "badge-svg", b"ey": "badge-jwt", b"": "badge-json"},
    "spreadsheet": {b"\xd0\xcf": "xls", b"PK": "xlsx"},
}


def _as_it_is(data: bytes) -> bytes:
    return data


@dataclass(frozen=True)
class Seed:
    """Bytes to damage, and what makes a file of them: the text inside a picture, an entry of an archive."""

    data: bytes
    wrap: Callable[[bytes], bytes] = _as_it_is

    @property
    def file(self) -> bytes:
        """Return the valid file."""
        return self.wrap(self.data)

    def mutant(self, chance: Random) -> bytes:
        """Return the file with something wrong."""
        return self.wrap(mutate(self.data, chance))


def seeds_by_kind() -> dict[str, list[Seed]]:
    """Return every kind (the formats of `formats.py`, and what they come packed in) with its valid files."""
    found: dict[str, list[Seed]] = {name: list(seeds) for name, seeds in _own().items()}
    for name, data in _real_files():
        kind = kind_of(data, name)
        if kind_of(data, name_of(kind)) == kind:
            found[kind].append(Seed(data))
    return found


def name_of(kind: str) -> str:
    """Return the file name that a file of a kind is given; only some are recognised by theirs."""
    return _NAMES.get(kind, "file")


def kind_of(data: bytes, file_name: str = "file") -> str:
    """Return the kind of a valid file."""
    name = recognise(data, file_name)
    if name is None:
        return "linkedin-zip"
    if name == "spreadsheet" and b"opendocument" in data[:200]:
        return "ods"
    starts = _BY_START.get(name, {})
    return next((kind for start, kind in starts.items() if data.lstrip().startswith(start)), name)


def format_of(kind: str) -> str | None:
    """Return the format of a kind, None for an archive of several."""
    if kind in format_names():
        return kind
    return next((name for name, kinds in _BY_START.items() if kind in {*kinds.values(), *_ODS[name]}), None)


_ODS = {"badge": (), "spreadsheet": ("ods",)}


def _real_files() -> Iterator[tuple[str, bytes]]:
    folder = sample_folder()
    for path in sorted(folder.glob("*/*")) if folder is not None else ():
        data = path.read_bytes()
        if len(data) > _MOST_BYTES:
            continue
        try:
            _ = parse_parts(data, path.name)
        except KnownError:
            continue
        yield path.name, data


_CERTIFICATIONS = (
    b"Name,Url,Authority,Started On,Finished On,License Number\nA,https://a.example/1,B,May 2024,May 2027,1\n"
)
_LEARNING = (
    b"Content Title,Content Description,Content Type,Content Last Watched Date (if viewed),"
    b"Content Completed At (if completed),Content Saved,Notes taken on videos (if taken),\n"
    b'Knots,"<b>About</b>, well,\nknots",Course,2018-09-15 10:00 UTC,2018-09-16 14:44 UTC,false,Mind the ends,\n'
    b"Harbours,,LEARNING_PATH,10 Jan 2025,25 Jan 2025,false,,\nSails,,Course,N/A,N/A,true,N/A,\n"
)
_COURSES = b"Name,Number\nCelestial navigation,NAV 101\nWeather,\n,5\n"
_EDUCATION = (
    b"School Name,Start Date,End Date,Notes,Degree Name,Activities\n"
    b"School of Weaving,2015,2018,,Master weaver,Loom club\nDye Works,Sep 2019,Jun 2020,,,\n"
)
_TABLE = (
    b'title;vendor;price;hours;url;skills;earned;valid until;term\nSailing;Acme;9,50 EUR;3;https://a.example/x;"a, b";'
    b'14.05.2024;2027-05;2 years\n"Knots\nand ropes";Acme;8 EUR;4 - 6;;;2024;;\n'
)
_MARKDOWN = (
    b"# Courses\n\n| Course | Provider | Hours |\n| :-- | :-: | --: |\n"
    b"| [Sail Maker](https://a.example/sail) | **Port** | 3 |\n"
    b'| [Knots \\| Ropes](<https://a.example/knots> "Knots") | ~~Port~~<br>`x` | 4&nbsp;h |\n'
)
_LIBRARY = LibraryContents(
    issuers=(Issuer(id=5, name="Acme"),),
    skills=(Skill(id=1, name="Welding"),),
    programs=(Program(id=3, name="Welding course", issuer_id=5),),
    credentials=(
        Credential(
            id=9,
            title="A",
            issuer_id=5,
            program_id=3,
            stage=Stage.EARNED,
            awarded_on=PartialDate("2024-05"),
            skill_ids=(1,),
        ),
    ),
)
_CLR = {"type": ["ClrCredential"], "credentialSubject": {"verifiableCredential": [CREDENTIAL, token(CREDENTIAL)]}}
_DOCUMENTS = (
    ASSERTION,
    CREDENTIAL,
    EUROPEAN,
    ACHIEVED,
    _CLR,
    {"payload": encoded(EUROPEAN).decode(), "signatures": []},
)
_WORKBOOK = workbook(
    {"List": [["Title", "Issuer", "Awarded on", "Hours"], ["Sail Maker", "Port School", date(2024, 5, 14), 12]]}
)
_ODS_FILE = ods(ods_row("Title", "Issuer") + ods_row("Sail Maker", "Port School") + ods_row("Knots", "", repeated=3))
_XLS_CELLS = {(0, 0): "Title", (0, 1): "Issuer", (1, 0): "Sail Maker", (1, 1): "Port School"}
_ZIP = zipped(
    {"Certifications.csv": _CERTIFICATIONS, "Learning.csv": _LEARNING, "Basic/Courses.csv": _COURSES, "x.csv": "a"}
)
_PDF_LINES = ("CERTIFICATE", "Ada", "Has completed the course", "Weaving", "Issued 2024-05-06", "No: W-17-001")


def _own() -> Mapping[str, tuple[Seed, ...]]:
    documents = tuple(map(encoded, _DOCUMENTS))
    lists = {name: tuple(map(Seed, (data, *MORE_FILES.get(name, ())))) for name, (_, data) in FILES.items()}
    return {
        **lists,
        # Not packed, so that damage reaches what the pages say.
        "pdf_certificate": (*lists["pdf_certificate"], Seed(pdf(_PDF_LINES, compress_streams=False))),
        "library_json": (Seed(dump_library(_LIBRARY, {})),),
        "badge-json": tuple(map(Seed, documents)),
        "badge-jwt": (Seed(token(CREDENTIAL).encode()), *(Seed(one, _token) for one in documents[1:3])),
        "badge-png": tuple(
            seed
            for wrap in (_png, partial(_png, kind=b"tEXt"), partial(_png, keyword=b"openbadgecredential", kind=b"zTXt"))
            for seed in (Seed(documents[0], wrap), Seed(documents[1], wrap), Seed(wrap(documents[0])))
        ),
        "badge-svg": (Seed(documents[0], _svg), Seed(_svg(documents[0])), Seed(_signed_svg())),
        "linkedin_certifications": (Seed(_CERTIFICATIONS),),
        "linkedin_learning": (Seed(_LEARNING),),
        "linkedin_courses": (Seed(_COURSES),),
        "linkedin_education": (Seed(_EDUCATION),),
        "linkedin_skills": (Seed(b'Name\nWeaving\n"Dyeing, natural"\n'),),
        "linkedin-zip": (Seed(_ZIP), *_entries(_ZIP)),
        "xlsx": (Seed(_WORKBOOK), *_entries(_WORKBOOK)),
        "ods": (Seed(_ODS_FILE), *_entries(_ODS_FILE)),
        "xls": (Seed(compound(xls_stream(_XLS_CELLS))), Seed(xls_stream(_XLS_CELLS), _xls)),
        "markdown_table": (Seed(_MARKDOWN),),
        "table": (Seed(_TABLE), Seed(dump_credentials(_LIBRARY))),
    }


def _entries(archive: bytes) -> Iterator[Seed]:
    with ZipFile(BytesIO(archive)) as opened:
        entries = {name: opened.read(name) for name in opened.namelist()}
    for name, content in entries.items():
        yield Seed(content, partial(_with_entry, entries, name))


def _with_entry(entries: Mapping[str, bytes], name: str, content: bytes) -> bytes:
    # Not packed: some are recognised by what stands at the start.
    return zipped({**entries, name: content}, ZIP_STORED)


def _xls(stream: bytes) -> bytes:
    # As much as the file's one table of sectors can name.
    return compound(stream[:60_000])


def _png(text: bytes, keyword: bytes = b"openbadges", kind: bytes = b"iTXt") -> bytes:
    return png(baked(text, keyword, kind))


def _svg(text: bytes) -> bytes:
    return svg("", text.decode(errors="replace").replace("]]>", ""))


def _signed_svg() -> bytes:
    return svg(token(CREDENTIAL), "", "https://purl.imsglobal.org/ob/v3p0", "credential")


def _token(payload: bytes) -> bytes:
    head, body = (base64.urlsafe_b64encode(one).rstrip(b"=") for one in (b'{"alg":"ES256","typ":"JWT"}', payload))
    return head + b"." + body + b".c2ln"
