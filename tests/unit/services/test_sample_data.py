"""The sample library is complete, consistent, true to its figures, and holds for any day."""

import csv
import hashlib
import tomllib
from collections import Counter
from copy import deepcopy
from datetime import date, timedelta
from io import BytesIO
from itertools import count, pairwise
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from learnpath.domain.contents import LibraryContents
from learnpath.domain.dates import Term
from learnpath.domain.records import (
    PORTFOLIO_SECTIONS,
    ClaimState,
    CostState,
    Credential,
    LifecycleStatus,
    Payer,
    Stage,
)
from learnpath.domain.status import VALID, Status, renewal_opens_on, status_of
from learnpath.resources import resource_path
from learnpath.services.sample_data import SampleLibrary, build_sample, sample_from_tables
from learnpath.services.sample_rows import SampleError

TODAY = date(2026, 11, 21)
TERRAFORM = "Terraform Associate (003)"
KINDS = [name for name in LibraryContents.__dataclass_fields__ if name != "profile"]
DAYS = st.dates(date(2024, 1, 1), date(2040, 12, 31))


def sample_on(today: date) -> SampleLibrary:
    return build_sample(today, count(1).__next__)


def tables() -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name in ("sample_programs.toml", "sample_library.toml"):
        found |= tomllib.loads(resource_path(f"samples/{name}").read_text(encoding="utf-8"))
    return found


TABLES = tables()
SAMPLE = sample_on(TODAY)


def credential(name: str, sample: SampleLibrary = SAMPLE) -> Credential:
    return next(one for one in sample.contents.credentials if name in (one.human_code, one.title))


def monday(today: date) -> date:
    return today - timedelta(days=today.weekday())


def is_leap_day(day: date) -> bool:
    return (day.month, day.day) == (2, 29)


def test_the_library_has_its_promised_size() -> None:
    contents = SAMPLE.contents
    sizes = {kind: len(getattr(contents, kind)) for kind in KINDS}
    assert sizes["credentials"] == 25
    assert 38 <= sizes["programs"] <= 44
    assert sizes["paths"] == 3
    assert 12 <= sizes["evidence"] <= 15
    assert 150 <= sizes["sessions"] <= 220
    assert sizes["imports"] == sizes["sources"] == 0
    assert min(sizes[kind] for kind in KINDS if kind not in ("imports", "sources")) > 0


def test_ids_are_unique_and_each_kind_is_ordered_by_id() -> None:
    ids: list[int] = []
    for kind in KINDS:
        own = [record.id for record in getattr(SAMPLE.contents, kind)]
        assert own == sorted(own)
        ids += own
    assert len(ids) == len(set(ids))
    assert min(ids) > 0


def test_every_reference_leads_to_a_record() -> None:
    contents = SAMPLE.contents
    ids = {kind: {record.id for record in getattr(contents, kind)} for kind in KINDS}
    for program in contents.programs:
        assert program.issuer_id in ids["issuers"]
        assert program.skill_ids
        assert ids["skills"].issuperset(program.skill_ids)
    for one in contents.credentials:
        assert one.issuer_id in ids["issuers"]
        assert one.program_id in ids["programs"]
        assert ids["skills"].issuperset(one.skill_ids)
        assert ids["tags"].issuperset(one.tag_ids)
    for dependent in (*contents.evidence, *contents.costs):
        assert dependent.credential_id in ids["credentials"]
    assert {session.credential_id for session in contents.sessions} <= ids["credentials"] | {None}
    for step in contents.steps:
        assert step.path_id in ids["paths"]
        assert step.program_id in ids["programs"]
        assert step.credential_id is None or step.credential_id in ids["credentials"]
    for portfolio in contents.portfolios:
        assert set(portfolio.sections) <= set(PORTFOLIO_SECTIONS)
        assert ids["credentials"].issuperset(portfolio.excluded_ids)


def test_no_issuer_skill_or_tag_is_left_unused_or_named_twice() -> None:
    contents = SAMPLE.contents
    holders = (*contents.programs, *contents.credentials)
    assert {one.issuer_id for one in holders} == {one.id for one in contents.issuers}
    assert {skill for one in holders for skill in one.skill_ids} == {one.id for one in contents.skills}
    assert {tag for one in holders for tag in one.tag_ids} == {one.id for one in contents.tags}
    for kind in ("issuers", "skills", "tags", "programs"):
        names = [record.name.casefold() for record in getattr(contents, kind)]
        assert len(names) == len(set(names))


def test_every_stage_and_status_is_there() -> None:
    credentials = SAMPLE.contents.credentials
    assert {one.stage for one in credentials} == set(Stage)
    assert Counter(status_of(one, TODAY) for one in credentials) == {
        Status.ACTIVE: 11,
        Status.EXPIRING: 4,
        Status.PLANNED: 2,
        Status.WISHED: 1,
        Status.ENROLLED: 1,
        Status.BOOKED: 1,
        Status.RENEWABLE: 1,
        Status.GRACE: 1,
        Status.EXPIRED: 1,
        Status.REVOKED: 1,
        Status.LET_GO: 1,
    }


def test_the_persona_is_the_one_of_the_scenarios() -> None:
    profile = SAMPLE.contents.profile
    assert (profile.name, profile.place, profile.currency) == ("Mira Kovács", "Budapest", "EUR")
    assert profile.headline == "Cloud engineer moving into security"
    assert profile.week_goal_minutes == 360
    azure, terraform = credential("AZ-104"), credential(TERRAFORM)
    assert str(azure.valid_until) == "2027-01-20"
    assert renewal_opens_on(azure) == date(2026, 7, 24)
    assert str(terraform.valid_until) == "2026-12-02"
    assert str(credential("SAA-C03").awarded_on) == "2024-05-14"
    assert str(credential("PL-200").valid_until) == "2026-12-05"


def test_the_exam_has_a_day_a_time_and_a_real_zone() -> None:
    booked = next(one for one in SAMPLE.contents.credentials if one.stage is Stage.BOOKED)
    assert str(booked.exam_on) == "2026-11-27"
    assert (booked.exam_time, booked.exam_zone) == ("09:30", "Europe/Budapest")
    assert ZoneInfo(booked.exam_zone).key == booked.exam_zone


def test_what_is_earned_has_a_date_and_what_is_not_has_none() -> None:
    for one in SAMPLE.contents.credentials:
        assert (one.awarded_on is not None) == (one.stage is Stage.EARNED)
        assert bool(one.let_go_reason) == (one.stage is Stage.LET_GO)
        assert bool(one.verification_url) == (one.stage is Stage.EARNED)
        assert one.stage is Stage.EARNED or one.valid_until is None


def test_addresses_are_whole_and_verification_ones_lead_nowhere_real() -> None:
    contents = SAMPLE.contents
    addresses = [one.url for one in (*contents.issuers, *contents.programs)]
    addresses += [one.source_url for one in contents.programs if one.source_url]
    for address in addresses:
        parts = urlsplit(address)
        assert parts.scheme == "https"
        assert "." in parts.netloc
        assert not parts.query
    for one in contents.credentials:
        assert one.verification_url == "" or urlsplit(one.verification_url).hostname == "verify.example"


def test_licence_numbers_and_verification_addresses_belong_to_one_credential_each() -> None:
    for field in ("license_number", "verification_url"):
        values = [value for one in SAMPLE.contents.credentials if (value := getattr(one, field))]
        assert len(values) == len(set(values)) > 15


def test_programs_say_what_they_cost_take_and_when_it_was_read() -> None:
    for program in SAMPLE.contents.programs:
        assert program.estimated_minutes is not None
        assert 60 <= program.estimated_minutes <= 200 * 60
        assert program.valid_for == "" or Term.parse(program.valid_for).years in (1, 2, 3)
        assert program.price is None or 0 <= program.price.minor < 100_000
        assert bool(program.source_url) == (program.checked_on is not None)
        assert (program.retires_on is not None) == (program.lifecycle_status is LifecycleStatus.RETIRED)
        assert 1 <= program.description.count(".") <= 4


def test_paths_have_their_steps_in_order_and_as_many_done_as_promised() -> None:
    contents = SAMPLE.contents
    status = {one.id: status_of(one, TODAY) for one in contents.credentials}
    found: dict[str, tuple[int, int]] = {}
    for path in contents.paths:
        steps = [step for step in contents.steps if step.path_id == path.id]
        assert [step.position for step in steps] == list(range(len(steps)))
        assert path.goal_on is not None
        assert path.goal_on.first_day > TODAY
        done = sum(status.get(step.credential_id or 0) in VALID for step in steps)
        found[path.title] = (done, len(steps))
    assert found == {
        "Cloud Security Engineer": (6, 9),
        "Kubernetes administration": (1, 4),
        "Data foundations": (4, 5),
    }


def test_costs_cover_every_state_payer_and_claim() -> None:
    costs = SAMPLE.contents.costs
    assert {line.state for line in costs} == set(CostState)
    assert {line.payer for line in costs} == set(Payer)
    assert {line.claim_state for line in costs} == set(ClaimState)
    assert {line.price.currency for line in costs} == {"EUR", "USD"}
    to_claim = sorted(str(line.claim_by) for line in costs if line.claim_state is ClaimState.TO_CLAIM)
    assert to_claim == ["2026-11-18", "2027-01-31"]
    for line in costs:
        assert line.state is CostState.PLANNED or line.incurred_on is not None
        assert line.payer is Payer.EMPLOYER or line.claim_state is ClaimState.NONE


def test_files_are_those_the_evidence_names() -> None:
    evidence = SAMPLE.contents.evidence
    assert {one.sha256 for one in evidence} == set(SAMPLE.files)
    assert len({one.file_name for one in evidence}) == len(evidence) == len(SAMPLE.files)
    for one in evidence:
        content = SAMPLE.files[one.sha256]
        assert hashlib.sha256(content).hexdigest() == one.sha256
        assert len(content) == one.size
        assert one.added_at.endswith("+00:00")


def test_each_kind_of_file_opens() -> None:
    kinds: Counter[str] = Counter()
    for one in SAMPLE.contents.evidence:
        content = SAMPLE.files[one.sha256]
        kinds[one.media_type] += 1
        match one.media_type:
            case "application/pdf":
                with pikepdf.open(BytesIO(content)) as pdf:
                    assert pdf.check_pdf_syntax() == []
                    page = pdf.pages[0].Contents.read_bytes()
                assert "Mira Kovács".encode("cp1252") in page
                assert b"No issuer wrote or checked it." in page
            case "image/png":
                assert content.startswith(b"\x89PNG\r\n\x1a\n")
            case _:
                assert "Mira Kovács" in content.decode()
    assert set(kinds) == {"application/pdf", "image/png", "text/plain"}


def test_study_weeks_add_up() -> None:
    sessions = SAMPLE.contents.sessions
    days = [session.studied_on.first_day for session in sessions]
    assert days == sorted(days)
    this_week = [one.minutes for one in sessions if one.studied_on.first_day >= monday(TODAY)]
    assert sum(this_week) == 210
    assert max(later - earlier for earlier, later in pairwise(days)) >= timedelta(weeks=2)
    assert {session.minutes % 15 for session in sessions} == {0}


def test_nothing_is_studied_beyond_its_estimate_or_for_something_that_was_already_earned() -> None:
    for one in SAMPLE.contents.credentials:
        own = [session for session in SAMPLE.contents.sessions if session.credential_id == one.id]
        assert one.estimated_minutes is not None
        assert sum(session.minutes for session in own) < one.estimated_minutes
        if one.awarded_on is not None:
            assert all(session.studied_on.last_day <= one.awarded_on.first_day for session in own)


def test_the_same_day_gives_the_same_library() -> None:
    assert sample_on(TODAY) == SAMPLE


@settings(max_examples=60, deadline=None)
@given(DAYS)
def test_the_library_looks_alike_on_any_day(today: date) -> None:
    sample = sample_on(today)
    contents = sample.contents
    assert Counter(status_of(one, today) for one in contents.credentials) == Counter(
        status_of(one, TODAY) for one in SAMPLE.contents.credentials
    )
    exam_on = credential("SC-200", sample).exam_on
    assert exam_on is not None
    assert (exam_on.first_day - today).days == 6
    assert {one.sha256 for one in contents.evidence} == set(sample.files)
    overdue = [line.claim_by for line in contents.costs if line.claim_by and line.claim_by.last_day < today]
    assert [(today - day.last_day).days for day in overdue] == [3]
    assert [program.retires_on for program in contents.programs] == [
        program.retires_on for program in SAMPLE.contents.programs
    ]


@settings(max_examples=60, deadline=None)
@given(DAYS)
def test_terms_fit_their_dates_on_any_day(today: date) -> None:
    sample = sample_on(today)
    for one in sample.contents.credentials:
        if one.valid_for and one.awarded_on and one.valid_until:
            assert one.valid_until.first_day == Term.parse(one.valid_for).after(one.awarded_on.first_day)
    ends = today + timedelta(days=11)
    valid_until = credential(TERRAFORM, sample).valid_until
    assert valid_until is not None
    # No award made on a day ends two years later on 29 February: that one then ends the day before.
    assert valid_until.first_day == (ends - timedelta(days=1) if is_leap_day(ends) else ends)


@pytest.mark.parametrize("today", [date(2028, 2, 18), date(2024, 2, 29), date(2026, 11, 21)])
def test_terms_fit_around_leap_days(today: date) -> None:
    terraform = credential(TERRAFORM, sample_on(today))
    assert terraform.awarded_on is not None
    assert terraform.valid_until is not None
    ends = today + timedelta(days=11)
    assert terraform.valid_until.first_day == (date(2028, 2, 28) if is_leap_day(ends) else ends)
    assert Term(years=2).after(terraform.awarded_on.first_day) == terraform.valid_until.first_day


@settings(max_examples=60, deadline=None)
@given(DAYS)
def test_study_weeks_keep_their_rhythm_on_any_day(today: date) -> None:
    sessions = sample_on(today).contents.sessions
    assert all(session.studied_on.first_day <= today for session in sessions)
    assert min(session.studied_on.first_day for session in sessions) >= monday(today) - timedelta(weeks=52)
    assert 150 <= len(sessions) <= 220
    thirty = monday(today) - timedelta(weeks=29)
    assert sum(one.minutes for one in sessions if one.studied_on.first_day >= thirty) >= 96 * 60
    minutes_so_far = {0: 45, 1: 105, 2: 105, 3: 165, 4: 165, 5: 210, 6: 210}[today.weekday()]
    this_week = [one.minutes for one in sessions if one.studied_on.first_day >= monday(today)]
    assert sum(this_week) == minutes_so_far
    weekdays = Counter(session.studied_on.first_day.weekday() for session in sessions)
    assert weekdays.most_common(1)[0][0] in (1, 5)


def changed(*keys: str | int, to: object) -> dict[str, Any]:
    found = deepcopy(TABLES)
    place: Any = found
    for key in keys[:-1]:
        place = place[key]
    place[keys[-1]] = to
    return found


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        (changed("anchor", to="2026-11"), "sample: anchor is not a day"),
        (changed("colour", to="red"), "sample: unknown field colour"),
        (changed("tags", to="security"), "sample: tags is not a list"),
        (changed("tags", to=[1]), "sample: tags holds something else than texts"),
        (changed("profile", to=[]), "sample: profile is not a table"),
        (
            changed("profile", "week_goal_minutes", to=True),
            "profile: week_goal_minutes is not a whole number",
        ),
        (changed("profile", to={"name": "Mira"}), "profile: week_goal_minutes is missing"),
        (changed("credentials", "az-900", to=1), "sample: credentials.az-900 is not a table"),
        (
            changed("credentials", "az-900", "program", to="az-9"),
            "credentials.az-900: unknown program 'az-9'",
        ),
        (changed("credentials", "az-900", "program", to=""), "credentials.az-900: program is missing"),
        (changed("credentials", "az-900", "tags", to=["urgent"]), "credentials.az-900: unknown tag 'urgent'"),
        (
            changed("credentials", "az-900", "stage", to="done"),
            "credentials.az-900: stage: no such value: 'done'",
        ),
        (changed("credentials", "az-900", "title", to=5), "credentials.az-900: title is not a text"),
        (changed("credentials", "az-900", "awarded_on", to="2023-13"), "credentials.az-900: awarded_on: "),
        (
            changed("credentials", "az-900", "valid_for", to="3 years"),
            "credentials.az-900: valid_for: not a term",
        ),
        (
            changed("credentials", "saa", "awarded_on", to="2024-05"),
            "credentials.saa: awarded_on is too vague",
        ),
        (
            changed("credentials", "saa", "valid_until", to="2027-05-14"),
            "credentials.saa: give awarded_on or valid",
        ),
        (changed("programs", "az-900", "issuer", to="Contoso"), "programs.az-900: unknown issuer 'Contoso'"),
        (changed("programs", "az-900", "price", to=[99.0, "USD"]), "programs.az-900: price is not"),
        (changed("paths", to=["one"]), "sample: paths holds something else than tables"),
        (changed("paths", 0, "steps", 0, to={}), "paths 1: step 1 names no program and no credential"),
        (changed("paths", 0, "steps", 0, to={"program": "x"}), "paths 1: unknown program 'x'"),
        (changed("paths", 0, "steps", 0, to={"credential": "x"}), "paths 1: unknown credential 'x'"),
        (changed("costs", 0, "credential", to="x"), "costs 1: unknown credential 'x'"),
        (changed("costs", 0, to={"credential": "az-104"}), "costs 1: price is missing"),
        (changed("evidence", 0, "file", to="proof.doc"), "evidence 1: no such kind of file: 'proof.doc'"),
        (changed("evidence", 0, "credential", to="kcsa"), "evidence 1: the credential has no award"),
        (changed("portfolios", 0, "excluded", to=["x"]), "portfolios 1: unknown credential 'x'"),
        (changed("study", "skipped", to=["x"]), "study: skipped holds something else than whole numbers"),
        (changed("study", "phases", 0, "credential", to="x"), "phases 1: unknown credential 'x'"),
        (
            changed("study", "phases", 0, "weeks", to=["mon 5"]),
            "phases 1: weeks holds something else than lists",
        ),
        (changed("study", "phases", 0, "weeks", to=[["someday 5"]]), "phases 1: not a weekday and minutes"),
        (changed("study", "phases", 0, "last", to=53), "phases 1: a phase needs weeks"),
    ],
)
def test_a_mistake_in_the_data_is_named_with_its_place(broken: dict[str, Any], message: str) -> None:
    with pytest.raises(SampleError) as caught:
        sample_from_tables(broken, TODAY, count(1).__next__)
    assert str(caught.value).startswith(message)


def test_a_credential_may_name_skills_of_its_own() -> None:
    sample = sample_from_tables(changed("credentials", "az-900", "skills", to=["Patience"]), TODAY, count(1).__next__)
    names = {skill.id: skill.name for skill in sample.contents.skills}
    assert [names[skill] for skill in credential("AZ-900", sample).skill_ids] == ["Patience"]


def test_the_program_list_is_as_messy_as_meant() -> None:
    text = resource_path("samples/program-list.csv").read_text(encoding="utf-8")
    rows = [row for row in csv.reader(text.splitlines(keepends=True), delimiter=";") if any(row)]
    header = next(number for number, row in enumerate(rows) if "Price" in row)
    programs = rows[header + 1 :]
    assert header == 2
    assert len(programs) == 13
    assert sum(not row[0] for row in programs) == 1
    assert sum(len(row) < len(rows[header]) for row in programs) == 1
    assert any("." in row[5] and "," in row[5] for row in programs)


def test_the_linkedin_file_holds_two_credentials_that_the_library_has_too() -> None:
    text = resource_path("samples/linkedin-certifications.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    assert list(rows[0]) == ["Name", "Url", "Authority", "Started On", "Finished On", "License Number"]
    assert len(rows) == 10
    known = {one.license_number: one.verification_url for one in SAMPLE.contents.credentials if one.license_number}
    both = [row for row in rows if row["License Number"] in known]
    assert [row["Url"] for row in both] == [known[row["License Number"]] for row in both]
    assert len(both) == 2
