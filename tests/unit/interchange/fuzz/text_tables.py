"""Tables as text: any CSV, the files of LinkedIn's export and its archive, ESCO's lists, Markdown."""

import io
import warnings
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from hypothesis import strategies as st
from tests.unit.interchange.fuzz.fuzzer import Fuzzer
from tests.unit.interchange.fuzz.odd_tables import nearly_csv, odd_cells, tables
from tests.unit.interchange.fuzz.odd_values import choice, damaged
from tests.unit.interchange.workbooks import zipped

from learnpath.domain.contents import LibraryContents
from learnpath.domain.records import Credential
from learnpath.interchange.csv_export import dump_credentials

_Columns = tuple[str, ...]
_PROGRAMS = (
    "title",
    "vendor",
    "price",
    "currency",
    "hours",
    "hours per week",
    "weeks",
    "url",
    "skills",
    "type",
    "level",
)
_CREDENTIALS = ("Title", "Issuer", "Stage", "Earned on", "Valid until", "Valid for", "License number", "Grace (days)",
                "Exam on", "Exam time", "Exam time zone", "Skills", "Tags", "Notes")  # fmt: skip
_PROGRAM_ROW = ("Weaving", "Guild", "9,50", "EUR", "3", "2", "4", "https://a.example/w", "a; b", "course", "easy")
_CREDENTIAL_ROW = ("Weaver", "Guild", "earned", "2024-05-14", "2027-05", "3 years", "W-1", "30", "", "9:30",
                   "Europe/Vienna", "a", "b", "c")  # fmt: skip
_LEARNING = ("Content Title", "Content Description", "Content Type", "Content Last Watched Date (if viewed)",
             "Content Completed At (if completed)", "Content Saved", "Notes taken on videos (if taken)")  # fmt: skip
_WATCHED = ("Knots", "About", "Course", "2018-09-15 10:00 UTC", "2018-09-16 14:44 UTC", "false", "Mind the ends")
_SCHOOL = ("Weaving School", "Sep 2008", "Jun 2012", "x", "Master weaver", "Loom club")
_SKILL = ("KnowledgeSkillCompetence", "http://data.europa.eu/esco/skill/aa", "weave cloth", "make cloth\nweave", "x")
_CERTIFIED = ("A", "https://a.example/1", "B", "May 2024", "May 2027", "1")
# Format, name of the file, columns, a valid row.
_FILES: dict[str, tuple[str, str, _Columns, _Columns]] = {
    "table of programs": ("table", "list.csv", _PROGRAMS, _PROGRAM_ROW),
    "table of credentials": ("table", "list.csv", _CREDENTIALS, _CREDENTIAL_ROW),
    "esco": ("esco", "file", ("conceptType", "conceptUri", "preferredLabel", "altLabels", "description"), _SKILL),
    "linkedin_certifications": (
        "linkedin_certifications",
        "file",
        ("Name", "Url", "Authority", "Started On", "Finished On", "License Number"),
        _CERTIFIED,
    ),
    "linkedin_learning": ("linkedin_learning", "file", _LEARNING, _WATCHED),
    "linkedin_courses": ("linkedin_courses", "Courses.csv", ("Name", "Number"), ("Navigation", "NAV 101")),
    "linkedin_education": (
        "linkedin_education",
        "file",
        ("School Name", "Start Date", "End Date", "Notes", "Degree Name", "Activities"),
        _SCHOOL,
    ),
    "linkedin_skills": ("linkedin_skills", "Skills.csv", ("Name",), ("Weaving",)),
}
_OWN = dump_credentials(LibraryContents(credentials=(Credential(title="Weaver", notes="=x"),)))
_MARKDOWN = (
    b"# Courses\n\n| Course | Provider | Hours |\n| :-- | :-: | --: |\n"
    b"| [Sails](https://a.example/sail) | **Port** | 3 |\n| ~~Knots~~ &#x202e;x | `a`<br>b | 4&nbsp;h |\n"
)


def _csv(*rows: _Columns) -> bytes:
    return ("\n".join(",".join(f'"{cell}"' for cell in row) for row in rows) + "\n").encode()


def _fuzzer(name: str) -> Fuzzer:
    format_name, file_name, columns, row = _FILES[name]
    valid = _csv(columns, row)
    return Fuzzer(name, format_name, valid, nearly_csv(columns, (row,)) | damaged(valid), file_name)


@st.composite
def _markdown(draw: st.DrawFn) -> bytes:
    parts: list[str] = []
    for _ in range(draw(st.integers(1, 3))):
        rows = draw(
            tables(("Course", "Provider", "Link", "Price"), (("Sails", "Port", "[x](https://a.example)", "3"),))
        )
        rule = ["-" * draw(st.integers(0, 4)) + draw(choice(("-", ":", "")))] * draw(st.integers(0, 5))
        rows.insert(draw(choice((1, 0, 2))), rule or ["---"] * len(rows[0]))
        edge = draw(choice(("|", "", " | ")))
        parts += [edge + "|".join(row) + edge for row in rows] + [draw(choice(("", "# Title", "<!--", "```")))]
    marked = draw(choice(("", "[a](https://a.example/\u202e)", "&#x202e;&#0;&#7;", "[[[[", "<a href='x'>", "![](x)")))
    text = "\n".join([*parts, f"|{marked}|{draw(odd_cells)}|"])
    return text.encode(draw(choice(("utf-8", "utf-16"))), "surrogatepass")


_NAMES = ("Certifications.csv", "Learning.csv", "Courses.csv", "Education.csv", "Skills.csv", "Profile.csv", "../x.csv",
          "/etc/x.csv", "C:\\x.csv", "a/b/Skills.csv", "x\x1b[2J.csv", "x\u202evsc.exe", "a.zip", "mimetype",
          "__MACOSX/x.csv", "Ü.csv", "x" * 300)  # fmt: skip


@st.composite
def _archives(draw: st.DrawFn) -> bytes:
    out = io.BytesIO()
    with ZipFile(out, "w", draw(choice((ZIP_DEFLATED, ZIP_STORED)))) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name in draw(st.lists(st.sampled_from(_NAMES), min_size=1, max_size=5)):
            _, _, columns, row = _FILES[draw(st.sampled_from(sorted(_FILES)))]
            archive.writestr(name, draw(nearly_csv(columns, (row,)) | st.just(_MARKDOWN)))
    return out.getvalue()


_ZIP = zipped({f"{name[9:].title()}.csv": _csv(*_FILES[name][2:]) for name in _FILES if name.startswith("linkedin")})
FUZZERS = (
    *map(_fuzzer, _FILES),
    Fuzzer("own export of credentials", "table", _OWN, damaged(_OWN), "list.csv"),
    Fuzzer("markdown_table", "markdown_table", _MARKDOWN, _markdown() | damaged(_MARKDOWN)),
    Fuzzer("archive of LinkedIn", None, _ZIP, _archives() | damaged(_ZIP)),
)
