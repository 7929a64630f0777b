from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.interchange.portfolio.mira import EVERYTHING, TODAY, evidence, mira

from learnpath.domain.contents import LibraryContents
from learnpath.domain.dates import PartialDate
from learnpath.domain.records import (
    PORTFOLIO_SECTIONS,
    Credential,
    EvidenceRole,
    Path,
    PathStep,
    Portfolio,
    Profile,
    Program,
    Skill,
    Stage,
    StudySession,
)
from learnpath.interchange.portfolio.document import build_document, web_address

PLAIN = Portfolio(name="Plain")


def earned(id_: int, title: str, **fields: object) -> Credential:
    return replace(Credential(id=id_, title=title, stage=Stage.EARNED), **fields)  # pyright: ignore[reportArgumentType]


def test_the_person_and_the_title() -> None:
    document = build_document(mira(), PLAIN, today=TODAY)
    assert document.title == "Portfolio of Mira Kovács"
    assert (document.person.name, document.person.place, document.person.email) == ("Mira Kovács", "Budapest", "")
    assert document.generated_on == TODAY
    nameless = build_document(LibraryContents(), PLAIN, today=TODAY)
    assert nameless.title == "Credential portfolio"


def test_the_summary_is_counted() -> None:
    document = build_document(mira(), EVERYTHING, today=TODAY)
    assert document.summary == (
        "18 valid credentials, 16 with proof on file, 13 with a verification link.",
        "6 of 9 steps towards Cloud Security Engineer.",
        "Next exam: SC-200 on 27 Nov 2026.",
    )


def test_the_summary_names_neither_exams_nor_paths_that_are_not_shown() -> None:
    portfolio = Portfolio(name="Short", sections=("summary",), show_links=False)
    document = build_document(mira(), portfolio, today=TODAY)
    assert document.summary == ("18 valid credentials, 16 with proof on file.",)


def test_an_empty_library_says_so() -> None:
    document = build_document(LibraryContents(), EVERYTHING, today=TODAY)
    assert document.summary == ("No valid credentials are listed in this version.",)


def test_one_of_each_is_in_the_singular() -> None:
    contents = LibraryContents(
        credentials=(earned(1, "A"),), paths=(Path(id=1, title="P"),), steps=(PathStep(path_id=1, position=0),)
    )
    assert build_document(contents, PLAIN, today=TODAY).summary == ("1 valid credential.", "0 of 1 step towards P.")


def test_newest_award_first_and_unknown_last() -> None:
    credentials = (
        earned(1, "unknown"),
        earned(2, "month", awarded_on=PartialDate("2024-05")),
        earned(3, "older", awarded_on=PartialDate("2023-12-31")),
        earned(4, "newest", awarded_on=PartialDate("2026-11-01")),
        earned(5, "b same day", awarded_on=PartialDate("2024-05-02")),
        earned(6, "A same day", awarded_on=PartialDate("2024-05-02")),
    )
    document = build_document(LibraryContents(credentials=credentials), PLAIN, today=TODAY)
    assert [one.title for one in document.credentials] == [
        "newest", "A same day", "b same day", "month", "older", "unknown"
    ]  # fmt: skip


def test_an_entry_carries_words_and_exact_dates() -> None:
    document = build_document(mira(), PLAIN, today=TODAY)
    entry = next(one for one in document.credentials if one.human_code == "AZ-104")
    assert (entry.issuer, entry.issued, entry.awarded_on) == ("Microsoft", "Issued 14 Oct 2025", "2025-10-14")
    assert (entry.validity, entry.valid_until) == ("Valid until 20 Jan 2027", "2027-01-20")
    assert (entry.license_number, entry.proof_count, entry.claim) == ("A1B2-C3D4", 1, "certificate on file")
    assert entry.skills == ("Identity and access", "Cloud networking", "Cost management")
    assert (entry.status, entry.status_words, entry.is_over) == ("expiring", "valid", False)


def test_what_is_over_is_out_unless_asked_for() -> None:
    assert build_document(mira(), PLAIN, today=TODAY).earlier == ()
    shown = build_document(mira(), replace(PLAIN, show_expired=True), today=TODAY)
    assert [(one.title, one.status_words, one.is_over) for one in shown.earlier] == [
        ("Power Platform Functional Consultant", "expired", True),
        ("Scrum Basics", "no longer kept up", True),
    ]
    assert len(shown.credentials) == 18


def test_what_was_let_go_without_an_award_never_shows() -> None:
    contents = LibraryContents(credentials=(Credential(id=1, title="Given up", stage=Stage.LET_GO),))
    assert build_document(contents, replace(PLAIN, show_expired=True), today=TODAY).earlier == ()


def test_plans_are_out_unless_asked_for_and_wishes_always() -> None:
    assert build_document(mira(), PLAIN, today=TODAY).in_progress == ()
    shown = build_document(mira(), EVERYTHING, today=TODAY)
    assert [(one.human_code or one.title, one.progress) for one in shown.in_progress] == [
        ("SC-200", "in progress, exam 27 Nov 2026"),
        ("CKS", "in progress, expected Feb 2027"),
        ("CISSP", "planned"),
    ]


def test_switches_hide_numbers_and_links() -> None:
    portfolio = replace(PLAIN, show_links=False, show_license_numbers=False, excluded_ids=(1,))
    document = build_document(mira(), portfolio, today=TODAY)
    assert len(document.credentials) == 17
    assert all(not one.license_number and not one.verification_url for one in document.credentials)
    assert "AZ-104" not in repr(document)


def test_sections_keep_their_order_and_unknown_ones_are_ignored() -> None:
    portfolio = Portfolio(name="x", sections=("skills", "costs", "credentials", "skills"))
    document = build_document(mira(), portfolio, today=TODAY)
    assert document.sections == ("skills", "credentials")
    assert (document.summary, document.paths, document.study) == ((), (), ())
    assert document.credentials
    assert document.skills


def test_a_skill_names_what_proves_it_and_when_last() -> None:
    contents = LibraryContents(
        skills=(Skill(id=1, name="Python"), Skill(id=2, name="SQL"), Skill(id=3, name="Unproved")),
        programs=(Program(id=7, name="Course", skill_ids=(1,)),),
        credentials=(
            earned(1, "A", human_code="A-1", skill_ids=(1, 2), awarded_on=PartialDate("2022-03")),
            earned(2, "B", human_code="002", program_id=7, awarded_on=PartialDate("2025")),
            earned(3, "Expired", skill_ids=(3,), valid_until=PartialDate("2025")),
            Credential(id=4, title="Planned", skill_ids=(3,)),
        ),
    )
    skills = build_document(contents, EVERYTHING, today=TODAY).skills
    assert [(one.name, one.proved_by, one.most_recent) for one in skills] == [
        ("Python", ("B", "A-1"), "2025"),
        ("SQL", ("A-1",), "2022"),
    ]


def test_a_receipt_proves_nothing() -> None:
    contents = LibraryContents(credentials=(earned(1, "A"),), evidence=(evidence(1, 1, EvidenceRole.RECEIPT),))
    (entry,) = build_document(contents, PLAIN, today=TODAY).credentials
    assert (entry.proof_count, entry.claim) == (0, "self-declared")


def test_the_issuer_comes_from_the_program_when_the_record_has_none() -> None:
    contents = replace(mira(), credentials=(earned(1, "A", program_id=1),))
    assert build_document(contents, PLAIN, today=TODAY).credentials[0].issuer == "Microsoft"


def test_paths_count_steps_and_name_the_next() -> None:
    (path,) = build_document(mira(), PLAIN, today=TODAY).paths
    assert (path.title, path.steps_done, path.steps, path.percent) == ("Cloud Security Engineer", 6, 9, 66)
    assert path.next_step == "Security Operations Analyst Associate"


def test_a_step_of_a_program_is_done_by_any_valid_credential_of_it() -> None:
    contents = LibraryContents(
        programs=(Program(id=1, name="One"), Program(id=2, name="Two")),
        credentials=(
            earned(1, "A", program_id=1),
            earned(2, "B", program_id=2, valid_until=PartialDate("2020")),
        ),
        paths=(Path(id=1, title="P"),),
        steps=(
            PathStep(id=1, path_id=1, position=0, program_id=1),
            PathStep(id=2, path_id=1, position=1, program_id=2),
        ),
    )
    (path,) = build_document(contents, PLAIN, today=TODAY).paths
    assert (path.steps_done, path.percent) == (1, 50)


def test_hours_studied_for_a_step_count_towards_its_path() -> None:
    contents = LibraryContents(
        credentials=(earned(1, "A"), Credential(id=2, title="B", stage=Stage.ENROLLED)),
        paths=(Path(id=1, title="P"),),
        steps=(
            PathStep(id=1, path_id=1, position=0, credential_id=1, estimated_minutes=600),
            PathStep(id=2, path_id=1, position=1, credential_id=2, estimated_minutes=600),
        ),
        sessions=(
            StudySession(id=1, credential_id=2, studied_on=PartialDate("2026-11-01"), minutes=120),
            StudySession(id=2, studied_on=PartialDate("2026-11-01"), minutes=300),
        ),
    )
    (path,) = build_document(contents, PLAIN, today=TODAY).paths
    assert (path.steps_done, path.percent, path.next_step) == (1, 60, "B")


def test_what_has_expired_is_the_next_step() -> None:
    contents = LibraryContents(
        credentials=(earned(1, "A", valid_until=PartialDate("2020")),),
        paths=(Path(id=1, title="P"),),
        steps=(PathStep(id=1, path_id=1, position=0, credential_id=1),),
    )
    (path,) = build_document(contents, PLAIN, today=TODAY).paths
    assert (path.steps_done, path.next_step) == (0, "A")


def test_the_next_step_is_not_named_when_it_is_excluded() -> None:
    (path,) = build_document(mira(), replace(PLAIN, excluded_ids=(103,)), today=TODAY).paths
    assert path.next_step == ""


def test_finished_and_empty_paths_are_not_in_progress() -> None:
    contents = LibraryContents(
        credentials=(earned(1, "A"),),
        paths=(Path(id=1, title="Done"), Path(id=2, title="Empty"), Path(id=3, title="Open")),
        steps=(
            PathStep(id=1, path_id=1, position=0, credential_id=1),
            PathStep(id=2, path_id=3, position=0, title="Read the book"),
        ),
    )
    paths = build_document(contents, PLAIN, today=TODAY).paths
    assert [(one.title, one.next_step) for one in paths] == [("Open", "Read the book")]


def test_study_is_counted_by_month_over_twelve_months() -> None:
    contents = LibraryContents(
        sessions=tuple(
            StudySession(id=number, studied_on=PartialDate(day), minutes=minutes)
            for number, (day, minutes) in enumerate(
                [("2025-11-30", 1000), ("2025-12-01", 30), ("2026-11", 60), ("2026-11-21", 15), ("2026", 500),
                 ("2026-11-22", 700)]
            )
        )
    )  # fmt: skip
    study = build_document(contents, EVERYTHING, today=TODAY).study
    assert [one.month for one in study][::11] == ["2025-12", "2026-11"]
    assert [one.minutes for one in study] == [30] + [0] * 10 + [75]
    assert study[0].label == "Dec"


def test_the_year_one_has_no_months_before_it() -> None:
    study = build_document(LibraryContents(), EVERYTHING, today=date(1, 3, 1)).study
    assert [one.month for one in study] == ["0001-01", "0001-02", "0001-03"]


def test_a_language_without_words_is_english() -> None:
    assert build_document(mira(), PLAIN, today=TODAY, language="tlh").language == "en"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (" https://a.example/x?y#z ", "https://a.example/x?y#z"),
        ("HTTP://a.example", "HTTP://a.example"),
        ("javascript:alert(1)", ""),
        ("file:///etc/passwd", ""),
        ("https://", ""),
        ("https://[", ""),
        ("https://a.example/a b", ""),
        ("https://a.example/\u202ex", ""),
        ("a.example", ""),
        ("", ""),
    ],
)
def test_only_web_addresses_leave_the_library(text: str, expected: str) -> None:
    assert web_address(text) == expected


@given(
    sections=st.lists(st.sampled_from(PORTFOLIO_SECTIONS), max_size=6).map(tuple),
    excluded=st.sets(st.integers(1, 110)),
    switches=st.lists(st.booleans(), min_size=4, max_size=4),
    today=st.dates(),
)
def test_what_a_version_hides_is_nowhere_in_it(
    sections: tuple[str, ...], excluded: set[int], switches: list[bool], today: date
) -> None:
    expired, planned, links, numbers = switches
    portfolio = Portfolio(
        name="x", sections=sections, excluded_ids=tuple(excluded), show_expired=expired, show_planned=planned,
        show_links=links, show_license_numbers=numbers,
    )  # fmt: skip
    contents = replace(mira(), paths=(), profile=Profile(name="Mira"))
    document = build_document(contents, portfolio, today=today)
    by_title = {one.title: one for one in contents.credentials}
    shown = document.credentials + document.earlier
    assert all(by_title[one.title].id not in excluded for one in shown)
    assert all(one.awarded_on and by_title[one.title].awarded_on is not None for one in shown)
    assert expired or not document.earlier
    assert planned or not document.in_progress
    assert links or "https://" not in repr(document)
    assert numbers or all(not one.license_number for one in shown)
