from dataclasses import replace

import pytest
from tests.library_fixtures import TODAY, add, earned, planned

from learnpath.domain.dates import PartialDate
from learnpath.domain.money import Money
from learnpath.domain.records import (
    CostLine,
    Credential,
    Issuer,
    Path,
    PathStep,
    Program,
    Skill,
    Stage,
    StudySession,
    Tag,
)
from learnpath.domain.status import Status
from learnpath.errors import UsageError
from learnpath.services import credentials, paths, study
from learnpath.services.credential_details import credential_details
from learnpath.services.credentials import CredentialForm, find_mistakes, read_form, save_credential, with_validity
from learnpath.services.programs import ProgramForm, save_program
from learnpath.storage.library import Library


def _labels(library: Library) -> list[str]:
    return [entry.label for entry in library.history()]


def test_a_form_is_stored_and_read_back(library: Library) -> None:
    form = CredentialForm(
        credential=planned("  Guild \n exam "),
        issuer_name=" Cloud  Guild ",
        skill_names=("IAM", "threat models", "iam", " "),
        tag_names=("Work",),
    )
    outcome = save_credential(library, form)

    assert outcome.change is not None
    assert outcome.change.kinds == {"credential", "issuer", "skill", "tag"}
    assert read_form(library, outcome.value.id) == CredentialForm(
        credential=outcome.value, issuer_name="Cloud Guild", skill_names=("IAM", "threat models"), tag_names=("Work",)
    )
    assert outcome.value.title == "Guild exam"
    assert _labels(library) == ["Add Guild exam"]


def test_saving_again_edits_and_saving_the_same_changes_nothing(library: Library) -> None:
    one = add(library, planned("A"), "Guild", ("IAM",))
    form = read_form(library, one.id)
    assert save_credential(library, form).change is None

    edited = save_credential(library, replace(form, credential=replace(one, title="B"), issuer_name="", skill_names=()))
    assert edited.value == replace(one, title="B", issuer_id=None, skill_ids=())
    assert library.all(Credential) == [edited.value]
    assert _labels(library) == ["Edit B", "Add A"]
    assert len(library.all(Issuer)) == len(library.all(Skill)) == 1


def test_saving_what_was_removed_meanwhile_is_refused(library: Library) -> None:
    form = read_form(library, add(library, planned("A")).id)
    _ = library.undo()
    with pytest.raises(UsageError, match="removed meanwhile"):
        _ = save_credential(library, replace(form, issuer_name="New"))
    assert library.all(Issuer) == []


def test_names_are_found_whatever_their_case_form_or_alias(library: Library) -> None:
    with library.change("Issuer") as change:
        guild = change.insert(Issuer(name="Felhő Céh", aliases=("Cloud Guild", "Other")))
        other = change.insert(Issuer(name="Other"))
    for name, found in {
        "felhő céh": guild,
        "Felho\u030b Ce\u0301h": guild,
        "CLOUD  guild": guild,
        "other": other,
    }.items():
        assert add(library, planned("A"), name).issuer_id == found.id
    assert len(library.all(Issuer)) == 2


@pytest.mark.parametrize(
    ("credential", "mistakes"),
    [
        (planned("A"), set()),
        (planned(" "), {"title"}),
        (Credential(title="A", stage=Stage.EARNED), {"awarded_on"}),
        (Credential(title="A", stage=Stage.BOOKED), {"exam_on"}),
        (earned("A", "2025-03", "2025"), set()),
        (earned("A", "2025-03", "2025-03-01"), set()),
        (earned("A", "2025-03", "2025-02"), {"valid_until"}),
        (planned("A", valid_for="P3Y"), set()),
        (planned("A", valid_for="three years"), {"valid_for"}),
        (planned("A", verification_url="https://example.org/x"), set()),
        (planned("A", verification_url="example.org"), {"verification_url"}),
        (planned("A", verification_url="https:"), {"verification_url"}),
        (planned("A", verification_url="javascript:alert(1)"), {"verification_url"}),
        (planned("A", verification_url="http://[::1"), {"verification_url"}),
        (planned("A", exam_time="09:30", exam_zone="Europe/Budapest"), set()),
        (planned("A", exam_time="24:00"), {"exam_time"}),
        (planned("A", exam_time="T0930"), {"exam_time"}),
        (planned("A", exam_time="0930Z"), {"exam_time"}),
        (planned("A", exam_time="9:30"), {"exam_time"}),
        (planned("A", exam_zone="Budapest"), {"exam_zone"}),
        (planned("A", estimated_minutes=0), set()),
        (planned("A", estimated_minutes=-1), {"estimated_minutes"}),
    ],
)
def test_mistakes_are_found_and_nothing_is_stored(library: Library, credential: Credential, mistakes: set[str]) -> None:
    form = CredentialForm(credential=credential)
    found = find_mistakes(form)
    assert set(found) == mistakes
    assert all(sentence.endswith(".") for sentence in found.values())
    if mistakes:
        with pytest.raises(UsageError):
            _ = save_credential(library, form)
        assert library.history() == []


@pytest.mark.parametrize(
    ("awarded", "term", "until"),
    [
        ("2024-02-29", "P1Y", "2025-02-28"),
        ("2024-05", "P3Y", "2027-05"),
        ("2024", "P2Y", "2026"),
        ("2024-12-31", "P2M", "2025-02-28"),
        ("2024-05-14", "P180D", "2024-11-10"),
        ("2024-05-14", "", None),
        ("2024-05-14", "for ever", None),
        ("2024-05-14", "P9999Y", None),
        ("2024-05-14", "P7975Y300D", None),
    ],
)
def test_the_term_gives_the_end_as_exactly_as_the_award_is_known(awarded: str, term: str, until: str | None) -> None:
    ends = with_validity(earned("A", awarded, valid_for=term)).valid_until
    assert (str(ends) if ends else None) == until


def test_the_term_gives_no_end_to_what_has_one_or_is_not_earned() -> None:
    known = earned("A", "2024", "2030", valid_for="P1Y")
    assert with_validity(known) is known
    ahead = planned("A", valid_for="P1Y", awarded_on=PartialDate("2024"))
    assert with_validity(ahead) is ahead
    undated = Credential(title="A", stage=Stage.EARNED, valid_for="P1Y")
    assert with_validity(undated) is undated


def test_marking_as_earned_takes_the_term_of_the_program(library: Library) -> None:
    program = save_program(library, ProgramForm(program=Program(name="P", valid_for="P3Y"))).value
    one = add(library, planned("A", program_id=program.id, let_go_reason="x"))
    two = add(library, planned("B"))

    outcome = credentials.mark_earned(library, [one.id, two.id], PartialDate("2026-11-20"))

    assert [each.valid_until for each in outcome.value] == [PartialDate("2029-11-20"), None]
    assert library.all(Credential) == outcome.value
    assert {each.stage for each in outcome.value} == {Stage.EARNED}
    assert outcome.value[0].let_go_reason == ""
    assert _labels(library)[0] == "Mark 2 credentials as earned"
    _ = credentials.mark_earned(library, [two.id], PartialDate("2026"))
    assert _labels(library)[0] == "Mark B as earned"


def test_letting_go_keeps_the_reason_until_it_is_taken_up_again(library: Library) -> None:
    one = add(library, planned("Plan {A}"))
    _ = credentials.set_stage(library, [one.id], Stage.LET_GO, reason="no time")
    assert library.get(Credential, one.id).let_go_reason == "no time"
    assert _labels(library)[0] == "Set Plan {A} to let go"
    _ = credentials.set_stage(library, [one.id], Stage.PLANNED, reason="no time")
    assert library.get(Credential, one.id).let_go_reason == ""


def test_a_stage_that_needs_a_date_is_refused_without_it(library: Library) -> None:
    one = add(library, planned("A"))
    two = add(library, planned("B", exam_on=PartialDate("2027-01-15"), awarded_on=PartialDate("2026")))
    with pytest.raises(UsageError, match="A: Enter when you earned it"):
        _ = credentials.set_stage(library, [two.id, one.id], Stage.EARNED)
    with pytest.raises(UsageError, match="A: Enter the day of the exam"):
        _ = credentials.set_stage(library, [two.id, one.id], Stage.BOOKED)
    assert library.all(Credential) == [one, two]
    assert credentials.set_stage(library, [two.id], Stage.BOOKED).value[0].stage is Stage.BOOKED
    assert credentials.set_stage(library, [two.id], Stage.EARNED).value[0].stage is Stage.EARNED


def test_deleting_takes_what_belongs_to_it_and_leaves_what_points_at_it(library: Library) -> None:
    one, two = add(library, planned("A")), add(library, planned("B"))
    _ = study.save_cost(library, CostLine(credential_id=one.id, price=Money(100, "EUR")))
    _ = study.log_study(library, 30, TODAY, credential_id=one.id)
    path = paths.save_path(library, Path(title="Way")).value
    _ = paths.add_steps(library, path.id, credential_ids=[one.id])
    before = library.contents()

    assert credentials.delete_credentials(library, [one.id, 5]).value == 1
    assert library.all(Credential) == [two]
    assert library.all(CostLine) == []
    assert [(step.title, step.credential_id) for step in library.all(PathStep)] == [("A", None)]
    assert [session.credential_id for session in library.all(StudySession)] == [None]
    assert _labels(library)[0] == "Delete A"
    _ = library.undo()
    assert library.contents() == before
    assert credentials.delete_credentials(library, [one.id, two.id]).value == 2
    assert _labels(library)[0] == "Delete 2 credentials"


def test_details_gather_everything_around_a_credential(library: Library) -> None:
    program = save_program(library, ProgramForm(program=Program(name="P"))).value
    form = CredentialForm(
        credential=earned(
            "A", "2025-01-20", "2027-01-20", program_id=program.id, renewal_opens_days=180, grace_days=30
        ),
        issuer_name="Guild",
        skill_names=("Z", "A"),
        tag_names=("work",),
    )
    one = save_credential(library, form).value
    cost = study.save_cost(library, CostLine(credential_id=one.id, price=Money(100, "EUR"))).value
    for minutes in (30, 15):
        _ = study.log_study(library, minutes, TODAY, credential_id=one.id)
    path = paths.save_path(library, Path(title="Way")).value
    _ = paths.add_steps(library, path.id, credential_ids=[add(library, planned("B")).id])
    _ = paths.add_steps(library, path.id, program_ids=[program.id])

    details = credential_details(library, one.id, TODAY)

    assert details.credential == one
    assert details.status is Status.EXPIRING
    assert details.issuer == library.all(Issuer)[0]
    assert details.program == program
    assert [skill.name for skill in details.skills] == ["Z", "A"]
    assert details.tags == tuple(library.all(Tag))
    assert details.costs == (cost,)
    assert details.evidence == ()
    assert details.study_minutes == 45
    assert [(each.title, each.number, each.steps) for each in details.paths] == [("Way", 2, 2)]
    assert [str(each.on) for each in details.deadlines] == ["2027-01-20"]
    assert (str(details.renewal_opens_on), str(details.last_renewal_day)) == ("2026-07-24", "2027-02-19")
    with pytest.raises(UsageError):
        _ = credential_details(library, 1, TODAY)
