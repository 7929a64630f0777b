"""Small badge files of our own making."""

import base64
import json
import struct
import zlib
from typing import Any

ASSERTION: dict[str, Any] = {
    "@context": "https://w3id.org/openbadges/v2",
    "type": "Assertion",
    "id": "https://badges.example/a/17",
    "recipient": {"type": "email", "hashed": False, "identity": "mira@mail.example"},
    "badge": {
        "type": "BadgeClass",
        "id": "https://badges.example/b/soldering",
        "name": "Soldering basics",
        "description": "<p>Joins that hold.</p>",
        "criteria": {"narrative": "Make ten joints."},
        "issuer": {"type": "Issuer", "id": "https://badges.example/i", "name": "Workbench Guild"},
        "alignment": [{"targetName": "Soft soldering", "targetUrl": "https://skills.example/1"}],
        "tags": ["electronics", "Soft Soldering"],
    },
    "verification": {"type": "HostedBadge"},
    "issuedOn": "2024-03-05T10:00:00Z",
    "expires": "2027-03-05T10:00:00Z",
    "evidence": [{"id": "https://work.example/board", "narrative": "A working radio."}],
}
CREDENTIAL: dict[str, Any] = {
    "@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
    "type": ["VerifiableCredential", "OpenBadgeCredential"],
    "id": "https://guild.example/c/9%2F1 ",
    "name": "Welding, level 1 (credential)",
    "issuer": {"id": "did:key:z6Mk", "type": ["Profile"], "name": "Workbench Guild"},
    "validFrom": "2025-02-01T00:00:00.1234567Z",
    "validUntil": "2028-02-01T00:00:00Z",
    "credentialSubject": {
        "type": ["AchievementSubject"],
        "licenseNumber": "W-0042",
        "achievement": {
            "type": ["Achievement"],
            "achievementType": "Certification",
            "humanCode": "WLD-1",
            "name": "Welding, level 1",
            "description": "Seams in steel.",
            "criteria": {"id": "https://guild.example/criteria"},
            "alignment": {"targetName": "Arc welding"},
            "tag": "metal",
        },
        "result": {"value": "Pass"},
    },
}
_LEVELS = [{"id": "urn:l:1", "name": "Mastery", "level": "4"}, {"id": "urn:l:2", "level": "Basic"}]
_SKILL = {"targetName": "join steel", "targetUrl": "http://data.europa.eu/esco/skill/aa"}
ACHIEVED: dict[str, Any] = {
    **CREDENTIAL,
    "credentialSubject": {
        **CREDENTIAL["credentialSubject"],
        "creditsEarned": 42.0,
        "role": "Leader",
        "term": "Autumn",
        "activityStartDate": "2010-01-01T00:00:00Z",
        "activityEndDate": "2010-02-03T00:00:00Z",
        "result": [
            {"resultDescription": "urn:r:1", "value": "A", "status": "Completed", "achievedLevel": "urn:l:1"},
            {"resultDescription": "urn:r:2", "status": "Enrolled", "achievedLevel": "urn:l:2"},
            {"resultDescription": "urn:r:1", "achievedLevel": "urn:l:2"},
            {"type": "Result"},
        ],
        "achievement": {
            **CREDENTIAL["credentialSubject"]["achievement"],
            "fieldOfStudy": "Metal",
            "specialization": "Steel",
            "creditsAvailable": 36.0,
            "resultDescription": [
                {
                    "id": "urn:r:1",
                    "name": "Seam",
                    "rubricCriterionLevel": _LEVELS,
                    "alignment": [_SKILL, {"targetName": "Course"}],
                },
                {"id": "urn:r:2"},
            ],
        },
    },
}
EUROPEAN: dict[str, Any] = {
    "type": ["VerifiableCredential", "EuropeanDigitalCredential"],
    "id": "urn:credential:5",
    "displayParameter": {"title": {"de": "Mikrozertifikat", "en": "Micro-credential"}, "description": {"fr": "fini"}},
    "issuer": {"legalName": {"hu": ["Egyetem"]}},
    "identifier": {"schemeName": "Certificate number", "notation": "C-7"},
    "validFrom": "2024-01-01T00:00:00+01:00",
    "credentialSubject": {
        "hasClaim": {
            "type": "LearningAchievement",
            "title": {"fr": "Réseaux", "en-GB": "Networks"},
            "awardedBy": {"awardingDate": "2024-01-15"},
            "specifiedBy": {
                "volumeOfLearning": "PT60H",
                "creditPoint": {"framework": {"prefLabel": {"en": "ECTS"}}, "point": 2},
                "learningOutcome": [{"title": "Routes", "relatedESCOSkill": [{"prefLabel": {"en": "route packets"}}]}],
            },
        }
    },
}


def encoded(value: object) -> bytes:
    """Return a value as JSON."""
    return json.dumps(value).encode()


def token(payload: object, algorithm: str = "ES256", signature: str = "c2ln") -> str:
    """Return a compact token with a signature that signs nothing."""
    parts = (encoded({"alg": algorithm, "typ": "JWT"}), encoded(payload))
    head, body = (base64.urlsafe_b64encode(part).decode().rstrip("=") for part in parts)
    return f"{head}.{body}.{signature}"


def chunk(kind: bytes, body: bytes, *, crc: int | None = None) -> bytes:
    """Return one PNG chunk."""
    found = zlib.crc32(kind + body) if crc is None else crc
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", found)


def png(*texts: bytes, end: bool = True) -> bytes:
    """Return a PNG of one pixel with chunks between its header and its pixels."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    pixels = chunk(b"IDAT", zlib.compress(b"\0\0"))
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(texts) + pixels + (chunk(b"IEND", b"") if end else b"")


def baked(text: bytes, keyword: bytes = b"openbadges", kind: bytes = b"iTXt") -> bytes:
    """Return a text chunk as badges use it."""
    lead = {b"iTXt": b"\0\0\0\0\0", b"tEXt": b"\0", b"zTXt": b"\0\0"}[kind]
    return chunk(kind, keyword + lead + (zlib.compress(text) if kind == b"zTXt" else text))


def svg(verify: str, inside: str = "", namespace: str = "http://openbadges.org", name: str = "assertion") -> bytes:
    """Return an SVG with a badge in it."""
    badge = f'<o:{name} verify="{verify}"><![CDATA[{inside}]]></o:{name}>'
    return f'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" xmlns:o="{namespace}">{badge}</svg>'.encode()
