"""What states, kinds and dates of credentials are called, and which chip they get."""

from dataclasses import replace
from datetime import date

import pytest

from learnpath.domain.dates import PartialDate
from learnpath.domain.listing import CredentialRow
from learnpath.domain.records import AchievementType, Stage
from learnpath.domain.status import Status
from learnpath.gui.widgets.record_wording import ahead_text, kind_text, stage_text, status_kind, status_text

TODAY = date(2026, 11, 21)
ROW = CredentialRow(
    id=1,
    title="A",
    issuer="",
    human_code="",
    kind=AchievementType.COURSE,
    stage=Stage.EARNED,
    status=Status.ACTIVE,
    awarded_on=PartialDate("2025"),
    valid_until=None,
    next_date=None,
    estimated_minutes=None,
    license_number="",
    verification_url="",
    proof_count=0,
    program_id=None,
)


@pytest.mark.parametrize(
    ("until", "status", "text", "kind"),
    [
        ("2026-12-02", Status.EXPIRING, "Expires in 11 days", "warn"),
        ("2026-11-28", Status.EXPIRING, "Expires in 7 days", "bad"),
        ("2026-11-22", Status.EXPIRING, "Expires tomorrow", "bad"),
        ("2026-11-21", Status.EXPIRING, "Expires today", "bad"),
        ("2026-11-13", Status.GRACE, "Grace: 12 days left", "warn"),
        ("2026-11-03", Status.GRACE, "Grace: 2 days left", "bad"),
        ("2026-11-01", Status.GRACE, "Grace: last days", "bad"),
        ("2026-01-01", Status.EXPIRED, "Expired", "bad"),
    ],
)
def test_an_end_that_is_near(until: str, status: Status, text: str, kind: str) -> None:
    row = replace(ROW, valid_until=PartialDate(until), status=status, grace_days=20)
    assert (status_text(row, TODAY), status_kind(row, TODAY)) == (text, kind)


@pytest.mark.parametrize(
    ("on", "text", "kind"),
    [
        ("2026-11-27", "Exam 27 Nov", "warn"),
        ("2026-12-27", "Exam 27 Dec", "accent"),
        ("2028-02", "Exam Feb 2028", "accent"),
    ],
)
def test_an_exam(on: str, text: str, kind: str) -> None:
    row = replace(ROW, stage=Stage.BOOKED, status=Status.BOOKED, next_date=PartialDate(on), next_is_exam=True)
    assert (status_text(row, TODAY), status_kind(row, TODAY)) == (text, kind)
    assert ahead_text(row, TODAY) == text.lower().replace("nov", "Nov").replace("dec", "Dec").replace("feb", "Feb")


def test_what_lies_ahead() -> None:
    assert ahead_text(ROW, TODAY) == "no expiry"
    assert ahead_text(replace(ROW, valid_until=PartialDate("2027-03")), TODAY) == "Mar 2027"
    planned = replace(ROW, stage=Stage.PLANNED, status=Status.PLANNED)
    assert ahead_text(planned, TODAY) == "—"
    assert ahead_text(replace(planned, next_date=PartialDate("2027-04-30")), TODAY) == "by 30 Apr"
    gone = replace(planned, stage=Stage.LET_GO, next_date=PartialDate("2027-04-30"))
    assert ahead_text(gone, TODAY) == "—"


def test_every_status_has_words_and_a_chip() -> None:
    for status in Status:
        row = replace(ROW, status=status, valid_until=PartialDate("2027-01-01"))
        assert status_text(row, TODAY)
        assert status_kind(row, TODAY) in {"ok", "warn", "bad", "plan", "accent", "neutral"}


def test_kinds_and_stages() -> None:
    assert kind_text(AchievementType.CERTIFICATE_OF_COMPLETION) == "Certificate of completion"
    assert kind_text(AchievementType.MICRO_CREDENTIAL) == "Micro-credential"
    assert [stage_text(stage) for stage in Stage] == [
        "Wished for",
        "Planned",
        "In progress",
        "Exam booked",
        "Earned",
        "Let go",
    ]
