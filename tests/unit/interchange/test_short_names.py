"""Credentials that platforms name differently, and rows that belong to two records."""

import time

import pytest
from tests.unit.interchange.simulation import apply, imported, plan_against
from tests.unit.interchange.test_plan import credential, parsed, program

from learnpath.domain.dates import PartialDate
from learnpath.interchange.drafts import CredentialDraft, Draft
from learnpath.interchange.plan import decide

MAY = PartialDate("2024-05-14")
BADGE = "https://www.credly.com/badges/0b7e4a52-3f1c-4b3d-9d2e-6a1f0c9b8e{}"


def _against(row: Draft, *known: Draft) -> tuple[str, str, int | None]:
    found = plan_against(parsed(row), [imported(number, one) for number, one in enumerate(known, 100)]).rows[0]
    return found.kind.value, found.reason, found.existing_id


@pytest.mark.parametrize(
    ("issuer", "one", "other"),
    [
        ("Scrum.org", "Professional Scrum Master I", "Professional Scrum Master I (PSM I)"),
        ("Linux Foundation", "Certified Kubernetes Administrator (CKA)", "CKA: Certified Kubernetes Administrator"),
        ("Cisco", "CCNA", "Cisco Certified Network Associate (CCNA)"),
        ("ISC2", "CISSP", "Certified Information Systems Security Professional (CISSP)"),
        ("Microsoft", "Microsoft Certified: Azure Administrator Associate", "AZ-104 Azure Administrator Associate"),
        ("Google", "Google Project Management", "Google Project Management: Professional Certificate"),
        ("AXELOS", "ITIL 4 Foundation", "ITIL® 4 Foundation Certificate in IT Service Management"),
        ("CompTIA", "CompTIA Security+", "CompTIA Security+ ce Certification"),
    ],
)
@pytest.mark.parametrize(
    ("first", "second"),
    [(MAY, PartialDate("2024-05")), (MAY, None), (MAY, PartialDate("2024")), (None, None)],
)
def test_the_other_name_of_a_credential_is_asked_about(
    issuer: str, one: str, other: str, first: PartialDate | None, second: PartialDate | None
) -> None:
    for left, right in ((one, other), (other, one)):
        for here, there in ((first, second), (second, first)):
            row, known = credential(left, issuer, awarded_on=here), credential(right, issuer, awarded_on=there)
            reason = f"looks like “{right}”, 100% alike without short names"
            assert _against(row, known) == ("undecided", reason, 100)


@pytest.mark.parametrize(
    ("row", "known"),
    [
        (credential("CCNA", awarded_on=MAY), credential("CCNA (CCNA)", "Other", awarded_on=MAY)),
        (credential("PSM I"), credential("Professional Scrum Master II")),
        (credential("CKA"), credential("Certified Kubernetes Application Developer (CKAD)")),
        (
            credential("Big Data (BD)", awarded_on=MAY),
            credential("Big Data Certificate", awarded_on=PartialDate("2024-06")),
        ),
        (credential("Big Data (BD)", license_number="1"), credential("Big Data Certificate", license_number="2")),
        (credential("Big Data (BD)", human_code="AB-100"), credential("Big Data Certificate", human_code="AB-200")),
        (credential("Big Data (BD)", external_id="urn:1"), credential("Big Data Certificate", external_id="urn:2")),
        (
            credential("Big Data (BD)", verification_url=BADGE.format("01")),
            credential("Big Data Certificate", verification_url=BADGE.format("02")),
        ),
        (credential("Big Data (BD)", ""), credential("Big Data Certificate", "")),
        (program("Big Data (BD)"), program("Big Data Certificate")),
    ],
)
def test_what_tells_two_credentials_apart_is_not_asked_about(row: Draft, known: Draft) -> None:
    assert _against(row, known) == ("new", "", None)


def test_what_was_decided_about_another_name_stays() -> None:
    records = [imported(1, credential("Cisco Certified Network Associate (CCNA)", "Cisco", awarded_on=MAY))]
    file = parsed(credential("CCNA", "Cisco", awarded_on=MAY))
    for decision in ("new", "update"):
        after = apply(decide(plan_against(file, records), 0, decision), records)
        assert plan_against(file, after).rows[0].kind.value == "same"


def _two_of(number: str, **values: str) -> tuple[CredentialDraft, CredentialDraft]:
    return credential("A", **values), credential("B", license_number=number)


@pytest.mark.parametrize(
    "by_id",
    [{"external_id": "urn:uuid:1"}, {"verification_url": BADGE.format("11")}],
)
def test_a_row_that_belongs_to_two_records_is_asked_about(by_id: dict[str, str]) -> None:
    row = credential("C", license_number="77", **by_id)
    assert _against(row, *_two_of("77", **by_id)) == (
        "undecided",
        "fits “A” by its id and “B” by its number: they may be one",
        100,
    )
    assert _against(row, credential("A", **by_id), credential("B", license_number="78"))[0] == "update"
    # The number is already in both: nothing is added to the first.
    assert (
        _against(row, credential("A", license_number="77", **by_id), credential("B", license_number="77"))[0]
        != "undecided"
    )


def test_a_row_of_two_records_changes_the_first_when_the_person_says_so() -> None:
    known = [imported(at, one) for at, one in enumerate(_two_of("77", external_id="urn:uuid:1"), 1)]
    file = parsed(credential("A", license_number="77", external_id="urn:uuid:1"))
    plan = plan_against(file, known)
    assert apply(plan, known) == known
    after = apply(decide(plan, 0, "update"), known)
    assert [one.values["license_number"] for one in after] == ["77", "77"]
    assert plan_against(file, after).rows[0].kind.value == "same"


@pytest.mark.benchmark
def test_a_hundred_thousand_credentials_with_other_names_are_planned_quickly() -> None:
    words = ("Azure", "Cloud", "Data", "Network", "Scrum", "Agile", "Linux", "Python", "Design", "Law")
    months = [PartialDate(f"20{year}-{month:02}") for year in range(10, 26) for month in range(1, 13)]

    letters = "abcdefghijklmnopqrstuvwxyz"

    def titles(prefix: str) -> list[CredentialDraft]:
        names = (
            f"{prefix} {words[at % 10]} {words[at // 10 % 10]} {letters[at % 26]}{letters[at // 26 % 26]}x"
            f"{letters[at // 676 % 26]}x{letters[at // 17576]} (ABC)"
            for at in range(100_000)
        )
        return [credential(name, f"Issuer {at % 300}", awarded_on=months[at % 192]) for at, name in enumerate(names)]

    known = [imported(at, one) for at, one in enumerate(titles("Certified"), 1)]
    start = time.perf_counter()
    plan_against(parsed(*titles("Master of")), known)
    seconds = time.perf_counter() - start
    print(f"100,000 credentials against {len(known):,} records: {seconds:.2f} s")
    assert seconds < 30
