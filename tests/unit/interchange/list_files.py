"""Small valid files of the list and personal formats, written for these tests."""

# The files are kept in wide lines.
# ruff: noqa: E501
import io
import json
from collections.abc import Sequence
from typing import Any

import pikepdf

TEMPLATES = {
    "t-1": {
        "id": "t-1",
        "name": "Weaving Basics",
        "description": "<p>Looms &amp; yarn</p>",
        "level": "Foundational",
        "type_category": "Learning",
        "global_activity_url": "https://example.org/weaving?utm_source=list&a=1",
        "url": "https://www.credly.com/org/guild/badge/weaving-basics",
        "issuer": {
            "entities": [
                {"primary": False, "entity": {"name": "Helpers"}},
                {"primary": True, "entity": {"name": "Guild of Weavers"}},
            ]
        },
        "badge_template_activities": [{"title": "Attend", "required_badge_template_id": None}],
        "skills": [{"name": "Weaving", "vanity_slug": "weaving"}, {"name": "Weaving"}, {"name": "x" * 200}],
    },
    "t-2": {
        "id": "t-2",
        "name": "Master Weaver",
        "type_category": "Certification",
        "url": "https://www.credly.com/org/guild/badge/master-weaver",
        "badge_template_activities": [
            {"title": "Old title", "required_badge_template_id": "t-1"},
            {"title": "Dyeing", "required_badge_template_id": "t-9"},
        ],
    },
}
_UUID = "00000000-0000-4000-8000-00000000000"
EARNED_BADGES: dict[str, Any] = {
    "data": [
        {
            "id": f"{_UUID}1",
            "issued_at_date": "2024-05-14",
            "expires_at_date": "2027-05-14",
            "state": "accepted",
            "public": True,
            "locale": "en",
            "image_url": "https://images.example.org/1.png",
            "issuer": {
                "summary": "issued by Helpers",
                "entities": [
                    {"primary": False, "entity": {"name": "Helpers"}},
                    {"primary": True, "entity": {"name": "Guild of Weavers"}},
                ],
            },
            "badge_template": {
                "id": "t-2",
                "name": "Master Weaver",
                "description": "<p>Weaves cloth &amp; sails.</p>",
                "global_activity_url": "https://example.org/master",
                "level": "Advanced",
                "type_category": "Certification",
                "badge_template_activities": [{"title": "Pass the exam", "required_badge_template_id": None}],
                "skills": [{"id": "s-1", "name": "Weaving", "vanity_slug": "weaving"}, {"name": "Sails"}],
            },
            "evidence": [
                {
                    "name": "Sample",
                    "description": "A blue cloth.",
                    "url": "https://work.example.org/cloth?utm_source=a",
                },
                {"url": "javascript:alert(1)"},
            ],
            "recommendations": [{"comment": "Neat selvedges.", "recommender_name": "Bo"}],
        },
        {
            "id": f"{_UUID}2",
            "issued_at": "2014-04-01 09:41:00 -0500",
            "expires_at": "2016-04-01T00:00:00.000Z",
            "state": "expired",
            "issuer": {"summary": "issued by Dye Works"},
            "badge_template": {"name": "Dyeing", "type_category": "Learning"},
        },
        {"id": f"{_UUID}3", "state": "pending", "issued_at_date": "2026-11-01", "badge_template": {"name": "Knots"}},
    ],
    "metadata": {"count": 3},
}
ORGANISATIONS = {
    "o": {"id": "o", "name": "Guild", "url": "/organizations/guild/badges", "logo": "https://example.org/l"}
}
CATALOGUE = {
    "modules": [
        {
            "uid": "learn.looms",
            "title": "Looms",
            "summary": "<p>About <b>looms</b></p>",
            "duration_in_minutes": 45,
            "levels": ["beginner"],
            "locale": "en-us",
            "last_modified": "2026-01-02T03:04:05+00:00",
            "url": "https://learn.example.org/looms/?WT.mc_id=api_CatalogApi",
            "icon_url": "https://learn.example.org/looms.svg",
        }
    ],
    "learningPaths": [{"uid": "learn.path", "title": "Path", "durationInMinutes": 120, "url": "ftp://example.org"}],
    "certifications": [
        {"uid": "certification.weaver", "title": "Weaver", "subtitle": "A<br>B", "certification_type": "x"}
    ],
    "exams": [{"uid": "exam.wv-900", "display_name": "Weaving Fundamentals"}],
    "courses": [{"uid": "course.wv-900t00", "title": "Weaving course", "duration_in_hours": 8}],
}
TRANSCRIPT = {
    "userName": "AdaExample",
    "modulesCompleted": [
        {"uid": "learn.looms", "title": "Looms", "completedOn": "2026-03-24T13:45:51.5960491+00:00", "duration": 48}
    ],
    "learningPathsCompleted": [{"uid": "learn.path", "title": "Path", "completedOn": "2026-03-25T00:00:00"}],
    "certificationData": {
        "activeCertifications": [
            {
                "name": "Certified Weaver",
                "certificationNumber": "AB12-CD34",
                "status": "Active",
                "dateEarned": "2025-02-03T00:00:00+00:00",
                "expiration": "2027-02-03T23:59:59+00:00",
            }
        ],
        "historicalCertifications": [{"name": "Old Weaver", "status": "Retired", "dateEarned": "2015-04-31"}],
    },
    "appliedSkillsData": {
        "appliedSkillsCredentials": [{"credentialId": "CRED1", "title": "Dyeing", "awardedOn": "2026-01-04T05:09:59Z"}]
    },
}
CTDL = {
    "@context": "https://credreg.net/ctdl/schema/context/json",
    "@graph": [
        {"@type": "ceterms:Organization", "@id": "https://example.org/org", "ceterms:name": {"en": "Guild"}},
        {
            "@type": "ceterms:Certification",
            "@id": "https://example.org/cert",
            "ceterms:ctid": "urn:ctid:1234",
            "ceterms:name": {"de": "Weber", "en-US": "Weaver"},
            "ceterms:description": {"en-US": "Weaves"},
            "ceterms:ownedBy": ["https://example.org/org"],
            "ceterms:subjectWebpage": "https://example.org/weaver",
            "ceterms:estimatedCost": [{"ceterms:price": 120.5, "ceterms:currency": "US Dollar"}],
            "ceterms:estimatedDuration": [{"ceterms:exactDuration": "P1Y"}, {"ceterms:exactDuration": "PT20H"}],
            "ceterms:lifeCycleStatusType": {"ceterms:targetNode": "lifeCycle:Ceased"},
            "ceterms:audienceLevelType": [{"ceterms:targetNodeName": {"en-US": "Beginner"}}],
            "ceterms:teaches": [{"ceterms:targetNodeName": {"en-US": "Weaving"}}],
        },
        {
            "type": "ceterms:MasterDegree",
            "name": {"@en-US": "Master of Weaving"},
            "ceterms:ownedBy": [{"name": "School"}],
        },
        {"type": "CourseComponent"},
    ],
}
SCHEMA_ORG = {
    "@context": "https://schema.org",
    "@graph": [
        {"@type": "WebPage", "name": "Page"},
        {
            "@type": ["Course", "Product"],
            "name": "Weaving &amp; dyeing",
            "courseCode": "W1",
            "url": "https://example.org/w1?utm_campaign=x",
            "provider": {"@type": "Organization", "name": "Guild", "url": "https://example.org"},
            "timeRequired": "PT22H",
            "hasCourseInstance": [{"courseWorkload": "PT5H", "offers": {"price": "395", "priceCurrency": "GBP"}}],
            "teaches": ["Weaving", {"name": "Dyeing", "url": "https://example.org/d"}],
        },
        {
            "@type": "EducationalOccupationalCredential",
            "name": "Certified Weaver",
            "credentialCategory": {"name": "Certification"},
            "recognizedBy": {"name": "Guild"},
            "validFor": "P3Y",
        },
        {
            "@type": "EducationalOccupationalProgram",
            "name": "Degree",
            "offers": [{"price": 1, "priceCurrency": "EUR"}, {"price": 2, "priceCurrency": "EUR"}],
        },
    ],
}
PAGE = (
    b'<!DOCTYPE html><html><head><!-- <script type=\'application/ld+json\'>{"@type": "Course"}</script> -->'
    b"<script>var a = '</p>';</script><script type='application/ld+json'>{broken</script>"
    b'<script type="application/ld+json; charset=utf-8">{"@context": "http://schema.org/", "@type": "Course", '
    b'"name": "Knots, ]tied,", "url": "javascript:alert(1)",}</script></head><body><p>x</p></body></html>'
)
ROLES = {
    "record_count": 2,
    "records": [
        {
            "credential": {"certification_id": "c1", "vendor_name": "Guild", "name": "Weaver+", "exam_codes": ["W-1", "W-2"],
                           "official_url": "https://example.org/w"},
            "currentness": {"state": "current", "exam_code": "W-1 + W-2"},
            "cost": {"exam_fees": [{"amount": 129.0, "currency": "USD"}], "renewal": {"validity_years": 1.5}},
        },
        {"credential": {"name": "Dyer", "vendor_name": "Guild", "type": "certificate"},
         "cost": {"exam_fees": [{"amount": 1, "currency": "USD"}, {"amount": 2, "currency": "USD"}, {"amount": True}],
                  "renewal": {"validity_years": 0.0}}},
    ],
}  # fmt: skip
ESCO = (
    b"conceptType,conceptUri,preferredLabel,altLabels,description\r\n"
    b'KnowledgeSkillCompetence,http://data.europa.eu/esco/skill/aa,weave cloth,"make cloth\nweave",x\r\n'
    b"KnowledgeSkillCompetence,http://data.europa.eu/esco/skill/bb,dye,colour | tint,y\r\n"
    b"KnowledgeSkillCompetence,javascript:alert(1),dye,,y\r\nOccupation,http://data.europa.eu/esco/occupation/c,weaver\r\n"
)
OCCUPATIONS = (
    b"conceptType,conceptUri,iscoGroup,preferredLabel,altLabels,status,description\n"
    b'Occupation,http://data.europa.eu/esco/occupation/c,7318,weaver,"cloth weaver\nloom hand",released,Weaves cloth.\n'
    b"Occupation,http://data.europa.eu/esco/occupation/d,7318,dyer,,released,<p>Dyes it.</p>\n"
    b"ISCOGroup,http://data.europa.eu/esco/isco/C7318,7318,Handicraft workers,,released,\n"
    b"Occupation,,7318,,,released,Nothing.\n"
)
EDUCATION = (
    b"School Name,Start Date,End Date,Notes,Degree Name,Activities\n"
    b'School of Weaving,Sep 2008,Jun 2012,Exchange year,"BSc, Cloth","Loom Club, Choir"\n'
    b"Dye Works,2019,,,Certificate in Dyeing,\n"
    b"Town School,Sep 2000,Jun 2008,,,\n"
    b"Night School,,,,Diploma in Yarn,\n"
)
SKILLS = b'Name\nWeaving\n"Dyeing, cold"\nYarn; wool\nN/A\n Loom  repair \n'
RESUME = {
    "basics": {"name": "Ada Example"},
    "work": [],
    "certificates": [
        {"name": "Weaver", "issuer": "Guild", "date": "2024-05", "url": "https://example.org/c", "credentialId": "W1",
         "expires": "2027-05"},
        {"name": None, "date": "2013-12-021"},
    ],
    "awards": [{"title": "Best cloth", "awarder": "Fair", "date": "2014", "summary": "<i>First</i>"}],
}  # fmt: skip
CV = b"""<?xml version="1.0" encoding="UTF-8"?><!-- note -->
<SkillsPassport xmlns="http://europass.cedefop.europa.eu/Europass"><LearnerInfo>
<EducationList><Education><Period><From year="2010"/><To year="2012" month="--06" day="---30"/></Period>
<Title>Weaving &amp;amp; dyeing</Title><Organisation><Name>School</Name></Organisation>
<Level><Code>6</Code><Label>EQF 6</Label></Level></Education>
<Education><Period><Current>true</Current></Period><Title>Knots</Title></Education></EducationList>
<Skills><VerifiedBy><Certificate><Title>Weaver</Title><AwardingBody>Guild</AwardingBody><Date year="2015" month="--04" day="---31"/>
</Certificate></VerifiedBy></Skills>
<AchievementList><Achievement><Title><Code>certifications</Code><Label>C</Label></Title>
<Description>&lt;ul&gt;&lt;li&gt;First aid&lt;/li&gt;&lt;li&gt;Fire safety&lt;/li&gt;&lt;/ul&gt;</Description></Achievement>
<Achievement><Title><Code>projects</Code></Title><Description>A bridge</Description></Achievement></AchievementList>
</LearnerInfo></SkillsPassport>"""
OLD_CV = b"""<europass:learnerinfo xmlns:europass="http://europass.cedefop.europa.eu/Europass/V2.0"><educationlist><education>
<period><to><year>2009</year><month>--07</month><day></day></to></period><title>Loom building</title>
<organisation><name>School</name></organisation></education></educationlist></europass:learnerinfo>"""
NEW_CV = b"""<Candidate xmlns="http://www.europass.eu/1.0" xmlns:hr="http://www.hr-xml.org/3"><CandidateProfile>
<EducationHistory><EducationOrganizationAttendance><hr:OrganizationName>School</hr:OrganizationName>
<AttendancePeriod><EndDate><hr:FormattedDateTime>2019-06</hr:FormattedDateTime></EndDate></AttendancePeriod>
<EducationDegree><hr:DegreeName>Master of Weaving</hr:DegreeName></EducationDegree></EducationOrganizationAttendance>
</EducationHistory><Certifications><Certification><hr:CertificationName>Weaver</hr:CertificationName>
<hr:IssuingAuthority><hr:Name>Guild</hr:Name></hr:IssuingAuthority><hr:FirstIssuedDate>2020-01-31</hr:FirstIssuedDate>
</Certification></Certifications></CandidateProfile></Candidate>"""
CALENDAR = b"""BEGIN:VCALENDAR
VERSION:2.0
X-WR-TIMEZONE:Europe/Budapest
BEGIN:VEVENT
UID:1
SUMMARY:Exam: AZ-900 Azure Fundamentals
DTSTART:20261204T081500Z
LOCATION:Room 5
DESCRIPTION:Bring a passport
END:VEVENT
BEGIN:VEVENT
UID:2
SUMMARY:Meisterpr\xc3\xbcfung
DTSTART;VALUE=DATE:20270131
END:VEVENT
BEGIN:VEVENT
UID:3
SUMMARY:Certified Weaver
LOCATION:Pearson VUE\\, Budapest
DTSTART;TZID=America/New_York:20260720T183000
END:VEVENT
BEGIN:VEVENT
UID:4
SUMMARY:Weaving exam
DTSTART:20260721T090000
END:VEVENT
BEGIN:VEVENT
UID:5
SUMMARY:Exam prep with Ada
DTSTART:20260721T090000
END:VEVENT
BEGIN:VEVENT
UID:6
SUMMARY:Cancelled exam
STATUS:CANCELLED
DTSTART:20260721T090000
END:VEVENT
BEGIN:VEVENT
UID:7
SUMMARY:Undated exam
END:VEVENT
BEGIN:VEVENT
UID:8
SUMMARY:Weekly exam
RRULE:FREQ=WEEKLY
DTSTART:20260721T090000
END:VEVENT
BEGIN:VEVENT
UID:9
DTSTART:20260721T090000
END:VEVENT
END:VCALENDAR
""".replace(b"\n", b"\r\n")


def as_json(value: object) -> bytes:
    """Return a value as a JSON file."""
    return json.dumps(value).encode()


def pdf(lines: Sequence[str], pages: int = 1, **save: Any) -> bytes:
    """Return a PDF whose first page shows the lines of text."""
    document = pikepdf.new()
    for _ in range(pages):
        document.add_blank_page(page_size=(800, 600))
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.Type1,
        BaseFont=pikepdf.Name.Helvetica,
        Encoding=pikepdf.Name.WinAnsiEncoding,
    )
    escaped = (
        one.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)") for one in lines
    )
    shown = b"".join(b"(" + one + b") Tj T* " for one in escaped)
    page = document.pages[0]
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=document.make_indirect(font)))
    page.Contents = document.make_stream(b"BT /F1 14 Tf 18 TL 50 560 Td " + shown + b"ET")
    out = io.BytesIO()
    document.save(out, static_id=True, **save) if "encryption" not in save else document.save(out, **save)
    return out.getvalue()


ASKING_BADGE: dict[str, Any] = {
    **TEMPLATES["t-2"],
    "description": "Weaves.",
    "cost": "Paid",
    "time_to_earn": "Days",
    "alignments": [{"name": "ISO/IEC 17024"}, {"url": "https://example.org"}],
    "badge_template_activities": [
        {"title": "Weave a <b>sail</b>", "required_badge_template_id": None},
        {"title": "Dyeing", "required_badge_template_id": "t-9"},
        {"activity_type": "Payment"},
    ],
}
_CERTIFIED = {
    **CATALOGUE["certifications"][0],
    "exams": ["exam.wv-900", {"uid": "exam.wv-104"}, "learn.other"],
    "roles": ["master-weaver", "loom-hand"],
    "products": ["looms", "yarn"],
}
CATALOGUE_WITH_NAMES: dict[str, Any] = {
    **CATALOGUE,
    "certifications": [_CERTIFIED],
    "roles": [{"id": "master-weaver", "name": "Master weaver"}],
    "products": [{"id": "looms", "name": "Looms", "children": [{"id": "yarn", "name": "Fine yarn"}]}],
}


def _badge(key: str, name: str, **more: object) -> dict[str, object]:
    return {"@type": "ceterms:Badge", "@id": f"https://example.org/{key}", "ceterms:name": name, **more}


_CONDITIONS = [
    {
        "ceterms:name": {"en": "Before"},
        "ceterms:targetCredential": ["https://example.org/a", "https://example.org/gone"],
        "ceterms:targetAssessment": [{"ceterms:name": "Loom test"}],
    },
    {"ceterms:description": "<p>Two years of weaving</p>", "ceterms:condition": ["Aged 18"]},
    {"ceterms:name": "Own yarn"},
]
_GRAPH = [
    _badge("a", "Basics"),
    _badge("b", "Twin"),
    _badge("c", "Twin"),
    _badge(
        "d",
        "Master",
        **{
            "ceterms:requires": _CONDITIONS,
            "ceterms:hasPart": ["https://example.org/a", {"ceterms:name": "Finale"}, "https://example.org/gone"],
            "ceterms:estimatedDuration": [{"ceterms:exactDuration": "P9M"}],
        },
    ),
    _badge("e", "Heir", **{"ceterms:requires": {"ceterms:targetCredential": ["https://example.org/b"]}}),
    {"@type": "ceterms:Organization", "ceterms:name": "Nobody"},
]

REQUIRING_CTDL = {"@context": "https://credreg.net/ctdl/schema", "@graph": _GRAPH}
_SAILS = {
    "@type": "Course",
    "name": "Sails",
    "description": "About sails.",
    "coursePrerequisites": [
        {"@type": "Course", "name": "Knots"},
        {"@id": "https://example.org/ropes"},
        "https://example.org/ropes",
        "A <b>steady</b> hand",
        {"@type": "AlignmentObject", "targetName": "Reading plans"},
    ],
    "educationalCredentialAwarded": {"@type": "EducationalOccupationalCredential", "name": "Sail maker"},
    "timeToComplete": "P6M",
    "hasCourseInstance": [
        {"startDate": "2027-03-01", "courseWorkload": "PT5H"},
        {"startDate": "2026-12-04T09:00:00Z", "courseWorkload": "3 hours per week"},
    ],
}
_ROPES = {"@type": "Course", "@id": "https://example.org/ropes", "name": "Ropes"}
COURSES: dict[str, Any] = {"@context": "https://schema.org", "@graph": [_SAILS, _ROPES]}
PLAIN_LIST = [
    {"name": "Looms", "url": "https://example.org", "prerequisites": ["Yarn", {"name": "Knots"}], "hours": 12},
    {"name": "Sails", "url": "https://example.org/s", "prerequisites": "Two years at sea", "duration": "6 weeks",
     "price": "49 EUR"},
]  # fmt: skip
CERTIFICATE = pdf(
    ["CERTIFICATE OF COMPLETION", "Ada Example", "Has successfully completed the course", "Weaving", "2024-05-06"]
)
FILES: dict[str, tuple[str, bytes]] = {
    "credly_badges": ("a.json", as_json(EARNED_BADGES)),
    "credly_catalogue": ("a.json", as_json(TEMPLATES)),
    "ms_learn_catalogue": ("a.json", as_json(CATALOGUE)),
    "ms_learn_transcript": ("a.json", as_json(TRANSCRIPT)),
    "ctdl": ("a.json", as_json(CTDL)),
    "schema_org": ("a.html", PAGE),
    "catalogue_json": ("a.json", as_json(ROLES)),
    "esco": ("a.csv", ESCO),
    "linkedin_education": ("a.csv", EDUCATION),
    "json_resume": ("a.json", as_json(RESUME)),
    "europass_cv": ("a.xml", CV),
    "calendar": ("a.ics", CALENDAR),
    "pdf_certificate": ("a.pdf", CERTIFICATE),
}
MORE_FILES: dict[str, tuple[bytes, ...]] = {
    "credly_catalogue": (as_json([ASKING_BADGE]),),
    "ms_learn_catalogue": (as_json(CATALOGUE_WITH_NAMES),),
    "ctdl": (as_json(REQUIRING_CTDL),),
    "schema_org": (as_json(SCHEMA_ORG), as_json(COURSES)),
    "catalogue_json": (as_json(PLAIN_LIST),),
    "europass_cv": (OLD_CV, NEW_CV),
}
