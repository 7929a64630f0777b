import pytest
from tests.unit.interchange.list_files import CV, NEW_CV, OLD_CV, RESUME, as_json

from learnpath.domain.dates import PartialDate
from learnpath.domain.records import AchievementType, Stage
from learnpath.errors import KnownError
from learnpath.interchange.drafts import CredentialDraft, title_of
from learnpath.interchange.formats import parse_file, recognise
from learnpath.interchange.personal import europass_cv


def credentials(data: bytes, name: str) -> list[CredentialDraft]:
    return [row.draft for row in parse_file(data, name).rows if isinstance(row.draft, CredentialDraft)]


def test_a_resume_gives_certificates_and_awards() -> None:
    parsed = parse_file(as_json(RESUME), "resume.json")
    certificate, unnamed, award = parsed.rows
    assert certificate.draft == CredentialDraft(
        title="Weaver",
        issuer_name="Guild",
        stage=Stage.EARNED,
        awarded_on=PartialDate("2024-05"),
        valid_until=PartialDate("2027-05"),
        license_number="W1",
        verification_url="https://example.org/c",
    )
    assert unnamed.draft is None
    assert "2013-12-021" in unnamed.problems[1]
    assert isinstance(award.draft, CredentialDraft)
    assert (award.draft.title, award.draft.notes) == ("Best cloth", "First")
    assert award.where == "award 1"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b'{"basics": {"name": "A"}}', "lists no certificates, awards or degrees"),
        (b'{"basics": {"name": "A"}, "certificates": null}', "lists no certificates"),
        (b'{"basics": {"name": "A"}, "certificates": [', "The résumé is no valid JSON"),
    ],
)
def test_a_resume_without_certificates_is_refused(data: bytes, words: str) -> None:
    with pytest.raises(KnownError, match=words):
        parse_file(data, "resume.json")


def test_degrees_of_a_resume_become_credentials_and_the_rest_is_said() -> None:
    education = [
        {"institution": "School of Weaving", "studyType": "Bachelor", "area": "Cloth", "endDate": "2012-06",
         "score": "1.3", "courses": ["Looms", "Dyes"]},
        {"institution": "Night School", "area": "Yarn", "startDate": "2025-09"},
        {"institution": "Town School", "endDate": "2008"},
        {"studyType": "Diploma"},
    ]  # fmt: skip
    skills = [{"name": "Weaving", "keywords": ["Sails"]}, {"name": "Dyeing"}]
    parsed = parse_file(as_json({"basics": {"name": "A"}, "education": education, "skills": skills}), "resume.json")
    bachelor, yarn, diploma = (row.draft for row in parsed.rows)
    assert bachelor == CredentialDraft(
        title="Bachelor, Cloth",
        issuer_name="School of Weaving",
        achievement_type=AchievementType.DEGREE,
        stage=Stage.EARNED,
        awarded_on=PartialDate("2012-06"),
        notes="Grade: 1.3\n\nCourses: Looms; Dyes",
    )
    assert isinstance(yarn, CredentialDraft)
    assert (yarn.title, yarn.stage, yarn.awarded_on) == ("Yarn", Stage.ENROLLED, None)
    assert isinstance(diploma, CredentialDraft)
    assert (diploma.title, diploma.stage) == ("Diploma", Stage.EARNED)
    assert [row.where for row in parsed.rows] == ["education 1", "education 2", "education 4"]
    assert parsed.problems == (
        "Left out: 1 school at which no degree is named.",
        "Left out: 2 groups of skills. Add those you want to keep to your credentials.",
    )


def test_a_correction_goes_to_one_entry_of_all_lists() -> None:
    resume: dict[str, object] = {"basics": {}, "certificates": [{"issuer": "Guild"}], "awards": [{"awarder": "Fair"}]}
    parsed = parse_file(as_json(resume), "resume.json", corrections={(2, "title"): "Best cloth"})
    assert [row.draft and title_of(row.draft) for row in parsed.rows] == [None, "Best cloth"]


def test_what_only_looks_like_a_resume() -> None:
    assert recognise(b'{"certificates": {"a": 1}}', "x") is None
    assert recognise(b'["certificates", "awards", {"awards": 1}]', "x") is None
    assert recognise(b'{"awards": [', "x") is None
    assert recognise(b'{"awards": []}', "x") == "json_resume"


def test_a_passport_gives_education_and_certificates() -> None:
    education, current, certificate, first, second = credentials(CV, "cv.xml")
    assert education == CredentialDraft(
        title="Weaving & dyeing",
        issuer_name="School",
        level="EQF 6",
        stage=Stage.EARNED,
        awarded_on=PartialDate("2012-06-30"),
    )
    assert (current.title, current.stage) == ("Knots", Stage.ENROLLED)
    assert (certificate.title, certificate.issuer_name, certificate.awarded_on) == ("Weaver", "Guild", None)
    assert [first.title, second.title] == ["First aid", "Fire safety"]
    assert first.achievement_type is AchievementType.CERTIFICATION
    assert "no day of the calendar" in parse_file(CV, "cv.xml").rows[2].problems[0]


def test_older_and_newer_cvs() -> None:
    (old,) = credentials(OLD_CV, "cv.xml")
    assert (old.title, old.issuer_name, old.awarded_on) == ("Loom building", "School", PartialDate("2009-07"))
    degree, certificate = credentials(NEW_CV, "cv.xml")
    assert (degree.title, degree.issuer_name, degree.awarded_on) == (
        "Master of Weaving",
        "School",
        PartialDate("2019-06"),
    )
    assert (certificate.title, certificate.issuer_name) == ("Weaver", "Guild")
    assert certificate.awarded_on == PartialDate("2020-01-31")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"<SkillsPassport><a></SkillsPassport>", "no well-formed XML"),
        (b"<SkillsPassport/>", "names no education"),
        (b"<a><europass/></a>", "no Europass CV"),
        (b"<?xml version='1.0' encoding='klingon'?><SkillsPassport/>", "damaged"),
        (b"<!DOCTYPE a [<!ENTITY b 'c'>]><SkillsPassport>&b;</SkillsPassport>", "defines its own entities"),
        (b"<!DOCTYPE a SYSTEM 'http://example.org/a.dtd'><SkillsPassport/>", "defines its own entities"),
        (b"<SkillsPassport><Certificate><Title>&#x202e;</Title></Certificate></SkillsPassport>", None),
    ],
)
def test_cvs_that_cannot_be_read(data: bytes, words: str | None) -> None:
    if words is None:
        (row,) = parse_file(data, "cv.xml").rows
        assert row.draft is None
        assert "no name" in row.problems[0]
        return
    with pytest.raises(KnownError, match=words):
        parse_file(data, "cv.xml")


def test_the_size_of_a_cv_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(europass_cv, "_MOST_BYTES", 10)
    with pytest.raises(KnownError, match="larger than 16 MB"):
        parse_file(CV, "cv.xml")


@pytest.mark.parametrize("data", [b"<education>" * 40 + b"</education>" * 40, b"<a>" + b"<b/>" * 20_000 + b"</a>"])
def test_a_cv_of_endless_parts_is_refused(data: bytes) -> None:
    with pytest.raises(KnownError, match="more parts than any CV"):
        parse_file(b"<SkillsPassport>" + data + b"</SkillsPassport>", "cv.xml")


def test_a_title_typed_for_a_certificate_is_not_taken_for_the_award_of_its_number() -> None:
    resume = {"basics": {}, "certificates": [{"issuer": "Guild"}], "awards": [{"awarder": "Fair"}]}
    certificate, award = parse_file(as_json(resume), "x.json").rows
    assert certificate.line != award.line
    typed = parse_file(as_json(resume), "x.json", corrections={(award.line, "title"): "Best cloth"}).rows
    assert [row.draft and title_of(row.draft) for row in typed] == [None, "Best cloth"]
