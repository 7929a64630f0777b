import base64
import zlib
from typing import Any

import pytest
from tests.unit.interchange.badges.makers import (
    ASSERTION,
    CREDENTIAL,
    EUROPEAN,
    baked,
    chunk,
    encoded,
    png,
    svg,
    token,
)

from learnpath.domain.dates import PartialDate
from learnpath.domain.records import AchievementType, Stage
from learnpath.errors import KnownError
from learnpath.interchange.badges.tokens import NOT_CHECKED, read_token
from learnpath.interchange.drafts import CredentialDraft, ParsedFile
from learnpath.interchange.formats import parse_file


def parse(data: bytes | str | dict[str, Any] | list[Any]) -> ParsedFile:
    raw = data if isinstance(data, bytes) else data.encode() if isinstance(data, str) else encoded(data)
    parsed = parse_file(raw, "thing.csv")
    assert parsed.format == "badge"
    assert parsed.kind == "credentials"
    assert parsed.is_evidence
    return parsed


def only(data: bytes | str | dict[str, Any]) -> CredentialDraft:
    (row,) = parse(data).rows
    assert isinstance(row.draft, CredentialDraft)
    return row.draft


def problems(data: bytes | str | dict[str, Any]) -> tuple[str, ...]:
    (row,) = parse(data).rows
    return row.problems


def refusal(data: bytes | str | dict[str, Any]) -> str:
    raw = data if isinstance(data, bytes) else data.encode() if isinstance(data, str) else encoded(data)
    with pytest.raises(KnownError) as caught:
        parse_file(raw, "thing.csv")
    assert caught.value.hint
    return caught.value.message


SOLDERING = CredentialDraft(
    title="Soldering basics",
    issuer_name="Workbench Guild",
    achievement_type=AchievementType.BADGE,
    stage=Stage.EARNED,
    awarded_on=PartialDate("2024-03-05"),
    valid_until=PartialDate("2027-03-05"),
    external_id="https://badges.example/a/17",
    verification_url="https://badges.example/a/17",
    notes="Joins that hold.\n\nCriteria: Make ten joints.\n\nEvidence: A working radio. https://work.example/board",
    skill_names=("Soft soldering", "electronics"),
)
WELDING = CredentialDraft(
    title="Welding, level 1",
    issuer_name="Workbench Guild",
    human_code="WLD-1",
    achievement_type=AchievementType.CERTIFICATION,
    stage=Stage.EARNED,
    awarded_on=PartialDate("2025-02-01"),
    valid_until=PartialDate("2028-02-01"),
    license_number="W-0042",
    external_id="https://guild.example/c/9/1",
    verification_url="https://guild.example/c/9%2F1",
    notes="Seams in steel.\n\nCriteria: https://guild.example/criteria\n\nResult: Pass",
    skill_names=("Arc welding", "metal"),
)


def test_open_badges_2() -> None:
    assert only(ASSERTION) == SOLDERING
    assert problems(ASSERTION) == ()


def test_open_badges_3() -> None:
    assert only(CREDENTIAL) == WELDING
    assert parse(CREDENTIAL).problems == ()


@pytest.mark.parametrize(
    "data",
    [
        png(baked(encoded(ASSERTION))),
        png(baked(encoded(ASSERTION), kind=b"tEXt")),
        png(baked(encoded(ASSERTION), kind=b"zTXt")),
        png(baked(encoded(ASSERTION), b"openbadgecredential")),
        png(chunk(b"iTXt", b"openbadges\0\1\0en\0x\0" + zlib.compress(encoded(ASSERTION)))),
        png(chunk(b"tEXt", b"Comment\0openbadges"), baked(encoded(ASSERTION))),
        svg("", encoded(ASSERTION).decode()),
        svg("https://badges.example/a/17", encoded(ASSERTION).decode()),
        svg("", encoded(ASSERTION).decode(), "https://purl.imsglobal.org/ob/v3p0", "credential"),
        b"\xef\xbb\xbf \n" + encoded(ASSERTION),
        encoded(ASSERTION).decode().encode("utf-16"),
        encoded([ASSERTION]),
    ],
)
def test_the_same_badge_in_any_wrapping(data: bytes) -> None:
    assert only(data) == SOLDERING
    assert parse(data).problems == ()


@pytest.mark.parametrize(
    "data",
    [
        token(CREDENTIAL),
        token({"vc": CREDENTIAL, "jti": "x", "iss": "y", "nbf": 5, "exp": 6}),
        png(baked(token(CREDENTIAL).encode(), b"openbadgecredential")),
        svg(token(CREDENTIAL), "", "https://purl.imsglobal.org/ob/v3p0", "credential"),
        encoded({"payload": encoded(CREDENTIAL).decode(), "signatures": [{"protected": "e30"}]}),
        encoded({"payload": base64.urlsafe_b64encode(encoded(CREDENTIAL)).decode(), "signature": "x"}),
        encoded({"verifiableCredential": [token(CREDENTIAL)], "type": "VerifiablePresentation"}),
        encoded({"compactJwsString": [token(CREDENTIAL)]}),
        encoded({**CREDENTIAL, "proof": {"type": "DataIntegrityProof"}}),
    ],
)
def test_signed_badges_are_read_unchecked_and_say_so(data: bytes | str) -> None:
    assert only(data) == WELDING
    assert parse(data).problems == (NOT_CHECKED,)


def test_what_a_token_adds_to_its_credential() -> None:
    bare = {name: CREDENTIAL[name] for name in ("type", "credentialSubject")}
    draft = only(
        token({"vc": bare, "jti": "urn:uuid:4", "iss": "https://guild.example", "nbf": 1700000000, "exp": 1800000000})
    )
    assert (draft.external_id, draft.verification_url) == ("urn:uuid:4", "")
    assert (str(draft.awarded_on), str(draft.valid_until)) == ("2023-11-14", "2027-01-15")


def test_tokens_nobody_signed_are_named() -> None:
    assert "not signed at all" in parse(token(CREDENTIAL, "none", "")).problems[0]
    assert "not signed at all" in parse(token(CREDENTIAL, "RS256", "")).problems[0]
    assert "shared secret (HS256)" in parse(token(CREDENTIAL, "HS256")).problems[1]
    assert "withheld" in parse(token(CREDENTIAL) + "~ey~").problems[1]


def test_tokens_that_are_no_badge() -> None:
    assert "encrypted" in refusal(token(CREDENTIAL) + ".a.b")
    assert "no badge" in refusal(token({"sub": "me"}))
    assert "no badge" in refusal(token(5))
    assert "base64" in refusal("ey" + "a" * 7 + ".aaaa.")
    assert "no valid JSON" in refusal("eyJhbGci.eyJh.x")
    with pytest.raises(KnownError, match="three parts"):
        read_token("eyJhbGci")
    with pytest.raises(KnownError, match="larger than 4 MB"):
        read_token("eyJh" + "a" * 4_300_000 + ".x.y")


def test_europass() -> None:
    expected = CredentialDraft(
        title="Networks",
        issuer_name="Egyetem",
        achievement_type=AchievementType.MICRO_CREDENTIAL,
        stage=Stage.EARNED,
        awarded_on=PartialDate("2024-01-15"),
        license_number="C-7",
        external_id="urn:credential:5",
        estimated_minutes=3600,
        notes="fini\n\nCredit points: 2 (ECTS)",
        skill_names=("route packets",),
    )
    assert only(EUROPEAN) == expected
    assert only({"credential": EUROPEAN, "deliveryDetails": {}}) == expected
    claims: list[Any] = [
        EUROPEAN["credentialSubject"]["hasClaim"],
        {"title": {"en": "Radio"}, "type": "LearningActivity"},
    ]
    several = only({**EUROPEAN, "credentialSubject": {"hasClaim": claims}})
    assert several.title == "Micro-credential"
    assert several.notes == "fini\n\nNetworks\n\nRadio"
    activity = only(
        {"type": "EuropeanDigitalCredential", "credentialSubject": {"hasClaim": claims[1:]}, "issued": "2024"}
    )
    assert activity.achievement_type is AchievementType.CERTIFICATE_OF_COMPLETION
    assert str(activity.awarded_on) == "2024"
    outcomes = {
        "specifiedBy": {"volumeOfLearning": "P2M", "learningOutcome": [{"title": "Solder"}, {"title": "x" * 99}]}
    }
    plain = only({"type": "EuropeanDigitalCredential", "credentialSubject": {"hasClaim": {"title": "A", **outcomes}}})
    assert (plain.skill_names, plain.estimated_minutes, plain.achievement_type) == (("Solder",), None, None)
    assert "no title" in problems({"type": "EuropeanDigitalCredential", "credentialSubject": {}})[0]


def test_a_transcript_is_unwrapped() -> None:
    inner = [CREDENTIAL, token(CREDENTIAL), {"type": ["EndorsementCredential"]}, 5, "words"]
    subject = {"type": "ClrSubject", "verifiableCredential": inner, "achievement": [{"name": "A"}]}
    parsed = parse({"type": ["VerifiableCredential", "ClrCredential"], "credentialSubject": subject})
    assert [row.draft for row in parsed.rows] == [WELDING, WELDING, None, None, None]
    assert [row.where for row in parsed.rows] == [f"badge {number}" for number in range(1, 6)]
    assert "endorsement" in parsed.rows[2].problems[0]
    assert parsed.problems == ("1 achievements that the transcript only lists were left out.", NOT_CHECKED)
    assert "holds none" in refusal({"type": "ClrCredential", "credentialSubject": {"id": "did:x"}})


def test_a_resume_with_proofs_is_unwrapped() -> None:
    subject = {
        "type": "http://schema.hropenstandards.org/4.5/recruiting/json/LER-RSType.json",
        "certifications": [{"verifications": [CREDENTIAL]}],
        "employmentHistories": [{"title": "Welder"}],
    }
    parsed = parse({"type": "VerifiableCredential", "credentialSubject": subject})
    assert [row.draft for row in parsed.rows] == [WELDING]
    assert parsed.problems == ("1 entries on education and employment were left out.",)


def test_collections_have_limits() -> None:
    nested: dict[str, Any] = CREDENTIAL
    for _ in range(9):
        nested = {"type": "VerifiablePresentation", "verifiableCredential": nested}
    assert "too deeply" in problems(nested)[0]
    assert "2,000" in refusal(encoded([{"type": "Assertion", "badge": {"name": "x"}}] * 2001))


@pytest.mark.parametrize(
    ("document", "what"),
    [
        ({"type": "BadgeClass", "name": "A", "criteria": "x", "issuer": "y"}, "description of a badge"),
        ({"name": "A", "criteria": "x", "issuer": "y"}, "description of a badge"),
        ({"@context": "https://w3id.org/openbadges/v2", "type": "Issuer", "name": "A"}, "profile of an issuer"),
        ({"@context": "https://w3id.org/openbadges/v2", "type": "Endorsement", "issuedOn": "2024"}, "endorsement"),
        ({**CREDENTIAL, "type": ["VerifiableCredential", "EndorsementCredential"]}, "endorsement"),
        ({"@context": "https://w3id.org/openbadges/v2", "revokedAssertions": []}, "list of revoked"),
        ({"type": "VerifiableCredential", "credentialSubject": {"encodedList": "u"}}, "list of revoked"),
        ({"publicKeyPem": "-----"}, "a key"),
        ({"@context": "https://www.w3.org/ns/did/v1", "id": "did:web:x", "verificationMethod": []}, "a key"),
        ({"@context": {"x": "https://w3id.org/openbadges#"}}, "dictionary of badge terms"),
        (
            {"@context": "https://w3id.org/openbadges/v2", "id": "https://x.example", "narrative": "n"},
            "a piece of a badge",
        ),
    ],
)
def test_documents_about_badges_are_named(document: dict[str, Any], what: str) -> None:
    assert what in refusal(document)


def test_pictures_without_a_badge() -> None:
    assert "PNG picture that carries no badge data, such as a screenshot" in refusal(png())
    assert "SVG picture that carries no badge data" in refusal(b"<?xml version='1.0'?><!-- a --><svg/>")
    assert "damaged when it was copied as text" in refusal(png().replace(b"\r\n", b"\n"))
    for picture in (png(), b"<svg/>", svg("")):
        with pytest.raises(KnownError, match="This picture carries no badge data: it is a screenshot"):
            parse_file(picture, "x", format="badge")
    with pytest.raises(KnownError, match="larger than 32 MB"):
        parse_file(png() + bytes(33 * 1024 * 1024), "x", format="badge")


def test_a_page_that_shows_a_badge_is_a_page() -> None:
    assert "web page" in refusal(b"<!DOCTYPE html><p>openbadges</p>" + svg("x"))


def test_odd_pictures() -> None:
    badge = encoded(ASSERTION)
    wrong = chunk(b"tEXt", b"openbadges\0" + badge, crc=1)
    assert parse(png(wrong)).problems == (
        "The checksum of the badge data is wrong: the picture was damaged or changed.",
    )
    assert parse(png(baked(badge), end=False)).problems == ("The picture breaks off before its end.",)
    assert parse(png(baked(badge))[:-14]).problems == ("The picture breaks off before its end.",)
    assert "more than one badge" in parse(png(baked(badge), baked(badge))).problems[0]
    two = svg("", badge.decode()).replace(b"</svg>", b'<o:assertion verify="x"/></svg>')
    assert "more than one badge" in parse(two).problems[0]
    latin = png(baked('{"type":"Assertion","badge":{"name":"Überprüft"}}'.encode("latin-1"), kind=b"tEXt"))
    assert only(latin).title == "Überprüft"


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (png(baked(b" " * 2_000_000 + encoded(ASSERTION), kind=b"zTXt")), "unpacks to more than 1 MB"),
        (png(chunk(b"zTXt", b"openbadges\0\0nothing")), "damaged"),
        (png(chunk(b"zTXt", b"openbadges\0\1nothing")), "damaged"),
        (png(chunk(b"iTXt", b"openbadges\0\7\0\0\0x")), "damaged"),
        (png(chunk(b"iTXt", b"openbadges\0\0\0")), "damaged"),
        (png(baked(b" " * 2_200_000)), "larger than 2 MB"),
        (png(*[chunk(b"tEXt", b"a\0b")] * 10_001, baked(b"{}")), "10,000 parts"),
        (svg("a" * 5_000_000), "2 MB"),
        (b"<svg xmlns:openbadges='http://openbadges.org'>" + b"<g>" * 5000, "too deeply"),
        (b"<svg xmlns:openbadges='http://openbadges.org'><g>", "damaged"),
        (b"<svg xmlns:openbadges='http://openbadges.org'>" + b"<g/>" * 500_001, "500,000 parts"),
        (b"<svg openbadges=''>" + b" " * 11_000_000, "larger than 10 MB"),
        (b"<!DOCTYPE svg [<!ENTITY openbadges 'b'>]><svg>&openbadges;</svg>", "defines entities"),
        (
            b"<!DOCTYPE svg [<!ENTITY openbadges SYSTEM 'file:///etc/hosts'>]><svg>&openbadges;</svg>",
            "defines entities",
        ),
    ],
)
def test_hostile_pictures(data: bytes, what: str) -> None:
    assert what in refusal(data)


def test_a_named_document_type_is_no_entity() -> None:
    named = b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://127.0.0.1:1/svg11.dtd">'
    assert only(svg("", encoded(ASSERTION).decode()).replace(b"<svg", named + b"<svg", 1)) == SOLDERING


@pytest.mark.parametrize(
    ("inside", "what"),
    [
        (b'"a":' + b"[" * 100_000, "too deeply"),
        (b'"a":' + b"[" * 70 + b"]" * 70 + b"}", "too deeply"),
        (b'"a":1,"a":2}', "a name appears twice"),
        (b'"a":NaN}', "NaN is no number"),
        (b'"a":-Infinity}', "-Infinity is no number"),
        (b'"a":1e999}', "too large"),
        (b'"a":' + b"9" * 5000 + b"}", "too long"),
        (b'"a":"\\ud800"}', "half of a character"),
        (b'"a":[' + b"{}," * 100_000 + b"{}]}", "100,000 parts"),
        (b'"a":"\xff"}', "encoding"),
        (b'"a":1,}', "line 1, column"),
        (b'"a":"' + b"x" * 2_100_000 + b'"}', "larger than 2 MB"),
    ],
)
def test_hostile_json(inside: bytes, what: str) -> None:
    with pytest.raises(KnownError, match=what) as caught:
        parse_file(b'{"credentialSubject":{},' + inside, "x.json", format="badge")
    assert caught.value.hint
    assert refusal(b'{"credentialSubject":{},' + inside)


def test_other_json_is_left_to_others() -> None:
    assert "neither a badge nor" in refusal(b'{"badge": [1,2]}')
    assert "neither a badge nor" in refusal(b'{"badge": 1,}')
    assert "neither a badge nor" in refusal(b'{"badge": "' + b"x" * 2_100_000 + b'"}')
    assert "neither a badge nor" in refusal("[5]".encode("utf-16"))
    with pytest.raises(KnownError, match="JSON, but no badge"):
        parse_file(b'{"a": 1}', "x", format="badge")
