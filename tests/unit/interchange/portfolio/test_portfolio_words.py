from datetime import date

import pytest

from learnpath.domain.dates import PartialDate
from learnpath.domain.records import Credential, EvidenceRole, Stage
from learnpath.domain.status import Status
from learnpath.interchange.portfolio import words

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("text", "expected"), [("2024", "2024"), ("2024-05", "May 2024"), ("2024-05-04", "4 May 2024")]
)
def test_a_date_says_no_more_than_is_known(text: str, expected: str) -> None:
    assert words.date_words(PartialDate(text)) == expected


def test_unknown_dates() -> None:
    assert words.issued_words(None) == ""
    assert words.validity_words(None) == "No expiry date"
    assert words.validity_words(PartialDate("2027-01")) == "Valid until Jan 2027"


@pytest.mark.parametrize(
    ("stage", "exam", "target", "expected"),
    [
        (Stage.BOOKED, "2027-02-27", "2027-03", "in progress, exam 27 Feb 2027"),
        (Stage.BOOKED, "2026-11-20", "", "in progress, result of the exam on 20 Nov 2026 not recorded yet"),
        (Stage.BOOKED, "2026-11-21", "", "in progress, exam 21 Nov 2026"),
        (Stage.ENROLLED, "", "2027-02", "in progress, expected Feb 2027"),
        (Stage.ENROLLED, "", "2026-10", "in progress"),
        (Stage.PLANNED, "", "2027", "planned, expected 2027"),
        (Stage.PLANNED, "", "", "planned"),
    ],
)
def test_what_is_not_earned_never_reads_as_earned(stage: Stage, exam: str, target: str, expected: str) -> None:
    credential = Credential(
        title="x",
        stage=stage,
        exam_on=PartialDate(exam) if exam else None,
        target_on=PartialDate(target) if target else None,
    )
    assert words.progress_words(credential, TODAY) == expected


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (Status.ACTIVE, "valid"),
        (Status.RENEWABLE, "valid"),
        (Status.EXPIRING, "valid"),
        (Status.GRACE, "expired, renewal still possible"),
        (Status.EXPIRED, "expired"),
        (Status.REVOKED, "revoked 3 Feb 2025"),
        (Status.LET_GO, "no longer kept up"),
    ],
)
def test_states_in_words(status: Status, expected: str) -> None:
    credential = Credential(title="x", stage=Stage.EARNED, revoked_on=PartialDate("2025-02-03"))
    assert words.status_words(credential, status) == expected


@pytest.mark.parametrize(
    ("roles", "has_address", "shows_address", "expected"),
    [
        ([EvidenceRole.BADGE, EvidenceRole.CERTIFICATE], True, True, "certificate on file"),
        ([EvidenceRole.SCORE_REPORT], False, True, "score report on file"),
        ([], True, True, "verification link"),
        ([], True, False, "verification link on request"),
        ([], False, True, "self-declared"),
    ],
)
def test_a_claim_names_its_strongest_proof(
    roles: list[EvidenceRole], has_address: bool, shows_address: bool, expected: str
) -> None:
    assert words.claim_words(roles, has_address=has_address, shows_address=shows_address) == expected


def test_counts_agree_with_their_nouns() -> None:
    assert words.counted(1, "step", "steps") == "1 step"
    assert words.counted(0, "step", "steps") == "0 steps"
