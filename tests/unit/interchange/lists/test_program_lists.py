from dataclasses import replace

import pytest
from tests.unit.interchange.list_files import (
    ASKING_BADGE,
    CATALOGUE,
    CATALOGUE_WITH_NAMES,
    COURSES,
    CTDL,
    ORGANISATIONS,
    PAGE,
    REQUIRING_CTDL,
    ROLES,
    SCHEMA_ORG,
    TEMPLATES,
    as_json,
)

from learnpath.domain.money import Money
from learnpath.domain.records import AchievementType, LifecycleStatus
from learnpath.errors import KnownError
from learnpath.interchange.drafts import ParsedFile, ProgramDraft
from learnpath.interchange.formats import parse_file


def programs(data: bytes, name: str = "list.json") -> list[ProgramDraft]:
    parsed = parse_file(data, name)
    assert parsed.kind == "programs"
    return [row.draft for row in parsed.rows if isinstance(row.draft, ProgramDraft)]


def test_credly_templates_become_programs_with_what_they_require() -> None:
    basics, master = programs(as_json(TEMPLATES))
    assert basics == ProgramDraft(
        name="Weaving Basics",
        issuer_name="Guild of Weavers",
        achievement_type=AchievementType.CERTIFICATE_OF_COMPLETION,
        description="Looms & yarn\n\nRequires: Attend",
        url="https://example.org/weaving?a=1",
        level="Foundational",
        external_id="t-1",
        source_url="https://www.credly.com/org/guild/badge/weaving-basics",
        skill_names=("Weaving",),
    )
    assert master.description == "Requires: Dyeing"
    assert master.required_names == ("Weaving Basics", "Dyeing")
    assert master.achievement_type is AchievementType.CERTIFICATION
    assert programs(as_json({"data": list(TEMPLATES.values())})) == [basics, master]


def test_what_a_badge_of_credly_asks_for_costs_and_aligns_with_is_told() -> None:
    (master,) = programs(as_json([ASKING_BADGE]))
    assert master.description == (
        "Weaves.\n\nRequires: Weave a sail; Dyeing\n\nAligned with: ISO/IEC 17024\n\nCost: Paid\n\nTime to earn: Days"
    )
    (timed,) = programs(as_json([{**TEMPLATES["t-1"], "time_to_earn": "3 hours"}]))
    assert (timed.estimated_minutes, timed.description) == (180, "Looms & yarn\n\nRequires: Attend")


def test_a_list_of_organisations_is_no_catalogue() -> None:
    with pytest.raises(KnownError, match="lists organisations on Credly"):
        parse_file(as_json(ORGANISATIONS), "organizations.json")
    with pytest.raises(KnownError, match="holds no badges"):
        parse_file(b'{"badge_template_activities": []}', "x.json", format="credly_catalogue")


def test_the_catalogue_of_microsoft_learn_in_both_spellings() -> None:
    certification, exam, path, course, module = programs(as_json(CATALOGUE))
    assert certification.description == "A\nB"
    assert (exam.name, exam.human_code, exam.achievement_type) == (
        "Weaving Fundamentals",
        "WV-900",
        AchievementType.ASSESSMENT,
    )
    assert (path.estimated_minutes, path.url) == (120, "")
    assert (course.estimated_minutes, course.human_code) == (480, "WV-900T00")
    assert module == ProgramDraft(
        name="Looms",
        issuer_name="Microsoft",
        achievement_type=AchievementType.COURSE,
        description="About looms",
        url="https://learn.example.org/looms/",
        level="beginner",
        language="en-us",
        estimated_minutes=45,
        external_id="learn.looms",
    )
    with pytest.raises(KnownError, match="holds no modules"):
        parse_file(b'{"modules": []}', "x.json", format="ms_learn_catalogue")


def test_a_certification_of_microsoft_requires_its_exams_and_has_tags() -> None:
    certification = programs(as_json(CATALOGUE_WITH_NAMES))[0]
    assert certification.required_names == ("Weaving Fundamentals",)
    assert certification.description == "A\nB\n\nRequires: exam WV-104; learn.other"
    assert certification.tag_names == ("Master weaver", "loom hand", "Looms", "Fine yarn")
    twice = {**CATALOGUE_WITH_NAMES, "courses": [{"uid": "course.x", "title": "Weaving Fundamentals"}]}
    assert programs(as_json(twice))[0].required_names == ()


def test_ctdl_tells_what_is_required_and_contained() -> None:
    *_, master, heir = programs(as_json(REQUIRING_CTDL))
    assert master.required_names == ("Basics",)
    assert master.description == (
        "Requires: Loom test; Two years of weaving; Aged 18; Own yarn\n\nContains: Basics; Finale\n\nDuration: 9 months"
    )
    assert (heir.required_names, heir.description) == ((), "Requires: Twin")


def test_ctdl_takes_names_in_languages_and_issuers_from_the_graph() -> None:
    parsed = parse_file(as_json(CTDL), "x.json")
    weaver, master, unnamed = parsed.rows
    assert weaver.draft == ProgramDraft(
        name="Weaver",
        issuer_name="Guild",
        achievement_type=AchievementType.CERTIFICATION,
        description="Weaves\n\nDuration: 1 year",
        url="https://example.org/weaver",
        level="Beginner",
        estimated_minutes=1200,
        price=Money(12050, "USD"),
        lifecycle_status=LifecycleStatus.RETIRED,
        external_id="ce-1234",
        source_url="https://example.org/cert",
        skill_names=("Weaving",),
    )
    assert isinstance(master.draft, ProgramDraft)
    assert (master.draft.name, master.draft.issuer_name) == ("Master of Weaving", "School")
    assert master.draft.achievement_type is AchievementType.DEGREE
    assert (unnamed.draft, unnamed.problems) == (None, ("entry 3: no name",))


@pytest.mark.parametrize(
    ("state", "status"),
    [
        ("lifeCycle:Active", LifecycleStatus.ACTIVE),
        ("lifeCycle:Developing", LifecycleStatus.ANNOUNCED),
        ("credentialStat:Deprecated", LifecycleStatus.RETIRED),
        ("lifeCycle:Odd", None),
    ],
)
def test_ctdl_says_whether_something_is_still_offered(state: str, status: LifecycleStatus | None) -> None:
    thing = {
        "@type": "ceterms:Badge",
        "ceterms:name": "B",
        "ceterms:credentialStatusType": [{"ceterms:targetNode": {"@id": state}}],
    }
    assert programs(as_json(thing))[0].lifecycle_status is status


def test_ctdl_about_organisations_is_refused() -> None:
    with pytest.raises(KnownError, match="describes CredentialOrganization: no credential"):
        parse_file(b'{"@type": "ceterms:CredentialOrganization", "ceterms:name": "Guild"}', "x.json")


def test_schema_org_things_are_found_wherever_they_stand() -> None:
    course, credential, program = programs(as_json(SCHEMA_ORG))
    assert course == ProgramDraft(
        name="Weaving &amp; dyeing",
        issuer_name="Guild",
        human_code="W1",
        achievement_type=AchievementType.COURSE,
        url="https://example.org/w1",
        estimated_minutes=1320,
        price=Money(39500, "GBP"),
        skill_names=("Weaving", "Dyeing"),
    )
    assert (credential.valid_for, credential.achievement_type) == ("P3Y", AchievementType.CERTIFICATION)
    assert (program.price, program.achievement_type) == (None, AchievementType.LEARNING_PROGRAM)


def test_schema_org_tells_prerequisites_starts_and_what_a_course_leads_to() -> None:
    sails, *_ = programs(as_json(COURSES))
    assert sails.required_names == ("Knots", "Ropes")
    assert sails.description == (
        "About sails.\n\nRequires: A steady hand; Reading plans\n\nLeads to: Sail maker\n\n"
        "Time to complete: 6 months\n\nWorkload: 3 hours per week\n\nStarts: 4 Dec 2026; 1 Mar 2027"
    )
    assert sails.estimated_minutes == 300


@pytest.mark.timeout(5)
def test_a_course_that_starts_often_names_ten_days() -> None:
    instances = [{"startDate": f"{2000 + number % 50}-01-01"} for number in range(100_000)]
    course = {**COURSES["@graph"][0], "hasCourseInstance": instances, "coursePrerequisites": ["Knots"] * 100_000}
    sails = programs(as_json({**COURSES, "@graph": [course]}))[0]
    assert sails.description.endswith("1 Jan 2048; 1 Jan 2049")
    assert sails.description.rpartition("Starts: ")[2].count(";") == 9
    assert "Requires: Knots\n" in sails.description


def test_a_saved_page_gives_the_courses_in_it() -> None:
    parsed = parse_file(PAGE, "page.html")
    (row,) = parsed.rows
    assert isinstance(row.draft, ProgramDraft)
    assert (row.draft.name, row.draft.url) == ("Knots, ]tied,", "")
    assert "no web address" in row.problems[0]


def test_linked_data_about_other_things_is_refused() -> None:
    with pytest.raises(KnownError, match="describes JobPosting: no course"):
        parse_file(b'{"@context": "https://schema.org", "@type": "JobPosting"}', "x.json")
    with pytest.raises(KnownError, match="web page describes no course"):
        parse_file(b"<html><script type='application/ld+json'>{</script>", "x.html")
    with pytest.raises(KnownError, match="no valid JSON"):
        parse_file(b'{"@context": "https://schema.org", "@type": "Course"', "x.json")


def test_a_category_without_meaning_to_us_is_an_achievement() -> None:
    thing = {"@context": "https://schema.org", "@type": "EducationalOccupationalCredential", "name": "HNC",
             "credentialCategory": ["Higher National", "HNC"]}  # fmt: skip
    assert programs(as_json(thing))[0].achievement_type is AchievementType.ACHIEVEMENT


def test_a_plain_list_is_read_by_the_names_of_its_values() -> None:
    weaver, dyer = programs(as_json(ROLES))
    assert weaver == ProgramDraft(
        name="Weaver+",
        issuer_name="Guild",
        human_code="W-1, W-2",
        url="https://example.org/w",
        price=Money(12900, "USD"),
        valid_for="P1Y6M",
        lifecycle_status=LifecycleStatus.ACTIVE,
        external_id="c1",
    )
    assert replace(dyer, name="", issuer_name="") == ProgramDraft(name="", achievement_type=AchievementType.CERTIFICATE)
    flat = [{"Course Title": "Looms", "provider": {"name": "School"}, "url": "https://example.org", "valid_for": "P2Y"}]
    assert programs(as_json(flat)) == [
        ProgramDraft(name="Looms", issuer_name="School", url="https://example.org", valid_for="P2Y")
    ]


@pytest.mark.parametrize(
    ("values", "minutes", "description"),
    [
        ({"hours": 12}, 720, ""),
        ({"duration_hours": "1.5"}, 90, ""),
        ({"duration_minutes": 45}, 45, ""),
        ({"duration": "3 hours"}, 180, ""),
        ({"effort": "PT22H"}, 1320, ""),
        ({"duration": "6 weeks", "effort": "3 hours per week"}, None, "Duration: 6 weeks; 3 hours per week"),
        ({"hours": "soon"}, None, ""),
        ({"hours": 1e300}, None, ""),
    ],
)
def test_a_plain_list_tells_effort(values: dict[str, object], minutes: int | None, description: str) -> None:
    (looms,) = programs(as_json([{"name": "Looms", "url": "https://example.org", **values}]))
    assert (looms.estimated_minutes, looms.description) == (minutes, description)


@pytest.mark.parametrize(
    ("values", "price", "noted"),
    [
        ({"price": "49 EUR"}, Money(4900, "EUR"), False),
        ({"cost": "$500 (USD)"}, Money(50000, "USD"), False),
        ({"price": "49,50", "currency": "eur"}, Money(4950, "EUR"), False),
        ({"price": 49, "currency": "EUR"}, Money(4900, "EUR"), False),
        ({"price": "49"}, None, True),
        ({"price": "on request"}, None, True),
        ({"price": " "}, None, False),
    ],
)
def test_a_plain_list_tells_prices(values: dict[str, object], price: Money | None, noted: bool) -> None:
    (row,) = parse_file(as_json([{"name": "Looms", "url": "https://example.org", **values}]), "x.json").rows
    assert isinstance(row.draft, ProgramDraft)
    assert row.draft.price == price
    assert bool(row.problems) is noted


def test_a_plain_list_tells_what_is_required() -> None:
    looms, sails = programs(
        as_json(
            [
                {"name": "Looms", "url": "https://example.org", "prerequisites": ["Yarn", {"name": "Knots"}]},
                {"name": "Sails", "url": "https://example.org/s", "prerequisites": "Two years at sea"},
            ]
        )
    )
    assert (looms.required_names, looms.description) == (("Yarn", "Knots"), "")
    assert (sails.required_names, sails.description) == ((), "Requires: Two years at sea")


@pytest.mark.parametrize(
    "data", [b'{"records": [{"name": "x"}]}', b'[{"name": "x", "age": 3}]', b'{"url": "x", "name": 1}']
)
def test_other_lists_are_not_taken_for_programs(data: bytes) -> None:
    with pytest.raises(KnownError, match="a JSON file"):
        parse_file(data, "x.json")
    with pytest.raises(KnownError, match="no list of programs"):
        parse_file(b"{}", "x.json", format="catalogue_json")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b'{"ceterms:name": 1, "ceterms:name": 2}', "appears twice"),
        (b'{"ceterms:name": NaN}', "NaN is no number"),
        (b'{"ceterms:name": "\\ud800"}', "half of a character"),
        (b'{"ceterms:name":' + b"[" * 100 + b"]" * 100 + b"}", "nested too deeply"),
        (b'{"ceterms:name":' + b"[" * 100_000, "nested too deeply"),
        (b'{"ceterms:name": ' + b"9" * 5000 + b"}", "a number is too long"),
        (b'{"ceterms:name": "\xff"}', "UTF-8"),
    ],
)
def test_unclear_json_is_refused_with_a_sentence(data: bytes, words: str) -> None:
    with pytest.raises(KnownError, match=words) as caught:
        parse_file(data, "x.json")
    assert caught.value.message.startswith("The list ")


def test_the_same_list_twice_is_one_answer() -> None:
    def answer() -> ParsedFile:
        return parse_file(as_json(CTDL), "x.json")

    assert answer() == answer()


_TERMS = {
    "id": "@id",
    "type": "@type",
    "schema": "http://schema.org/",
    "issuedOn": {"@id": "x", "@type": "xsd:dateTime"},
}


@pytest.mark.parametrize(
    ("document", "words"),
    [
        ({"@context": _TERMS}, "The file is a dictionary of badge terms"),
        ({"@context": _TERMS, "type": "Issuer", "name": "Guild"}, "The file is the profile of an issuer"),
        ({"@context": _TERMS, "type": "BadgeClass", "name": "A"}, "The file is the description of a badge"),
        ({"@context": _TERMS, "type": "Recipe"}, "The file describes Recipe: no course"),
        ({"@context": _TERMS, "name": "A"}, "The file describes no course"),
    ],
)
def test_terms_that_a_document_explains_are_not_what_it_describes(document: object, words: str) -> None:
    with pytest.raises(KnownError, match=words):
        parse_file(as_json(document), "x.json", format="schema_org")
