"""The files of LinkedIn's export about the person: skills, degrees, and those with nothing to import."""

import pytest
from tests.unit.interchange.list_files import EDUCATION, SKILLS

from learnpath.domain.dates import PartialDate
from learnpath.domain.records import AchievementType, Stage
from learnpath.errors import KnownError
from learnpath.interchange.drafts import CredentialDraft, SkillDraft
from learnpath.interchange.formats import parse_file, recognise

PREAMBLE = 'Notes:\n"When exporting your connections, some may be missing."\n\n'
OTHERS = {
    "profile": "First Name,Last Name,Maiden Name,Address,Birth Date,Headline,Summary,Industry,Zip Code\nA,B,,,,,,,\n",
    "jobs": "Company Name,Title,Description,Location,Started On,Finished On\nMill,Weaver,,,Jan 2020,\n",
    "email addresses": "Email Address,Confirmed,Primary,Updated On\na@example.org,Yes,Yes,2020-01-01\n",
    "contacts": f"{PREAMBLE}First Name,Last Name,URL,Email Address,Company,Position,Connected On\nA,B,,,,,5 Jun 20\n",
    "messages": "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,DATE,SUBJECT,CONTENT\n1,,A,,B,,,Hi\n",
}


def test_skills_are_the_names_of_the_one_column() -> None:
    parsed = parse_file(SKILLS, "Skills.csv")
    assert (parsed.format, parsed.kind, parsed.problems) == ("linkedin_skills", "skills", ())
    assert [row.draft for row in parsed.rows] == [
        SkillDraft(name="Weaving"),
        SkillDraft(name="Dyeing, cold"),
        SkillDraft(name="Yarn; wool"),
        None,
        SkillDraft(name="Loom repair"),
    ]
    assert parsed.rows[3].problems == ("line 5: no name",)


@pytest.mark.parametrize(
    "name", ["Skills.csv", "skills (2).csv", "my_SKILLS.csv", "C:\\export\\Skills.csv", "a/b skills"]
)
@pytest.mark.parametrize("header", ["Name", "\ufeffName", "\n\nName", "Nom", "Nombre", "Nome", "naam", '"Name"'])
def test_the_name_of_the_file_and_the_header_together_tell_a_list_of_skills(name: str, header: str) -> None:
    assert recognise(f"{header}\r\nWeaving\r\nDyeing\r\n".encode(), name) == "linkedin_skills"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("courses.csv", "Name\nWeaving\n"),
        ("Pasted table", "Name\nWeaving\n"),
        ("upskillsets.csv", "Name\nWeaving\n"),
        ("Skills/list.csv", "Name\nWeaving\n"),
        ("Skills.csv", "Name,Provider\nWeaving,Guild\n"),
        ("Skills.csv", "Course\nWeaving\n"),
    ],
)
def test_other_lists_of_names_stay_tables(name: str, text: str) -> None:
    assert recognise(text.encode(), name) == "table"


def test_a_comma_that_nobody_quoted_belongs_to_the_name() -> None:
    parsed = parse_file(b"Name\nDyeing, cold\n", "Skills.csv")
    assert [row.draft for row in parsed.rows] == [SkillDraft(name="Dyeing, cold")]


def test_signs_that_turn_the_direction_of_writing_do_not_come_in() -> None:
    parsed = parse_file("Name\nWea\u202eving\n".encode(), "Skills.csv")
    assert [row.draft for row in parsed.rows] == [SkillDraft(name="Weaving")]
    assert "direction of writing" in parsed.problems[0]


def test_a_list_of_skills_with_other_columns_is_refused() -> None:
    with pytest.raises(KnownError, match="has not the one column"):
        _ = parse_file(b"a,b\n1,2\n", "x.csv", format="linkedin_skills")


def test_degrees_are_credentials_of_their_school() -> None:
    parsed = parse_file(EDUCATION, "x.csv")
    cloth, dyeing, school, yarn = parsed.rows
    assert (parsed.format, parsed.kind) == ("linkedin_education", "credentials")
    assert cloth.draft == CredentialDraft(
        title="BSc, Cloth",
        issuer_name="School of Weaving",
        achievement_type=AchievementType.DEGREE,
        stage=Stage.EARNED,
        awarded_on=PartialDate("2012-06"),
        notes="Exchange year\nLoom Club, Choir",
    )
    assert isinstance(dyeing.draft, CredentialDraft)
    assert (dyeing.draft.stage, dyeing.draft.awarded_on) == (Stage.ENROLLED, None)
    assert school.draft is None
    assert school.problems == ("line 4: no degree is named, so there is nothing earned to keep",)
    assert isinstance(yarn.draft, CredentialDraft)
    assert (yarn.draft.stage, yarn.draft.awarded_on) == (Stage.EARNED, None)


def test_a_degree_that_the_person_types_completes_its_row() -> None:
    row = parse_file(EDUCATION, "x.csv", corrections={(4, 4): "Leaving certificate"}).rows[2]
    assert isinstance(row.draft, CredentialDraft)
    assert (row.draft.title, row.draft.issuer_name) == ("Leaving certificate", "Town School")
    assert row.typed == (("title", 4),)


def test_a_date_of_a_degree_that_is_none_is_left_out_and_noted() -> None:
    text = EDUCATION.replace(b"Jun 2012", b"one day")
    row = parse_file(text, "x.csv").rows[0]
    assert isinstance(row.draft, CredentialDraft)
    assert (row.draft.stage, row.draft.awarded_on) == (Stage.ENROLLED, None)
    assert row.problems == ("line 2: “one day” is no date",)


@pytest.mark.parametrize("what", OTHERS)
def test_other_files_of_the_export_are_refused_by_what_they_are(what: str) -> None:
    data = OTHERS[what].encode()
    assert recognise(data, "mine.csv") is None
    with pytest.raises(KnownError, match=f"{what}.* of a LinkedIn export") as caught:
        _ = parse_file(data, "mine.csv")
    assert "Nothing was imported." in caught.value.message
    assert "Certifications.csv" in caught.value.hint


def test_a_list_of_one_s_own_with_some_of_these_columns_is_a_table() -> None:
    assert recognise(b"Title,Company,Started On,Finished On\nWeaving,Guild,2020,2021\n", "mine.csv") == "table"
    # And whoever insists can read the others as one.
    assert parse_file(OTHERS["jobs"].encode(), "x.csv", format="table").rows


def test_lines_with_commas_and_bars_are_no_table() -> None:
    lines = "=1+1|x!A0\n@sum(1)*z|y\n-2+3|cmd\n\nplain words\n"
    assert recognise(lines.encode(), "notes.txt") is None
    assert recognise(lines.replace("|", "\t").encode(), "notes.txt") == "table"
    assert recognise(lines.encode(), "notes.csv") == "table"
