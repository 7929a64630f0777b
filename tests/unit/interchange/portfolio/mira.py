# ruff: noqa: E501
"""A made-up person with 18 valid credentials, and what surrounds them."""

from datetime import date

from learnpath.domain.contents import LibraryContents
from learnpath.domain.dates import PartialDate
from learnpath.domain.records import (
    Credential,
    EvidenceFile,
    EvidenceRole,
    Issuer,
    Path,
    PathStep,
    Portfolio,
    Profile,
    Program,
    Skill,
    Stage,
    StudySession,
)

TODAY = date(2026, 11, 21)
EVERYTHING = Portfolio(
    show_email=True,
    id=1,
    name="All",
    sections=("summary", "credentials", "skills", "paths", "study"),
    show_planned=True,
)

_ISSUERS = (
    "Microsoft",
    "ISC2",
    "CompTIA",
    "GitHub",
    "HashiCorp",
    "The Linux Foundation",
    "Amazon Web Services",
    "ISACA",
)
_SKILLS = (
    "Identity and access", "Cloud networking", "Threat detection", "Infrastructure as code", "Cryptography",
    "Incident response", "Kubernetes", "Risk management", "Code review", "Cost management", "Data protection", "Linux",
)  # fmt: skip
# title, code, issuer, awarded, valid until, licence number, address, skills, role of the proof
_EARNED = (
    ("Azure Administrator Associate", "AZ-104", 0, "2025-10-14", "2027-01-20", "A1B2-C3D4", "https://learn.microsoft.com/users/mira/credentials/a1b2c3d4", (0, 1, 9), "certificate"),
    ("Certified in Cybersecurity", "CC", 1, "2024-05-02", "2027-05-31", "1184467", "https://www.credly.com/badges/5c1f6f0e-2b4d-4c59-9a3c-0f6f6f3f8f11", (4, 5), "badge"),
    ("Security+", "SY0-701", 2, "2023-12-11", "2026-12-11", "COMP001022334455", "https://verify.comptia.org/7H3K9Q", (2, 4, 5), "certificate"),
    ("GitHub Foundations", "", 3, "2025-02", "2028-02", "", "https://www.credly.com/badges/0d1c7b2e", (8,), "badge"),
    ("Terraform Associate", "003", 4, "2025-06-20", "2027-06-20", "HC-88120", "https://www.credly.com/badges/9aa01f44", (3,), "certificate"),
    ("Certified Kubernetes Administrator", "CKA", 5, "2025-03-08", "2027-03-08", "LF-p8u5ox9k2m", "https://training.linuxfoundation.org/certification/verify/?id=LF-p8u5ox9k2m", (6, 11), "certificate"),
    ("Solutions Architect – Associate", "SAA-C03", 6, "2024-05-14", "2027-05-14", "7F3K9", "https://cp.certmetrics.com/amazon/en/public/verify/credential/7F3K9", (1, 9), "certificate"),
    ("Security, Compliance, and Identity Fundamentals", "SC-900", 0, "2024-01-17", "", "F4E1-9920", "https://learn.microsoft.com/users/mira/credentials/f4e19920", (0, 10), "certificate"),
    ("Azure Fundamentals", "AZ-900", 0, "2023-04-03", "", "H770-1442", "", (1,), "score_report"),
    ("Azure AI Fundamentals", "AI-900", 0, "2024-09-30", "", "", "", (), ""),
    ("Cloud Practitioner", "CLF-C02", 6, "2023-09-19", "2026-12-19", "2K9PX", "https://cp.certmetrics.com/amazon/en/public/verify/credential/2K9PX", (9,), "certificate"),
    ("Linux Essentials for Administrators", "", 5, "2022", "", "", "", (11,), "certificate"),
    ("GitHub Actions", "GH-200", 3, "2025-08-22", "2028-08-22", "", "https://www.credly.com/badges/77c2d0", (3, 8), "badge"),
    ("Kubernetes and Cloud Native Associate", "KCNA", 5, "2024-02-11", "2027-02-11", "LF-2y9c0ayd11", "https://training.linuxfoundation.org/certification/verify/?id=LF-2y9c0ayd11", (6,), "certificate"),
    ("IT Risk Fundamentals", "", 7, "2024-11-05", "", "ITRF-22871", "", (7,), "certificate"),
    ("Network+", "N10-008", 2, "2022-10-01", "2027-03-01", "COMP001022334455", "https://verify.comptia.org/2M4P8D", (1,), "certificate"),
    ("Vault Associate", "002", 4, "2026-04-17", "2028-04-17", "HC-90417", "https://www.credly.com/badges/c0ffee42", (0, 4, 10), "certificate"),
    ("Introduction to Threat Modelling", "", 1, "2026-09", "", "", "", (2, 7), ""),
)  # fmt: skip


def partial(text: str) -> PartialDate | None:
    return PartialDate(text) if text else None


def evidence(id_: int, credential_id: int, role: EvidenceRole) -> EvidenceFile:
    return EvidenceFile(
        id=id_,
        credential_id=credential_id,
        file_name=f"{id_}.pdf",
        original_name="proof.pdf",
        media_type="application/pdf",
        size=1,
        sha256="0" * 64,
        role=role,
        added_at="2026-01-01T00:00:00Z",
    )


def mira() -> LibraryContents:
    """Return the whole library of a person who has 18 valid credentials, one expired, one let go and three to come."""
    earned = tuple(
        Credential(
            id=number,
            title=title,
            human_code=code,
            issuer_id=issuer + 1,
            stage=Stage.EARNED,
            awarded_on=partial(awarded),
            valid_until=partial(until),
            license_number=license_number,
            verification_url=address,
            skill_ids=tuple(skill + 1 for skill in skills),
        )
        for number, (title, code, issuer, awarded, until, license_number, address, skills, _) in enumerate(_EARNED, 1)
    )
    others = (
        Credential(id=101, title="Power Platform Functional Consultant", human_code="PL-200", issuer_id=1, stage=Stage.EARNED, awarded_on=PartialDate("2023-11-02"), valid_until=PartialDate("2025-11-02")),
        Credential(id=102, title="Scrum Basics", stage=Stage.LET_GO, awarded_on=PartialDate("2020")),
        Credential(id=103, title="Security Operations Analyst Associate", human_code="SC-200", issuer_id=1, stage=Stage.BOOKED, exam_on=PartialDate("2026-11-27"), target_on=PartialDate("2026-11-30")),
        Credential(id=104, title="Certified Kubernetes Security Specialist", human_code="CKS", issuer_id=6, stage=Stage.ENROLLED, target_on=PartialDate("2027-02")),
        Credential(id=105, title="CISSP", issuer_id=2, stage=Stage.PLANNED),
        Credential(id=106, title="A wish of mine", stage=Stage.WISHED),
    )  # fmt: skip
    return LibraryContents(
        profile=Profile(name="Mira Kovács", headline="Cloud engineer moving into security", place="Budapest"),
        issuers=tuple(Issuer(id=number, name=name) for number, name in enumerate(_ISSUERS, 1)),
        skills=tuple(Skill(id=number, name=name) for number, name in enumerate(_SKILLS, 1)),
        programs=(Program(id=1, name="Cloud Security Engineer Expert", issuer_id=1),),
        credentials=earned + others,
        evidence=tuple(
            evidence(number, number, EvidenceRole(row[-1])) for number, row in enumerate(_EARNED, 1) if row[-1]
        ),
        sessions=tuple(
            StudySession(id=month, studied_on=PartialDate(f"2026-{month:02}-15"), minutes=90 * (month % 5) + 25 * month)
            for month in range(1, 12)
        ),
        paths=(Path(id=1, title="Cloud Security Engineer"), Path(id=2, title="Paused", is_active=False)),
        steps=(
            *(
                PathStep(id=position + 1, path_id=1, position=position, credential_id=credential_id)
                for position, credential_id in enumerate((2, 9, 1, 8, 6, 17, 103, 104))
            ),
            PathStep(id=20, path_id=1, position=9, program_id=1),
            PathStep(id=21, path_id=2, position=0, title="x"),
        ),
    )
