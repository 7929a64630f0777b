import pytest
from tests.unit.interchange.list_files import TRANSCRIPT, as_json

from learnpath.domain.dates import PartialDate
from learnpath.domain.records import AchievementType, Stage
from learnpath.errors import KnownError
from learnpath.interchange.drafts import CredentialDraft
from learnpath.interchange.formats import parse_file


def certification(group: str, **changes: object) -> CredentialDraft:
    thing = {"name": "Weaver", "certificationNumber": "1", "dateEarned": "2015-04-30T00:00:00+00:00", **changes}
    (row,) = parse_file(as_json({"certificationData": {group: [thing]}, "modulesCompleted": []}), "t.json").rows
    assert isinstance(row.draft, CredentialDraft)
    return row.draft


@pytest.mark.parametrize(
    ("group", "changes", "stage", "until"),
    [
        ("activeCertifications", {"status": "Active"}, Stage.EARNED, None),
        ("activeCertifications", {"status": "Retired"}, Stage.LET_GO, None),
        ("historicalCertifications", {"status": "Retired"}, Stage.LET_GO, None),
        ("historicalCertifications", {"status": "Expired"}, Stage.LET_GO, None),
        ("historicalCertifications", {}, Stage.LET_GO, None),
        ("activeCertifications", {}, Stage.EARNED, None),
        (
            "historicalCertifications",
            {"status": "Expired", "expiration": "2022-05-09T23:59:59+00:00"},
            Stage.EARNED,
            PartialDate("2022-05-09"),
        ),
        (
            "historicalCertifications",
            {"status": "Retired", "expiration": "2022-05-09T23:59:59+00:00"},
            Stage.EARNED,
            PartialDate("2022-05-09"),
        ),
    ],
)
def test_what_has_ended_is_not_called_valid(
    group: str, changes: dict[str, object], stage: Stage, until: PartialDate | None
) -> None:
    draft = certification(group, **changes)
    assert (draft.stage, draft.valid_until, draft.awarded_on) == (stage, until, PartialDate("2015-04-30"))
    assert bool(draft.let_go_reason) is (stage is Stage.LET_GO)
    if stage is Stage.LET_GO:
        status = str(changes.get("status", "historical")).lower()
        assert draft.let_go_reason == f"Microsoft lists it as {status}, without saying since when"
    assert ("no longer offers" in draft.notes) is (changes.get("status") == "Retired")


def test_a_transcript_gives_what_was_earned_and_completed() -> None:
    parsed = parse_file(as_json(TRANSCRIPT), "transcript.json")
    assert parsed.kind == "credentials"
    certified, old, skill, path, module = parsed.rows
    assert certified.draft == CredentialDraft(
        title="Certified Weaver",
        issuer_name="Microsoft",
        achievement_type=AchievementType.CERTIFICATION,
        stage=Stage.EARNED,
        awarded_on=PartialDate("2025-02-03"),
        valid_until=PartialDate("2027-02-03"),
        license_number="AB12-CD34",
        external_id="AB12-CD34",
    )
    assert isinstance(old.draft, CredentialDraft)
    assert old.draft.notes == "Microsoft no longer offers this certification."
    assert "2015-04-31" in old.problems[0]
    assert isinstance(skill.draft, CredentialDraft)
    assert (skill.draft.external_id, skill.draft.awarded_on) == ("CRED1", PartialDate("2026-01-04"))
    assert isinstance(path.draft, CredentialDraft)
    assert "UTC was assumed" in path.problems[0]
    assert isinstance(module.draft, CredentialDraft)
    assert (module.draft.external_id, module.draft.estimated_minutes) == ("learn.looms", 48)
    assert module.draft.awarded_on == PartialDate("2026-03-24")


def test_an_empty_transcript_is_refused() -> None:
    with pytest.raises(KnownError, match="lists nothing that was earned"):
        parse_file(b'{"modulesCompleted": []}', "x.json")
