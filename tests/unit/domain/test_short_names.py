import pytest

from learnpath.domain.short_names import likeness_without_short_names, split_title

# The same credential as Credly and as LinkedIn name it: issuer, title, title.
_ALIKE = [
    ("Scrum.org", "Professional Scrum Master I", "Professional Scrum Master I (PSM I)"),
    ("Scrum.org", "Professional Scrum Master™ I (PSM I)", "PSM I"),
    ("Scrum.org", "Professional Scrum Master I", "PSM I"),
    ("The Linux Foundation", "Certified Kubernetes Administrator (CKA)", "CKA: Certified Kubernetes Administrator"),
    ("The Linux Foundation", "Certified Kubernetes Administrator - CKA", "Certified Kubernetes Administrator"),
    ("The Linux Foundation", "CKA", "Certified Kubernetes Administrator"),
    ("Cisco", "CCNA", "Cisco Certified Network Associate (CCNA)"),
    ("Cisco", "CCNA Certification", "Cisco Certified Network Associate"),
    ("ISC2", "CISSP", "Certified Information Systems Security Professional (CISSP)"),
    ("ISC2", "CISSP - Certified Information Systems Security Professional", "CISSP®"),
    ("Microsoft", "Microsoft Certified: Azure Administrator Associate", "AZ-104 Azure Administrator Associate"),
    ("Google", "Google Project Management", "Google Project Management: Professional Certificate"),
    ("Google", "Google Project Management (Professional Certificate)", "Project Management"),
    ("AXELOS", "ITIL 4 Foundation", "ITIL® 4 Foundation Certificate in IT Service Management"),
    ("CompTIA", "CompTIA Security+", "CompTIA Security+ ce Certification"),
    ("Amazon Web Services", "AWS Certified Developer - Associate", "Developer Associate"),
    (
        "Amazon Web Services",
        "AWS Certified Solutions Architect – Associate",
        "AWS Certified Solution Architect Associate",
    ),
    ("PMI", "Project Management Professional (PMP)®", "PMP"),
    ("PMI", "PMI Agile Certified Practitioner (PMI-ACP)", "PMI-ACP"),
    ("ISACA", "CISM", "Certified Information Security Manager® (CISM)"),
    ("Oracle", "OCP: Oracle Certified Professional", "Oracle Certified Professional"),
]

_DIFFERENT = [
    ("Scrum.org", "Professional Scrum Master I", "Professional Scrum Master II"),
    ("Scrum.org", "Professional Scrum Master I (PSM I)", "Professional Scrum Master II (PSM II)"),
    ("Scrum.org", "Professional Scrum Master I", "PSM II"),
    ("Scrum.org", "Professional Scrum Master I", "Professional Scrum Product Owner I"),
    ("Scrum.org", "PSM I", "Professional Scrum Product Owner I (PSPO I)"),
    ("Amazon Web Services", "AWS Certified Developer - Associate", "AWS Certified Solutions Architect - Associate"),
    (
        "Amazon Web Services",
        "AWS Certified Solutions Architect - Associate",
        "AWS Certified Solutions Architect - Professional",
    ),
    (
        "Amazon Web Services",
        "AWS Certified Solutions Architect - Associate",
        "AWS Certified Solutions Architect - Professional Certification",
    ),
    ("CompTIA", "CompTIA Security+", "CompTIA Network+"),
    ("CompTIA", "CompTIA Security+ ce", "CompTIA A+ ce"),
    ("The Linux Foundation", "CKA", "CKAD"),
    (
        "The Linux Foundation",
        "Certified Kubernetes Administrator (CKA)",
        "Certified Kubernetes Application Developer (CKAD)",
    ),
    ("The Linux Foundation", "CKA", "Certified Kubernetes Application Developer (CKAD)"),
    ("Google", "Google Data Analytics", "Google Advanced Data Analytics"),
    ("Google", "Google Data Analytics Professional Certificate", "Advanced Data Analytics Professional Certificate"),
    ("Cisco", "CCNA", "CCNA Security"),
    ("Cisco", "CCNA", "Cisco Certified Network Professional (CCNP)"),
    ("AXELOS", "ITIL 4 Foundation", "ITIL 4 Managing Professional"),
    ("AXELOS", "ITIL 4 Foundation", "ITIL 3 Foundation"),
    ("AXELOS", "PRINCE2 Foundation", "PRINCE2 Practitioner"),
    ("BCS", "Foundation Certificate in Business Analysis", "Foundation Certificate in Artificial Intelligence"),
    ("BCS", "Foundation Certificate in Business Analysis", "Foundation Certificate"),
    ("Microsoft", "Azure Administrator Associate", "Azure Administrator Expert"),
    ("Microsoft", "Azure AI Engineer Associate", "Azure Data Engineer Associate"),
    ("Microsoft", "Microsoft Certified", "Certification"),
    ("Acme", "Data Analysis (SQL)", "Data Analysis (SAS)"),
    ("Acme", "Python Basics", "Python Advanced"),
    ("Acme", "Python", "Python for Everybody"),
    ("Acme", "Certificate in Law", "Certificate in Art"),
    ("Acme", "Cloud Foundation", "Cloud Advanced"),
]  # fmt: skip


@pytest.mark.parametrize(("issuer", "one", "other"), _ALIKE)
def test_two_names_of_one_credential_are_alike(issuer: str, one: str, other: str) -> None:
    first, second = split_title(one, issuer), split_title(other, issuer)
    assert 0.9 <= likeness_without_short_names(first, second) <= 1
    assert likeness_without_short_names(second, first) == likeness_without_short_names(first, second)


@pytest.mark.parametrize(("issuer", "one", "other"), _DIFFERENT)
def test_another_level_number_or_subject_is_another_credential(issuer: str, one: str, other: str) -> None:
    first, second = split_title(one, issuer), split_title(other, issuer)
    assert likeness_without_short_names(first, second) == likeness_without_short_names(second, first) == 0
