import io
import struct
import zipfile

import pytest
from tests.file_parts import parse_parts
from tests.unit.interchange.workbooks import workbook, zipped

from learnpath.domain.dates import PartialDate
from learnpath.domain.records import AchievementType, Stage
from learnpath.errors import KnownError
from learnpath.interchange.drafts import CredentialDraft
from learnpath.interchange.formats import parse_file, split_file

CERTIFICATIONS = "Name,Url,Authority,Started On,Finished On,License Number\nFirst Aid,,Red House,May 2024,,FA-1\n"
LEARNING = (
    "Content Title,Content Description,Content Type,Content Last Watched Date (if viewed),"
    "Content Completed At (if completed),Content Saved,Notes taken on videos (if taken),\n"
    'Knots,"<b>About</b>, well,\nknots",Course,2018-09-15 10:00 UTC,2018-09-16 14:44 UTC,false,Mind the ends,\n'
    "Ropes,,Course,2019-01-31 19:55 UTC,N/A,false,N/A,\n"
    "Sails,,Course,N/A,N/A,true,N/A,\n"
    "Harbours,,LEARNING_PATH,10 Jan 2025,25 Jan 2025,false,,\n"
    "A clip,,Video,2019-01-31 19:55 UTC,N/A,false,N/A,\n"
    "Odd,,Course,,some day,false,N/A,\n"
    ",,Course,,2018-09-16 14:44 UTC,false,N/A,\n"
)
EDUCATION = "School Name,Start Date,End Date,Notes,Degree Name,Activities\nNaval School,2001,2004,,Diploma in Knots,\n"
COURSES = "Name,Number\nCelestial navigation,NAV 101\nWeather,\n,5\n"
EXPORT = zipped(
    {
        "Skills.csv": "Name\nSewing\n",
        "Education.csv": EDUCATION,
        "messages.csv": "FROM,TO\nA,B\n",
        "Basic_Export/courses.csv": COURSES,
        "Learning.csv": LEARNING,
        "Certifications.csv": CERTIFICATIONS,
        "old/Certifications.csv": "other",
    }
)


def credentials(text: str, name: str) -> list[CredentialDraft]:
    rows = parse_file(text.encode(), name).rows
    return [row.draft for row in rows if isinstance(row.draft, CredentialDraft)]


def test_only_the_files_about_learning_come_out_of_an_export() -> None:
    parts = zip(split_file(EXPORT, "export.zip"), parse_parts(EXPORT, "export.zip"), strict=True)
    assert [(part.name, parsed.format, len(parsed.rows)) for part, parsed in parts] == [
        ("Certifications.csv", "linkedin_certifications", 1),
        ("Learning.csv", "linkedin_learning", 6),
        ("Courses.csv", "linkedin_courses", 3),
        ("Education.csv", "linkedin_education", 1),
        ("Skills.csv", "linkedin_skills", 1),
    ]


def test_other_files_are_their_own_only_part() -> None:
    data = CERTIFICATIONS.encode()
    (part,) = split_file(data, "mine.csv")
    assert (part.name, part.data) == ("mine.csv", data)
    (parsed,) = parse_parts(data, "mine.csv")
    assert parsed.format == "linkedin_certifications"
    (book,) = parse_parts(workbook({"Courses.csv": [["Title"], ["Knots"]]}), "x.zip")
    assert book.format == "spreadsheet"


@pytest.mark.parametrize(
    "name",
    ["../Courses.csv", "/Courses.csv", "C:\\Courses.csv", "__MACOSX/Courses.csv", "a/../Courses.csv"],
)  # fmt: skip
def test_names_that_lead_elsewhere_are_passed_over(name: str) -> None:
    with pytest.raises(
        KnownError, match="a ZIP archive" if "__MACOSX" in name else "names of the files in the archive are unsafe"
    ):
        _ = parse_parts(zipped({name: COURSES}), "export.zip")


def test_an_export_without_anything_to_import_is_named() -> None:
    with pytest.raises(KnownError, match="LinkedIn export without certifications"):
        _ = parse_parts(zipped({"Profile.csv": "First Name\nA\n"}), "export.zip")


def _encrypted(data: bytes) -> bytes:
    at = data.find(b"PK\x01\x02")
    return data[: at + 8] + struct.pack("<H", 1) + data[at + 10 :]


ONE = zipped({"Courses.csv": COURSES})


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (_encrypted(ONE), "password"),
        (ONE[:-10], "damaged"),
        (zipped({"Courses.csv": "Name,Number\n" + "a,b\n" * 800_000}), "swells"),
        (zipped({"Courses.csv": bytes(21 << 20)}, zipfile.ZIP_STORED), "20 MB"),
        (ONE + b"PK\x01\x02" * 10_001, "10,000 entries"),
        (zipped({"Courses.csv": COURSES}, zipfile.ZIP_LZMA), "damaged"),
        (ONE[:30] + b"\xff" * 20 + ONE[50:], "damaged"),
    ],
    ids=["encrypted", "cut", "bomb", "large", "entries", "lzma", "overwritten"],
)
def test_archives_that_are_refused(data: bytes, words: str) -> None:
    with pytest.raises(KnownError, match=words) as caught:
        _ = parse_parts(data, "export.zip")
    assert caught.value.hint


def test_learning_history() -> None:
    done, begun, saved, path, odd = credentials(LEARNING, "x.csv")
    assert done == CredentialDraft(
        title="Knots",
        issuer_name="LinkedIn Learning",
        achievement_type=AchievementType.COURSE,
        stage=Stage.EARNED,
        awarded_on=PartialDate("2018-09-16"),
        notes="About, well, knots\n\nMind the ends",
    )
    assert (begun.stage, saved.stage, begun.awarded_on) == (Stage.ENROLLED, Stage.WISHED, None)
    assert (path.achievement_type, str(path.awarded_on)) == (AchievementType.LEARNING_PROGRAM, "2025-01-25")
    assert (odd.stage, odd.awarded_on) == (Stage.EARNED, None)
    parsed = parse_file(LEARNING.encode(), "x.csv")
    assert parsed.problems == ("Left out: 1 video not watched to the end.",)
    assert [row.problems for row in parsed.rows[-2:]] == [("line 8: “some day” is no date",), ("line 9: no title",)]


def test_courses_need_their_name() -> None:
    first, second = credentials(COURSES, "export/Courses.csv")
    assert (first.title, first.human_code, first.stage) == ("Celestial navigation", "NAV 101", Stage.EARNED)
    assert (second.title, second.human_code) == ("Weather", "")
    assert parse_file(COURSES.encode(), "list.csv").format == "table"


@pytest.mark.parametrize("name", ["linkedin_learning", "linkedin_courses", "linkedin_education"])
def test_other_columns_are_refused(name: str) -> None:
    with pytest.raises(KnownError, match="has not the columns"):
        _ = parse_file(b"a,b\n1,2\n", "x.csv", format=name)


@pytest.mark.parametrize(
    ("header", "month"),
    [
        ("Name,URL,Zertifizierungsstelle,Begonnen am,Beendet am,Lizenznummer", "Dez. 2023"),
        ("Nom,URL,Autorité,Date de début,Date de fin,Numéro de licence", "déc. 2023"),
        ("Nombre,URL,Autoridad,Fecha de inicio,Fecha de finalización,Número de licencia", "dic 2023"),
        ("Nome,URL,Autoridade,Data de início,Data de término,Número da licença", "dez 2023"),
        ("Nome,URL,Autorità,Data di inizio,Data di fine,Numero di licenza", "dicembre 2023"),
        ("Naam,URL,Autoriteit,Startdatum,Einddatum,Licentienummer", "december 2023"),
    ],
)
def test_certifications_with_headers_in_other_languages(header: str, month: str) -> None:
    parsed = parse_file(f"{header}\nFirst Aid,,Red House,{month},,FA-1\n".encode(), "x.csv")
    draft = parsed.rows[0].draft
    assert parsed.format == "linkedin_certifications"
    assert isinstance(draft, CredentialDraft)
    assert (str(draft.awarded_on), draft.issuer_name, draft.license_number) == ("2023-12", "Red House", "FA-1")
    # Five of the six columns may be a list of one's own.
    assert parse_file(f"{header.rpartition(',')[0]}\nA,,B,{month},\n".encode(), "x.csv").format == "table"


def test_nothing_but_the_files_about_learning_is_inflated() -> None:
    # Another file of the export may be damaged: nobody notices.
    whole = zipped({"messages.csv": "secret " * 500, "Courses.csv": COURSES})
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        at = archive.getinfo("messages.csv").header_offset + 30 + len("messages.csv")
    (part,) = split_file(whole[:at] + b"\xff" * 8 + whole[at + 8 :], "export.zip")
    assert part.name == "Courses.csv"
