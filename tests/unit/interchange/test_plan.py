import time
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.interchange.simulation import IMPORT_ID, apply, imported, plan_against, record

from learnpath.domain.contents import LibraryContents
from learnpath.domain.dates import PartialDate
from learnpath.domain.money import Money
from learnpath.domain.records import Stage
from learnpath.errors import UsageError
from learnpath.interchange.drafts import CredentialDraft, Draft, ParsedFile, ParsedRow, ProgramDraft, draft_fields
from learnpath.interchange.formats import parse_file
from learnpath.interchange.known_records import ExistingRecord
from learnpath.interchange.plan import ImportPlan, RowKind, decide, possible_decisions


def parsed(*drafts: Draft | None, format_name: str = "table") -> ParsedFile:
    rows = tuple(
        ParsedRow(f"line {line}", line, draft, () if draft else (f"line {line}: no title",), ("x",))
        for line, draft in enumerate(drafts, 2)
    )
    is_credential = any(isinstance(draft, CredentialDraft) for draft in drafts)
    return ParsedFile(format=format_name, kind="credentials" if is_credential else "programs", rows=rows)


def program(name: str, issuer: str = "Acme", **values: object) -> ProgramDraft:
    return ProgramDraft(name=name, issuer_name=issuer, **values)  # pyright: ignore[reportArgumentType]


def credential(title: str, issuer: str = "Acme", **values: object) -> CredentialDraft:
    return CredentialDraft(title=title, issuer_name=issuer, **values)  # pyright: ignore[reportArgumentType]


def kinds(plan: ImportPlan) -> list[str]:
    return [row.kind.value for row in plan.rows]


def against(draft: Draft, *existing: Draft, **options: object) -> tuple[str, str, int | None]:
    records = [imported(number, one) for number, one in enumerate(existing, 100)]
    row = plan_against(parsed(draft), records, **options).rows[0]  # pyright: ignore[reportArgumentType]
    return row.kind.value, row.reason, row.existing_id


def test_new_same_and_broken() -> None:
    plan = plan_against(parsed(program("A"), program("a "), None), [])
    assert kinds(plan) == ["new", "same", "broken"]
    assert [row.reason for row in plan.rows] == ["", "repeats line 2", "line 4: no title"]
    assert plan.counts == {"new": 1, "update": 0, "same": 1, "undecided": 0, "broken": 1, "left_out": 0}
    assert [draft for _, draft in plan.to_insert()] == [program("A")]


def test_the_catalogue_number_finds_a_renamed_program() -> None:
    old, new = program("Old name", external_id="7"), program("New name", external_id="7")
    plan = plan_against(parsed(new), [imported(1, old)])
    assert kinds(plan) == ["update"]
    assert plan.rows[0].changes == (("name", "Old name", "New name"),)


def test_another_number_of_the_same_issuer_is_another_record() -> None:
    assert against(program("A", external_id="7"), program("A", external_id="8"))[0] == "new"
    url = "https://a.example/x"
    assert against(program("A", external_id="7", url=url), program("A", external_id="8", url=url))[0] == "new"


def test_a_number_without_an_issuer_proves_nothing() -> None:
    kind, reason, found = against(program("Pottery", "", external_id="7"), program("Physics", "", external_id="7"))
    assert (kind, reason, found) == ("undecided", "has the number of “Physics”", 100)
    assert against(program("Physics", "", external_id="7"), program("Physics", "", external_id="7"))[0] == "same"


def test_address_and_title_find_a_record_of_another_issuer_name() -> None:
    url = "https://a.example/x"
    assert against(program("A", "Acme Inc", url=url + "?utm_source=q"), program("A", "Other", url=url))[0] == "same"


def test_one_address_with_two_titles_is_undecided() -> None:
    url = "https://a.example/x"
    assert against(program("Part", url=url), program("Whole", url=url)) == (
        "undecided", "has the address of “Whole”", 100
    )  # fmt: skip
    plan = plan_against(parsed(program("Whole", url=url), program("Part", url=url)), [])
    assert kinds(plan) == ["new", "undecided"]
    assert plan.rows[1].reason == "has the link of line 2 and another title"


def test_an_address_that_many_titles_share_identifies_none() -> None:
    drafts = [program(name, url="https://a.example/all") for name in ("A", "B", "C", "D")]
    assert kinds(plan_against(parsed(*drafts), [])) == ["new"] * 4
    front = [program(name, url="https://a.example/") for name in ("A", "B")]
    assert kinds(plan_against(parsed(*front), [])) == ["new"] * 2


def test_a_title_finds_its_record_through_dashes_codes_and_issuer_forms() -> None:
    old = program("AWS Certified Architect – Associate (SAA-C03)", "Amazon Web Services (AWS)")
    assert against(program("aws certified architect - associate SAA-C03", "Amazon Web Services"), old)[0] == "same"
    by_code = program("AWS Certified Architect – Associate", "Amazon Web Services", human_code="SAA-C03")
    assert against(by_code, old)[0] == "update"
    assert against(program("AWS Certified Architect – Associate", "Amazon Web Services"), old) == (
        "undecided", "looks like “AWS Certified Architect – Associate (SAA-C03)”, 100% alike", 100
    )  # fmt: skip


def test_aliases_of_issuers() -> None:
    old = program("Architect", "Amazon Web Services")
    assert against(program("Architect", "AWS"), old)[0] == "new"
    assert against(program("Architect", "AWS"), old, aliases={"AWS": "Amazon Web Services"})[0] == "same"


def test_near_titles_are_undecided_and_far_ones_new() -> None:
    old = program("Certified Kubernetes Security Specialist")
    kind, reason, found = against(program("Certified Kubernetes Security Speciallist"), old)
    assert (kind, found) == ("undecided", 100)
    assert reason.startswith("looks like “Certified Kubernetes Security Specialist”, 9")
    assert against(program("Certified Kubernetes Administrator"), old)[0] == "new"
    assert against(program("Certified Kubernetes Security Speciallist", "Other"), old)[0] == "new"
    assert against(program("Azure Administrators AZ-204"), program("Azure Administrator AZ-104"))[0] == "new"
    assert against(program("Spanish for beginners part 2"), program("Spanish for beginners part 1"))[0] == "new"


def test_a_shared_code_is_compared_beyond_the_first_word() -> None:
    old = program("Azure Administrator Associate Certification AZ-104")
    assert against(program("The Azure Administrator Associate Certification AZ-104"), old)[0] == "undecided"


def test_the_month_of_the_award_keeps_renewals_apart() -> None:
    old = credential("CKA", awarded_on=PartialDate("2021-05-14"))
    assert against(credential("CKA", awarded_on=PartialDate("2024-05")), old)[0] == "new"
    assert against(credential("CKA", awarded_on=PartialDate("2021-05")), old)[0] == "same"
    assert against(credential("CKA"), old)[0] == "undecided"


def test_the_licence_number_finds_a_credential() -> None:
    old = credential("CKA", license_number="X1", awarded_on=PartialDate("2021"))
    row = plan_against(
        parsed(credential("CKA", license_number="x1", awarded_on=PartialDate("2021-05-14"))), [imported(3, old)]
    ).rows[0]
    assert row.kind is RowKind.UPDATE
    assert ("awarded_on", PartialDate("2021"), PartialDate("2021-05-14")) in row.changes


def test_updates_fill_and_change_only_what_the_file_states() -> None:
    old = program(
        "A", price=Money(100, "EUR"), level="High", skill_names=("SQL",), description="text", url="https://a.example/x"
    )
    new = program(
        "A", price=Money(200, "EUR"), skill_names=("sql", "Go"), url="http://a.example/x/?trk=1", valid_for="P1Y"
    )
    row = plan_against(parsed(new), [imported(1, old)]).rows[0]
    assert {name: value for name, _, value in row.changes} == {
        "price": Money(200, "EUR"),
        "skill_names": ("SQL", "Go"),
        "valid_for": "P1Y",
    }


def test_a_vaguer_date_never_replaces_an_exact_one() -> None:
    old = credential(
        "A", license_number="1", awarded_on=PartialDate("2024-05-14"), valid_until=PartialDate("2027-05-14")
    )
    new = credential("A", license_number="1", awarded_on=PartialDate("2024-05"), valid_until=PartialDate("2027-06"))
    row = plan_against(parsed(new), [imported(1, old)]).rows[0]
    assert row.changes == (("valid_until", PartialDate("2027-05-14"), PartialDate("2027-06")),)


def test_keep_changes_nothing() -> None:
    plan = plan_against(parsed(program("A", level="x")), [imported(1, program("A"))], on_duplicate="keep")
    assert kinds(plan) == ["same"]
    assert plan.rows[0].reason == "already here"
    assert not list(plan.to_update())


def test_two_rows_do_not_pull_one_record_apart() -> None:
    old = program("A", external_id="7")
    plan = plan_against(parsed(program("B", external_id="7", level="x"), program("A")), [imported(1, old)])
    assert kinds(plan) == ["update", "undecided"]
    assert plan.rows[0].changes == (("level", "", "x"),)
    assert plan.rows[1].reason == "also fits “A”, like line 2"


def _asked(*drafts: Draft) -> list[tuple[str, str]]:
    return [(row.kind.value, row.reason) for row in plan_against(parsed(*drafts), []).rows]


@pytest.mark.parametrize(
    ("first", "second", "shared", "difference"),
    [
        (program("A", url="https://a.example/1"), program("A", url="https://a.example/2"), "title", "link"),
        (credential("A", license_number="1"), credential("A", license_number="2"), "title", "number"),
        (program("A", "", external_id="1"), program("B", "", external_id="1"), "number", "title"),
        (credential("A", external_id="urn:1"), credential("A", external_id="urn:2"), "title", "id"),
        (credential("A", external_id="urn:1"), credential("A", "B", external_id="urn:1"), "title", "issuer"),
        (credential("A", license_number="1"), credential("B", license_number="1"), "number", "title"),
        (
            credential("A", license_number="1", awarded_on=PartialDate("2021-02")),
            credential("A", license_number="1", awarded_on=PartialDate("2024-02")),
            "title", "date",
        ),
        (
            credential("A", "", exam_on=PartialDate("2027-01-01")),
            credential("A", "", exam_on=PartialDate("2027-02-01")),
            "title", "exam date",
        ),
    ],
)  # fmt: skip
def test_rows_of_one_file_that_state_different_things_are_asked_about(
    first: Draft, second: Draft, shared: str, difference: str
) -> None:
    reason = f"has the {shared} of line 2 and another {difference}"
    assert _asked(first, second) == [("new", ""), ("undecided", reason)]
    assert _asked(first, second, first, second)[2:] == [("same", "repeats line 2"), ("same", "repeats line 3")]
    plan = plan_against(parsed(first, second), [])
    assert len(list(decide(plan, 1, "new").to_insert())) == 2


def test_two_numbers_of_a_catalogue_are_two_programs() -> None:
    for issuer in ("", "Acme"):
        rows = (program("A", issuer, external_id="1"), program("A", issuer, external_id="2"))
        assert [kind for kind, _ in _asked(*rows)] == ["new", "new"]


def test_what_all_rows_of_a_thing_state_tells_it_from_others() -> None:
    with_link = program("A", url="https://a.example/1")
    other = program("A", url="https://a.example/2")
    assert [kind for kind, _ in _asked(program("A"), with_link, other)] == ["new", "same", "undecided"]


def test_what_was_decided_to_be_new_is_found_again() -> None:
    file = parsed(program("A", url="https://a.example/1"), program("A", url="https://a.example/2", level="x"))
    records = apply(decide(plan_against(file, []), 1, "new"), [])
    assert len(records) == 2
    assert [row.existing_id for row in plan_against(file, records, import_id=IMPORT_ID).rows] == [1, 2]
    assert kinds(plan_against(file, records, import_id=IMPORT_ID)) == ["same", "same"]


def _proposal(draft: Draft, *existing: Draft) -> tuple[str, str, int | None, tuple[str, ...]]:
    records = [imported(number, one) for number, one in enumerate(existing, 100)]
    row = plan_against(parsed(draft), records).rows[0]
    return row.kind.value, row.reason, row.existing_id, possible_decisions(row)


_BOTH = ("new", "update", "skip")
MAY = PartialDate("2024-05")


@pytest.mark.parametrize(
    ("row", "known", "reason"),
    [
        (credential("A", awarded_on=MAY, level="x"), credential("A", awarded_on=MAY), "same title, issuer and month"),
        (credential("A", "", awarded_on=MAY, level="x"), credential("A", "", awarded_on=MAY), "same title and month"),
        (credential("A", level="x"), credential("A"), "same title and issuer"),
        (credential("A", "", level="x"), credential("A", ""), "same title"),
        (credential("A", awarded_on=MAY), credential("A"), "same title and issuer"),
        (credential("A", awarded_on=MAY), credential("A", awarded_on=PartialDate("2024")), "same title and issuer"),
        (program("A", level="x"), program("A"), "same title and issuer"),
        (program("A", "B", url="https://a.example/1", level="x"), program("A", url="https://a.example/1"), "same link"),
    ],
)  # fmt: skip
def test_what_is_likely_is_proposed_with_its_reason(row: Draft, known: Draft, reason: str) -> None:
    assert _proposal(row, known) == ("update", f"{reason} as “A”, 100% alike", 100, _BOTH)
    plan = plan_against(parsed(row), [imported(100, known)])
    assert plan.rows[0].is_proposed
    assert [one for _, one, _ in plan.to_update()] == [100]
    assert not list(decide(plan, 0, "new").to_update())
    assert len(list(decide(plan, 0, "new").to_insert())) == 1


def test_what_is_likely_may_lack_its_exam_code() -> None:
    row = credential("Architect – Associate", awarded_on=MAY, level="x")
    known = credential("Architect - Associate (SAA-C03)", awarded_on=MAY)
    assert _proposal(row, known) == (
        "update",
        "same title, issuer and month as “Architect - Associate (SAA-C03)”, 100% alike without the exam code",
        100,
        _BOTH,
    )


def test_what_is_certain_is_not_proposed() -> None:
    known = credential("A", license_number="1", external_id="urn:1", awarded_on=MAY)
    for row in (credential("B", license_number="1"), credential("B", external_id="urn:1", awarded_on=MAY)):
        assert _proposal(row, known) == ("update", "", 100, ("update", "skip"))


def test_what_is_certain_is_found_for_all_rows_before_what_is_likely() -> None:
    known = credential("A", license_number="1", awarded_on=MAY)
    likely, certain = credential("A", awarded_on=MAY, level="x"), credential("B", license_number="1", level="y")
    for rows in ((likely, certain), (certain, likely)):
        plan = plan_against(parsed(*rows), [imported(100, known)])
        found = {row.draft: (row.kind.value, row.existing_id) for row in plan.rows}
        assert found == {certain: ("update", 100), likely: ("undecided", 100)}


def test_a_renewal_is_not_taken_for_the_record_without_a_date_once_another_row_is() -> None:
    first, second = credential("A", awarded_on=PartialDate("2021-05")), credential("A", awarded_on=MAY)
    plan = plan_against(parsed(first, second), [imported(100, credential("A"))])
    assert sorted(kinds(plan)) == ["new", "update"]


def test_what_the_person_entered_in_a_likely_record_may_also_be_something_else() -> None:
    row = credential("A", awarded_on=MAY, level="x")
    plan = plan_against(parsed(row), [record(7, credential("A", awarded_on=MAY, level="y"))])
    assert plan.rows[0].reason == "same title, issuer and month as “A”, 100% alike; you entered the level yourself"
    assert possible_decisions(plan.rows[0]) == _BOTH


def test_an_id_of_another_issuer_or_a_title_with_another_id_is_asked_about() -> None:
    known = credential("A", external_id="urn:1", awarded_on=MAY)
    assert _proposal(credential("A", "Other", external_id="urn:1"), known) == (
        "undecided", "has the id of “A”, which another issuer gave", 100, _BOTH
    )  # fmt: skip
    assert _proposal(credential("A", external_id="urn:2", awarded_on=MAY), known) == (
        "undecided", "has the title of “A” and another id", 100, _BOTH
    )  # fmt: skip


UUID = "6a1b2c3d-0000-4111-8222-123456789abc"


@pytest.mark.parametrize(
    ("row", "known"),
    [
        (f"https://www.credly.com/badges/{UUID}/public_url", f"https://www.youracclaim.com/badges/{UUID}"),
        (f"https://www.credly.com/badges/{UUID}", f"https://api.credly.com/v1/obi/v2/badge_assertions/{UUID}"),
        (
            "https://www.coursera.org/verify/AB12CD34EF56",
            "https://www.coursera.org/account/accomplishments/certificate/AB12CD34EF56",
        ),
    ],
)
def test_a_platform_s_id_is_certain_in_any_address(row: str, known: str) -> None:
    plan = plan_against(
        parsed(credential("Other name", "Other", verification_url=row)),
        [imported(100, credential("A", external_id=known))],
    )
    assert [(one.kind.value, one.reason, one.existing_id) for one in plan.rows] == [("update", "", 100)]


@pytest.mark.parametrize("same", ["urn:uuid:6a1b2c3d-0000-4111-8222-123456789abc", "https://badges.example/a/1"])
@pytest.mark.parametrize("title", ["A", "Totally other"])
def test_a_badge_with_the_id_of_another_issuer_s_badge_is_asked_about(same: str, title: str) -> None:
    link = same if same.startswith("https") else ""
    plan = plan_against(
        parsed(credential(title, "Evil Corp", external_id=same, verification_url=link)),
        [imported(100, credential("A", external_id=same, verification_url=link))],
    )
    assert [(one.kind, one.reason) for one in plan.rows] == [
        (RowKind.UNDECIDED, "has the id of “A”, which another issuer gave")
    ]


def test_a_learner_s_id_in_the_number_column_makes_no_two_awards_one() -> None:
    learner = "1b4e28ba-2fa1-11d2-883f-0016d3cca427"
    plan = plan_against(
        parsed(credential("Scrum Master", "Scrum Alliance", license_number=learner)),
        [imported(100, credential("Cloud Practitioner", "AWS", license_number=learner))],
    )
    assert plan.rows[0].kind is RowKind.UNDECIDED


def test_decisions() -> None:
    old = program("Certified Kubernetes Security Specialist", level="x")
    near = program("Certified Kubernetes Security Speciallist", level="y")
    plan = plan_against(parsed(near, program("Z"), None), [record(5, old)])
    assert plan.rows[0].action == "skip"
    assert [index for index, _ in plan.to_insert()] == [1]
    assert [index for index, _ in decide(plan, 0, "new").to_insert()] == [0, 1]
    ((index, record_id, changes),) = decide(plan, 0, "update").to_update()
    assert (index, record_id) == (0, 5)
    assert {name for name, _, _ in changes} == {"name", "level"}
    assert not list(decide(plan, 1, "skip").to_insert())
    for row, decision in ((1, "update"), (2, "new"), (9, "skip"), (-1, "skip")):
        with pytest.raises(UsageError):
            decide(plan, row, decision)  # pyright: ignore[reportArgumentType]


def test_a_row_without_a_record_cannot_be_decided_as_update() -> None:
    url = "https://a.example/x"
    plan = plan_against(parsed(program("Whole", url=url), program("Part", url=url)), [])
    with pytest.raises(UsageError):
        decide(plan, 1, "update")
    assert len(list(decide(plan, 1, "new").to_insert())) == 2


def test_a_whole_library_is_not_planned() -> None:
    with pytest.raises(UsageError):
        plan_against(ParsedFile(format="library_json", kind="library", contents=LibraryContents()), [])


_few = st.sampled_from
_programs = st.builds(
    ProgramDraft,
    name=_few(("A", "a", "A (AB-100)", "Cloud Basics", "Cloud Basic", "Cloud Basics 2", "B")),
    issuer_name=_few(("", "Acme", "Acme Inc", "Other")),
    human_code=_few(("", "AB-100")),
    external_id=_few(("", "1", "2")),
    url=_few(("", "https://a.example/1", "http://a.example/1?trk=2", "https://a.example/2", "https://a.example")),
    level=_few(("", "x", "y")),
    price=_few((None, Money(1, "EUR"), Money(2, "EUR"))),
    skill_names=_few(((), ("SQL",), ("sql", "Go"))),
    checked_on=_few((None, PartialDate("2024"), PartialDate("2024-05"), PartialDate("2025"))),
)
_credentials = st.builds(
    CredentialDraft,
    title=_few(("A", "A (AB-100)", "Cloud Basics", "Cloud Basic")),
    issuer_name=_few(("", "Acme", "Other")),
    license_number=_few(("", "1", "2")),
    verification_url=_few(("", "https://a.example/1", "https://a.example/2")),
    awarded_on=_few(
        (None, PartialDate("2024"), PartialDate("2024-05"), PartialDate("2024-05-14"), PartialDate("2025-01"))
    ),
    stage=_few((None, Stage.EARNED, Stage.PLANNED)),
    notes=_few(("", "x")),
)


_formats = _few(("table", "linkedin_certifications", "badge"))
# What filled a field of a record: nobody but the person (None), or an earlier import of some rank.
_fillings = st.lists(_few((None, None, (1, 1), (1, 2), (2, 3), (4, 4))), min_size=30, max_size=30)


_one_award = st.builds(
    CredentialDraft,
    title=_few(("A", "A (AB-100)")),
    issuer_name=_few(("Acme", "Acme Inc")),
    license_number=_few(("", "1")),
    verification_url=_few(("", "https://a.example/1", "https://a.example/2", "https://a.example/3")),
    awarded_on=_few((PartialDate("2024-05"), PartialDate("2024-05-14"))),
    notes=_few(("", "x", "y")),
    level=_few(("", "x", "y")),
)


@st.composite
def _known(draw: st.DrawFn, drafts: st.SearchStrategy[Draft]) -> list[ExistingRecord]:
    found: list[ExistingRecord] = []
    for number, draft in enumerate(draw(st.lists(drafts, max_size=4)), 100):
        fillings = zip(draft_fields(type(draft)), draw(_fillings), strict=False)
        found.append(record(number, draft, {name: one for name, one in fillings if one and getattr(draft, name)}))
    return found


def check_twice(file: ParsedFile, existing: Sequence[ExistingRecord]) -> None:
    first = plan_against(file, existing)
    assert len(first.rows) == len(file.rows) == sum(first.counts.values())
    after = apply(first, existing)
    for before, now in zip(existing, after, strict=False):
        for name, old in before.values.items():
            is_entered = old not in (None, "", ()) and name not in before.filled_by
            if is_entered and name not in ("skill_names", "notes") and not isinstance(old, PartialDate):
                assert now.values[name] == old
    second = plan_against(file, after, import_id=IMPORT_ID)
    assert second.counts[RowKind.NEW] == 0, [row for row in second.rows if row.kind is RowKind.NEW]
    assert second.counts[RowKind.UPDATE] == 0, [row for row in second.rows if row.kind is RowKind.UPDATE]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.none() | _programs, max_size=7), _known(_programs), _formats)
def test_importing_programs_twice_changes_nothing(
    drafts: list[ProgramDraft | None], existing: list[ExistingRecord], format_name: str
) -> None:
    check_twice(parsed(*drafts, format_name=format_name), existing)


@settings(max_examples=150, deadline=None)
@given(st.lists(_credentials, max_size=7), _known(_credentials), _formats)
def test_importing_credentials_twice_changes_nothing(
    drafts: list[CredentialDraft], existing: list[ExistingRecord], format_name: str
) -> None:
    check_twice(parsed(*drafts, format_name=format_name), existing)


@settings(max_examples=150, deadline=None)
@given(st.data(), st.lists(_credentials, max_size=6), _known(_credentials))
def test_in_which_order_rows_come_does_not_matter_for_which_records_are_found(
    data: st.DataObject, drafts: list[CredentialDraft], existing: list[ExistingRecord]
) -> None:
    plan = plan_against(parsed(*drafts), existing)
    # Which row is the first of several that are one thing may matter: what it leaves out the others may say.
    unique = [row.draft for row in plan.rows if not row.reason.startswith("repeats")]
    other = data.draw(st.permutations(unique))
    found = [
        {row.existing_id for row in one.rows if row.kind in {RowKind.UPDATE, RowKind.SAME} or row.entered}
        for one in (plan_against(parsed(*unique), existing), plan_against(parsed(*other), existing))
    ]
    assert found[0] == found[1]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(_one_award, _formats), max_size=4))
def test_files_of_one_award_each_come_once(files: list[tuple[CredentialDraft, str]]) -> None:
    records: list[ExistingRecord] = []
    for number, (draft, format_name) in enumerate(files, 1):
        plan = plan_against(parsed(draft, format_name=format_name), records)
        records = apply(plan, records, number)
    assert len(records) == min(len(files), 1)
    for number, (draft, format_name) in enumerate(files, 1):
        again = plan_against(parsed(draft, format_name=format_name), records, import_id=number)
        assert [row.kind for row in again.rows] == [RowKind.SAME], again.rows


@pytest.mark.benchmark
def test_a_hundred_thousand_rows_are_planned_quickly() -> None:
    drafts = [program(f"Program {at}", f"Issuer {at % 300}", url=f"https://a.example/{at}") for at in range(100_000)]
    file = parsed(*drafts)
    existing = [record(number, draft) for number, draft in enumerate(drafts, 1)]
    for known in ([], existing):
        start = time.perf_counter()
        plan_against(file, known)
        seconds = time.perf_counter() - start
        print(f"100,000 rows against {len(known):,} records: {seconds:.2f} s")
        assert seconds < 15


@pytest.mark.benchmark
def test_a_hundred_thousand_rows_are_read_quickly() -> None:
    lines = [
        f"Program {at},Issuer {at % 300},https://a.example/{at},{at % 900}.00 EUR,{at % 80},Low"
        for at in range(100_000)
    ]
    data = "\n".join(["title,provider,url,price,hours,level", *lines]).encode()
    start = time.perf_counter()
    file = parse_file(data, "x.csv")
    seconds = time.perf_counter() - start
    print(f"100,000 rows read: {seconds:.2f} s")
    assert sum(row.draft is not None for row in file.rows) == 100_000
    assert seconds < 15
