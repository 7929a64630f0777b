from typing import Any

import pytest
from tests.unit.interchange.badges.makers import ACHIEVED, ASSERTION, CREDENTIAL, EUROPEAN, baked, encoded, png, svg
from tests.unit.interchange.badges.test_badge_file import only, parse, problems

from learnpath.domain.records import AchievementType
from learnpath.interchange.badges.addresses import words_of

NO_NAME = "badge: the badge's name is not in this file, only where to find it"


def test_open_badges_0_5() -> None:
    issuer = {"origin": "https://guild.example/", "name": "Guild", "org": "Metal"}
    badge = {"version": "0.5.0", "name": "Filing", "criteria": "/filing", "issuer": issuer, "description": "Flat."}
    draft = only({"recipient": "sha256$00", "salt": "x", "badge": badge, "issued_on": "2012-04-01", "uid": "7"})
    assert (draft.title, draft.issuer_name, str(draft.awarded_on)) == ("Filing", "Guild (Metal)", "2012-04-01")
    assert (draft.external_id, draft.verification_url) == ("https://guild.example/7", "")
    assert draft.notes == "Flat.\n\nCriteria: /filing"


def test_open_badges_1_with_addresses_only() -> None:
    document = {
        "uid": "a1",
        "recipient": {"type": "email", "identity": "mira@mail.example"},
        "badge": "https://guild.example/badges/sheet-metal.json",
        "issuedOn": 1425168000,
        "verify": {"type": "hosted", "url": " https://guild.example/a/a1 "},
    }
    draft = only(document)
    assert (draft.title, str(draft.awarded_on)) == ("Sheet metal", "2015-03-01")
    assert draft.external_id == draft.verification_url == "https://guild.example/a/a1"
    assert problems(document)[0].startswith(f"{NO_NAME} (https://guild.example/badges/sheet-metal.json)")
    signed = only({**document, "verify": {"type": "signed", "url": "https://guild.example/key"}})
    assert (signed.external_id, signed.verification_url) == ("", "")


@pytest.mark.parametrize(
    "data",
    [
        png(baked(b"https://www.host.example/assertions/4f2a", kind=b"tEXt")),
        svg("https://www.host.example/assertions/4f2a"),
        svg("", '{"verify": {"url": "https://www.host.example/assertions/4f2a"}}'),
    ],
)
def test_a_picture_that_only_says_where_its_badge_is(data: bytes) -> None:
    draft = only(data)
    assert draft.title == "Badge 4f2a from host.example"
    assert draft.external_id == draft.verification_url == "https://www.host.example/assertions/4f2a"
    assert problems(data)[0].startswith(NO_NAME)


def test_a_badge_without_name_and_address_is_broken() -> None:
    (row,) = parse({"type": "Assertion", "id": "urn:uuid:1", "badge": "urn:uuid:2", "issuedOn": "2024"}).rows
    assert row.draft is None
    assert "Download the badge again" in row.problems[0]
    assert row.raw == ("", "urn:uuid:1", "2024")


def test_revoked_badges() -> None:
    revoked = {**ASSERTION, "revoked": True, "revocationReason": "Issued in error"}
    draft = only(revoked)
    assert draft.revoked_on == draft.awarded_on
    assert "Revoked by the issuer: Issued in error" in draft.notes
    assert "the day of the award stands in for it" in problems(revoked)[0]
    assert str(only({**revoked, "revokedOn": "2025-01-02"}).revoked_on) == "2025-01-02"
    undated = {**revoked, "issuedOn": None, "revoked": "true"}
    assert only(undated).revoked_on is None
    assert "enter the day yourself" in problems(undated)[0]
    assert only({**ASSERTION, "revoked": False}).revoked_on is None


@pytest.mark.parametrize(
    ("written", "day", "problem"),
    [
        ("2024-05-06", "2024-05-06", ""),
        ("2024-05-06T23:59:59+05:30", "2024-05-06", ""),
        ("2014-04-01 09:41:00 -0500", "2014-04-01", ""),
        ("2024-11-08T10:33:30.649696", "2024-11-08", "names no time zone, UTC was assumed"),
        ("2024-11", "2024-11", ""),
        ("20240506", "2024-05-06", ""),
        (1425168000, "2015-03-01", ""),
        (1425168000.5, "2015-03-01", ""),
        ("1425168000", "2015-03-01", ""),
        (1425168000123, "2015-03-01", ""),
        ("2015-04-31", "None", "“2015-04-31” is no day of the calendar"),
        ("4/5/2024", "None", "ambiguous"),
        ("soon", "None", "“soon” is no date"),
        (-5, "None", "“-5” is no date"),
        (10**30, "None", "is no date"),
        ([1], "None", "is no date"),
        (" ", "None", ""),
    ],
)
def test_dates(written: object, day: str, problem: str) -> None:
    document = {**ASSERTION, "issuedOn": written}
    assert str(only(document).awarded_on) == day
    assert problem in " ".join(problems(document))
    assert bool(problem) == bool(problems(document))


def of_achievement(**changes: object) -> dict[str, Any]:
    subject = CREDENTIAL["credentialSubject"]
    return {**CREDENTIAL, "credentialSubject": {**subject, "achievement": {**subject["achievement"], **changes}}}


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("CertificateOfCompletion", AchievementType.CERTIFICATE_OF_COMPLETION),
        ("MicroCredential", AchievementType.MICRO_CREDENTIAL),
        ("ext:MicroCredential", AchievementType.MICRO_CREDENTIAL),
        ("BachelorDegree", AchievementType.DEGREE),
        ("SecondarySchoolDiploma", AchievementType.DIPLOMA),
        ("MasterCertificate", AchievementType.CERTIFICATE),
        ("Competency", AchievementType.ACHIEVEMENT),
        (None, AchievementType.BADGE),
    ],
)
def test_kinds(written: str | None, kind: AchievementType) -> None:
    assert only(of_achievement(achievementType=written)).achievement_type is kind


def test_text_is_plain() -> None:
    odd = of_achievement(name="Weld\u202eing\x07 \n one", description="<p>a &lt;b&gt;</p><script>x</script>\n\n\n\nc")
    draft = only(odd)
    assert draft.title == "Welding one"
    assert draft.notes.startswith("a <b>\nx\n\nc\n")
    assert "signs that turn the direction" in problems(odd)[0]
    long = of_achievement(name="x" * 400, description="y" * 5000)
    assert len(only(long).title) == 300
    assert len(only(long).notes.partition("\n")[0]) == 1500
    assert "cut to 300 characters" in problems(long)[0]


def test_notes_are_limited() -> None:
    evidence = [{"narrative": f"{number} " + "x" * 1400} for number in range(20)]
    assert len(only({**CREDENTIAL, "evidence": evidence}).notes) == 8000


def test_texts_in_languages() -> None:
    assert only(of_achievement(name={"de": "Schweißen", "en-US": "Welding"})).title == "Welding"
    assert only(of_achievement(name={"de": "Schweißen", "fr": "Souder"})).title == "Schweißen"
    assert only(of_achievement(name={"@value": "Souder", "@language": "fr"})).title == "Souder"
    values = [{"@value": "Souder", "@language": "fr"}, {"@value": "Weld", "@language": "en"}]
    assert only(of_achievement(name=values)).title == "Weld"
    assert only(of_achievement(name=["", "Second"])).title == "Second"
    assert only(of_achievement(humanCode=101)).human_code == "101"


def test_titles() -> None:
    assert only(of_achievement(name="Badge")).title == "Welding, level 1 (credential)"
    assert only(of_achievement(name=None)).title == "Welding, level 1 (credential)"
    subject = {"id": "did:x", "degree": {"name": "Bachelor of Wood"}}
    assert only({"type": ["VerifiableCredential", "X"], "credentialSubject": subject}).title == "Bachelor of Wood"
    club = {"type": ["VerifiableCredential", "AlumniCredential"], "credentialSubject": {"alumniOf": "x"}}
    assert only(club).title == "Alumni credential"
    told = {"type": "VerifiableCredential", "credentialSubject": [{"id": "did:x"}, {"description": "Rode a bike."}]}
    assert only(told).title == "Rode a bike."
    assert "no title" in problems(told)[0]


@pytest.mark.parametrize("subject", [None, {}, {"id": "did:x"}, "did:x", [], 5])
def test_credentials_that_say_nothing_are_broken(subject: object) -> None:
    (row,) = parse({"type": "VerifiableCredential", "issuer": "https://a.example", "credentialSubject": subject}).rows
    assert row.draft is None
    assert "what was earned" in row.problems[0]


def test_how_something_was_achieved_is_told_in_the_notes() -> None:
    draft = only(ACHIEVED)
    assert draft.notes.split("\n\n")[2:] == [
        "Credits: 42",
        "Field of study: Metal",
        "Specialization: Steel",
        "Role: Leader",
        "Term: Autumn",
        "Time: from 2010-01-01 to 2010-02-03",
        "Result (Seam): A, Completed, Mastery",
        "Result: Enrolled",
        "Result (Seam): Basic",
    ]
    assert draft.skill_names == ("Arc welding", "join steel", "metal")
    assert "Credits: 36" in only(of_achievement(creditsAvailable=36)).notes
    started = {**CREDENTIAL["credentialSubject"], "activityStartDate": "2010"}
    assert "Time: from 2010\n" in only({**CREDENTIAL, "credentialSubject": started}).notes


def test_all_evidence_is_told_with_its_address() -> None:
    evidence = ["https://proof.example/1", {"id": "https://proof.example/2", "name": "A gate"}, {"name": "A door"}, {}]
    draft = only({**CREDENTIAL, "evidence": evidence})
    assert draft.notes.split("\n\n")[-3:] == [
        "Evidence: https://proof.example/1",
        "Evidence: A gate https://proof.example/2",
        "Evidence: A door",
    ]


def test_european_credentials_tell_grade_and_level() -> None:
    claim = EUROPEAN["credentialSubject"]["hasClaim"]
    assessment = {"type": "LearningAssessment", "grade": {"noteLiteral": {"en": ["Pass"]}}}
    specified = {**claim["specifiedBy"], "eqfLevel": {"id": "http://data.europa.eu/snb/eqf/6"}}

    def european(**changes: object) -> dict[str, Any]:
        return {**EUROPEAN, "credentialSubject": {"hasClaim": {**claim, **changes}}}

    draft = only(european(provenBy=[assessment, {"title": "No grade"}], specifiedBy=specified))
    assert draft.level == "EQF 6"
    assert draft.notes == "fini\n\nGrade: Pass\n\nCredit points: 2 (ECTS)"
    national = {"nqfLevel": [{"id": "http://data.europa.eu/snb/qdr/c_1", "prefLabel": {"en": "IE NQF Level 6"}}]}
    assert only(european(specifiedBy=national)).level == "IE NQF Level 6"


def test_issuers() -> None:
    by_address = {**CREDENTIAL, "issuer": "https://guild.example/issuers/1"}
    assert only(by_address).issuer_name == ""
    assert problems(by_address) == ("badge: the issuer is named by an address only (guild.example)",)
    made = of_achievement(creator={"name": "Guild of Metal"})
    assert only({**made, "issuer": "did:key:z6Mk"}).issuer_name == "Guild of Metal"
    assert only({**CREDENTIAL, "issuer": {"name": {"en": "Guild"}}}).issuer_name == "Guild"


def test_only_web_addresses_are_kept() -> None:
    proof = [{"id": "javascript:alert(1)"}, {"id": "https://proof.example/1"}, {"id": "https://proof.example/2"}]
    document = {**CREDENTIAL, "id": "urn:uuid:7", "evidence": proof}
    assert only(document).verification_url == "https://proof.example/1"
    assert problems(document) == ("badge: “javascript:alert(1)” is no web address and was left out",)
    broken = {**CREDENTIAL, "id": "https://a b"}
    assert only(broken).verification_url == ""
    assert "left out" in problems(broken)[0]
    assert only({**CREDENTIAL, "id": "urn:x:%ff"}).external_id == "urn:x:%ff"
    assert only({**CREDENTIAL, "id": "urn:x:\u202e"}).external_id == ""
    assert only({**CREDENTIAL, "id": "urn:" + "x" * 3000}).external_id == ""


def english(levels: int) -> object:
    """Return texts in texts, with nothing in the end."""
    value: object = ""
    for _ in range(levels):
        value = [{"@language": "en", "@value": value}]
    return value


@pytest.mark.timeout(5)
@pytest.mark.parametrize(
    "changes",
    [
        {"type": ["VerifiableCredential", "x" * 1_000_000]},
        {"name": english(28)},
        {"validFrom": ":" + " " * 1_000_000 + "x"},
        {"validFrom": "T" * 500_000 + ":"},
        {"id": "https://" + "a." * 500_000},
        {"issuer": ":" * 1_000_000},
        {"description": "<a" * 500_000},
        {"description": "&" * 1_000_000},
        {"description": "\n" * 1_000_000},
        {"@context": ["x"] * 300_000},
    ],
)
def test_nothing_takes_long(changes: dict[str, Any]) -> None:
    assert only({**CREDENTIAL, **changes}).title == "Welding, level 1"


def test_remarks_are_limited() -> None:
    evidence = [{"id": f"javascript:{number}"} for number in range(30)]
    remarks = problems({**CREDENTIAL, "evidence": evidence})
    assert len(remarks) == 21
    assert remarks[-1] == "badge: 10 more remarks were left out"


def test_skills_are_limited() -> None:
    many = of_achievement(tag=[f"skill {number}" for number in range(60)])
    assert len(only(many).skill_names) == 50
    assert problems(many) == ("badge: 11 more skills were left out",)


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("https://a.example/robotics-badge.json", "Robotics badge"),
        ("https://a.example/b/Data%20Analysis/", "Data Analysis"),
        ("https://a.example/badges/5", ""),
        ("https://a.example/badgeclass", ""),
        ("https://a.example/6f1a2b3c-aaaa", ""),
        ("https://a.example/", ""),
        ("https://[broken/x-ray", ""),
        ("urn:robotics-badge", ""),
    ],
)
def test_words_of_an_address(address: str, words: str) -> None:
    assert words_of(address) == words


def test_files_are_read_the_same_twice() -> None:
    assert parse(encoded(CREDENTIAL)) == parse(encoded(CREDENTIAL))
