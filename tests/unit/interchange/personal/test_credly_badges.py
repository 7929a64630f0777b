from typing import Any

import pytest
from tests.unit.interchange.list_files import EARNED_BADGES, TEMPLATES, as_json

from learnpath.domain.dates import PartialDate
from learnpath.domain.records import AchievementType, Stage
from learnpath.errors import KnownError
from learnpath.interchange.drafts import CredentialDraft, ParsedRow
from learnpath.interchange.formats import parse_file, recognise

KEY = "00000000-0000-4000-8000-000000000001"


def rows(value: object) -> tuple[ParsedRow, ...]:
    parsed = parse_file(as_json(value), "badges.json")
    assert (parsed.format, parsed.kind, parsed.is_evidence) == ("credly_badges", "credentials", False)
    return parsed.rows


def badge(**changes: object) -> dict[str, Any]:
    return {"id": KEY, "issued_at_date": "2024-05-14", "badge_template": {"name": "Knots"}, **changes}


def one(**changes: object) -> tuple[CredentialDraft, tuple[str, ...]]:
    (row,) = rows([badge(**changes)])
    assert isinstance(row.draft, CredentialDraft)
    return row.draft, row.problems


def test_badges_earned_on_credly_become_credentials() -> None:
    master, dyeing, knots = rows(EARNED_BADGES)
    address = f"https://www.credly.com/badges/{KEY}"
    assert master.draft == CredentialDraft(
        title="Master Weaver",
        issuer_name="Guild of Weavers",
        achievement_type=AchievementType.CERTIFICATION,
        level="Advanced",
        stage=Stage.EARNED,
        awarded_on=PartialDate("2024-05-14"),
        valid_until=PartialDate("2027-05-14"),
        external_id=address,
        verification_url=address,
        notes=(
            "Weaves cloth & sails.\n\nCriteria: Pass the exam\n\n"
            "Evidence: Sample – A blue cloth. – https://work.example.org/cloth\n\nRecommendation: Neat selvedges. – Bo"
        ),
        skill_names=("Weaving", "Sails"),
    )
    assert isinstance(dyeing.draft, CredentialDraft)
    assert (dyeing.draft.issuer_name, dyeing.draft.stage) == ("Dye Works", Stage.EARNED)
    assert (str(dyeing.draft.awarded_on), str(dyeing.draft.valid_until)) == ("2014-04-01", "2016-04-01")
    assert dyeing.draft.achievement_type is AchievementType.CERTIFICATE_OF_COMPLETION
    assert isinstance(knots.draft, CredentialDraft)
    assert (knots.draft.stage, knots.draft.achievement_type) == (Stage.EARNED, AchievementType.BADGE)
    assert knots.problems == (
        "badge 3: not accepted on Credly yet: its address leads nowhere until you accept it there",
    )


@pytest.mark.parametrize("document", [[badge()], {"data": [badge()]}, {"data": badge()}, {"b-1": badge()}, badge()])
def test_a_list_an_answer_and_a_single_badge(document: object) -> None:
    (row,) = rows(document)
    assert isinstance(row.draft, CredentialDraft)
    assert row.draft.title == "Knots"


def test_a_revoked_badge_is_revoked_on_its_day() -> None:
    revoked, problems = one(state="revoked", revoked_at="2025-02-03T10:00:00Z", revocation_reason="Copied")
    assert (str(revoked.revoked_on), revoked.stage, problems) == ("2025-02-03", Stage.EARNED, ())
    assert "Revoked by the issuer: Copied" in revoked.notes
    undated, problems = one(state="revoked")
    assert undated.revoked_on == undated.awarded_on
    assert "the day of the award stands in for it" in problems[0]
    unknown, problems = one(state="revoked", issued_at_date=None)
    assert unknown.revoked_on is None
    assert "enter the day yourself" in problems[0]


def test_what_has_ended_or_was_rejected_is_not_called_valid() -> None:
    ended, _ = one(state="expired")
    assert (ended.stage, ended.valid_until) == (Stage.LET_GO, None)
    assert "expired, without saying since when" in ended.let_go_reason
    rejected, _ = one(state="rejected", expires_at_date="2030-01-01")
    assert (rejected.stage, rejected.let_go_reason) == (Stage.LET_GO, "You rejected it on Credly")


def test_addresses_and_keys() -> None:
    assert "nobody else can open" in one(public=False)[1][0]
    other, _ = one(id="b-17", badge_url="https://www.credly.com/go/b17")
    assert (other.external_id, other.verification_url) == ("b-17", "https://www.credly.com/go/b17")
    assert one(id=KEY.upper())[0].external_id == f"https://www.credly.com/badges/{KEY}"
    assert one(issuer={"name": "Guild"})[0].issuer_name == "Guild"
    template = {"name": "Knots", "issuer": {"summary": "Guild of Knots"}}
    assert one(badge_template=template)[0].issuer_name == "Guild of Knots"


@pytest.mark.timeout(5)
def test_endless_evidence_is_told_in_part() -> None:
    evidence = [{"description": f"Cloth {number}"} for number in range(100_000)]
    told = one(evidence=evidence)[0].notes.split("\n\n")
    assert (told[0], len(told)) == ("Evidence: Cloth 0", 20)


def test_a_badge_without_a_name_is_one_broken_row() -> None:
    good, bad, odd = rows([badge(), badge(badge_template={}), {"id": KEY}])
    assert good.draft is not None
    assert (bad.draft, bad.problems[0]) == (None, "badge 2: no name")
    assert bad.faults[0].field == "title"
    assert odd.draft is None


def test_earned_badges_and_the_catalogue_are_told_apart() -> None:
    assert recognise(as_json(EARNED_BADGES), "x") == "credly_badges"
    assert recognise(as_json(TEMPLATES), "x") == "credly_catalogue"
    templates = [{**TEMPLATES["t-1"], "badge_template": "t-0", "issued_at": None}]
    assert recognise(as_json(templates), "x") == "credly_catalogue"
    with pytest.raises(KnownError, match="lists no badges that somebody earned"):
        parse_file(as_json(TEMPLATES), "x", format="credly_badges")
    with pytest.raises(KnownError, match="no valid JSON"):
        parse_file(as_json(EARNED_BADGES)[:-20], "badges.json")
