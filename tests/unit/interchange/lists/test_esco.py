import pytest
from tests.unit.interchange.list_files import ESCO, OCCUPATIONS

from learnpath.errors import KnownError
from learnpath.interchange.drafts import PathDraft, SkillDraft
from learnpath.interchange.formats import parse_file
from learnpath.interchange.lists.esco import OCCUPATION_CHOICE

HEAD = b"conceptType,conceptUri,preferredLabel\n"


def test_skills_come_with_their_address_and_their_other_names() -> None:
    parsed = parse_file(ESCO, "skills.csv")
    assert (parsed.format, parsed.kind, parsed.choice) == ("esco", "skills", "")
    assert [row.draft for row in parsed.rows] == [
        SkillDraft(name="weave cloth", uri="http://data.europa.eu/esco/skill/aa", other_names=("make cloth", "weave")),
        SkillDraft(name="dye", uri="http://data.europa.eu/esco/skill/bb", other_names=("colour", "tint")),
        None,
    ]
    assert parsed.rows[2].problems == ("line 5: “javascript:alert(1)” is no address of ESCO",)
    assert parsed.problems == ("Left out: 1 row of other kinds.",)


def test_occupations_are_paths_to_choose_from() -> None:
    parsed = parse_file(OCCUPATIONS, "occupations.csv")
    assert (parsed.kind, parsed.choice) == ("paths", OCCUPATION_CHOICE)
    assert [row.draft for row in parsed.rows] == [
        PathDraft(title="dyer", description="Dyes it."),
        PathDraft(title="weaver", description="Weaves cloth."),
        None,
    ]
    assert [row.line for row in parsed.rows] == [4, 2, 6]
    assert parsed.rows[2].problems == ("line 6: no name", "line 6: no address")


def test_a_row_of_no_concept_is_broken_and_not_lost() -> None:
    row = b",http://data.europa.eu/esco/skill/z,sew\n"
    parsed = parse_file(HEAD + row + b"KnowledgeSkillCompetence,http://data.europa.eu/esco/skill/y,knit\n", "x")
    assert [row.draft is None for row in parsed.rows] == [True, False]
    assert parsed.rows[0].problems == ("line 2: no kind of concept",)


@pytest.mark.parametrize("rows", [b"", b"ISCOGroup,http://data.europa.eu/esco/isco/C1,Managers\n", b",,x\n"])
def test_a_list_of_neither_is_refused(rows: bytes) -> None:
    with pytest.raises(KnownError, match="without skills and occupations"):
        _ = parse_file(HEAD + rows, "groups.csv")


def test_other_columns_are_refused() -> None:
    with pytest.raises(KnownError, match="has not the columns"):
        _ = parse_file(b"a,b\n1,2\n", "x.csv", format="esco")


def test_a_quotation_mark_that_is_never_closed_is_named() -> None:
    rows = b'%b,knit\n%b,"sew\n%b,dye\n'
    address = b"KnowledgeSkillCompetence,http://data.europa.eu/esco/skill/%d"
    parsed = parse_file(HEAD + rows % tuple(address % number for number in range(3)), "x")
    assert parsed.problems == ("line 3: a quotation mark is never closed",)
    assert [isinstance(row.draft, SkillDraft) for row in parsed.rows] == [True, True, True]
