"""The lists against the same question asked in plain Python."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.library_fixtures import TODAY, LibraryHouse, day, fixed_surroundings, planned

from learnpath.domain.dates import Term
from learnpath.domain.listing import (
    STATUSES_OF_GROUP,
    CredentialFilter,
    CredentialSort,
    Having,
    ProgramFilter,
    ProgramSort,
    StatusGroup,
)
from learnpath.domain.money import Money
from learnpath.domain.records import (
    AchievementType,
    Credential,
    EvidenceFile,
    Issuer,
    LifecycleStatus,
    Path,
    PathStep,
    Program,
    Skill,
    Stage,
    Tag,
)
from learnpath.domain.status import Status, status_of
from learnpath.storage.credential_list import credential_choices, credential_counts, credential_ids, credential_rows
from learnpath.storage.library import Library
from learnpath.storage.program_list import program_choices, program_counts, program_ids, program_rows

_LATE = Stage.EARNED
_ISSUERS = (Issuer(id=1, name="microsoft"), Issuer(id=2, name="Cloud Guild", aliases=("Felhő Céh",)))
_SKILLS = (Skill(id=11, name="IAM"), Skill(id=12, name="Kubernetes"))
_TAGS = (Tag(id=21, name="work"), Tag(id=22, name="c++"))
_PROGRAMS = (
    Program(id=31, name="azure basics", issuer_id=1, price=Money(9900, "USD"), level="Beginner", skill_ids=(11,)),
    Program(id=32, name="Badge of honour", estimated_minutes=0, achievement_type=AchievementType.BADGE, tag_ids=(22,)),
    Program(
        id=33,
        name="Cloud ways",
        issuer_id=2,
        price=Money(50, "EUR"),
        estimated_minutes=600,
        level="advanced",
        lifecycle_status=LifecycleStatus.RETIRED,
        human_code="CW-1",
    ),
    Program(id=34, name="cloud ways", issuer_id=2, price=Money(10, "USD"), valid_for="P1Y", description="naïve"),
)
_CREDENTIALS = (
    planned("Kovács method", id=41, issuer_id=2, target_on=day("2027"), skill_ids=(11, 12), tag_ids=(21,)),
    planned("alpha", id=42, stage=Stage.WISHED, estimated_minutes=30, program_id=33),
    planned("Alpha", id=43, stage=Stage.BOOKED, exam_on=day("2026-12-01"), target_on=day("2026-11"), issuer_id=1),
    planned("C++ basics", id=44, stage=Stage.ENROLLED, notes='says "hello" to covid-19', estimated_minutes=600),
    planned("Given up", id=45, stage=Stage.LET_GO),
    planned("日本語 検定", id=46, stage=_LATE, awarded_on=day("2024-05"), program_id=31),
    planned("Runs out", id=47, stage=_LATE, awarded_on=day("2024-05-14"), valid_until=day("2026-12"), issuer_id=1),
    planned(
        "Renew me", id=48, stage=_LATE, valid_until=day("2027-12-31"), renewal_opens_days=900, awarded_on=day("2024")
    ),
    planned("In grace", id=49, stage=_LATE, valid_until=day("2026-11-10"), grace_days=30, license_number="AB-12 34"),
    planned("Gone", id=50, stage=_LATE, valid_until=day("2025"), skill_ids=(12,), human_code="AZ-104"),
    planned("Taken away", id=51, stage=_LATE, revoked_on=day("2026"), program_id=31),
    planned("Near", id=52, program_id=31, achievement_type=AchievementType.BADGE),
)
_STEPS = (
    PathStep(id=71, path_id=61, position=0, credential_id=41),
    PathStep(id=72, path_id=61, position=1, program_id=31),
    PathStep(id=73, path_id=62, position=0, credential_id=46, program_id=31),
    PathStep(id=74, path_id=62, position=1, title="Nothing yet"),
)


def _proof(one: int, credential: int) -> EvidenceFile:
    return EvidenceFile(
        id=one,
        credential_id=credential,
        file_name="a",
        original_name="a",
        media_type="",
        size=0,
        sha256="",
        added_at="",
    )


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    house = LibraryHouse(tmp_path_factory.mktemp("lists") / "library", fixed_surroundings())
    opened = house.open()
    with opened.change("Fill") as change:
        for records in (_ISSUERS, _SKILLS, _TAGS, _PROGRAMS, _CREDENTIALS):
            _ = change.insert_many(records)
        _ = change.insert_many([_proof(81, 46), _proof(82, 46), _proof(83, 41)])
        _ = change.insert_many([Path(id=61, title="To the cloud"), Path(id=62, title="Another")])
        _ = change.insert_many(_STEPS)
    yield opened
    opened.close()


def _listed(library: Library, **wanted: object) -> list[int]:
    return credential_ids(library, CredentialFilter(**wanted), TODAY)  # pyright: ignore[reportArgumentType]


def _cataloged(library: Library, **wanted: object) -> list[int]:
    return program_ids(library, ProgramFilter(**wanted))  # pyright: ignore[reportArgumentType]


_STATUS_ORDER = [
    Status.GRACE,
    Status.EXPIRING,
    Status.RENEWABLE,
    Status.BOOKED,
    Status.ENROLLED,
    Status.ACTIVE,
    Status.PLANNED,
    Status.WISHED,
    Status.EXPIRED,
    Status.REVOKED,
    Status.LET_GO,
]
_ISSUER_NAMES = {None: None, **{one.id: one.name.lower() for one in _ISSUERS}}
_CREDENTIAL_KEYS: dict[CredentialSort, Callable[[Credential], object]] = {
    CredentialSort.TITLE: lambda one: one.title.lower(),
    CredentialSort.ISSUER: lambda one: _ISSUER_NAMES[one.issuer_id],
    CredentialSort.STATUS: lambda one: _STATUS_ORDER.index(status_of(one, TODAY)),
    CredentialSort.KIND: lambda one: one.achievement_type.value,
    CredentialSort.AWARDED: lambda one: one.awarded_on,
    CredentialSort.EXPIRES: lambda one: one.valid_until,
    CredentialSort.NEXT_DATE: lambda one: one.exam_on or one.target_on,
    CredentialSort.AHEAD: lambda one: one.valid_until if one.stage is Stage.EARNED else one.exam_on or one.target_on,
    CredentialSort.EFFORT: lambda one: one.estimated_minutes,
    CredentialSort.AHEAD: lambda one: one.valid_until if one.stage is Stage.EARNED else one.exam_on or one.target_on,
}
_PROGRAM_KEYS: dict[ProgramSort, Callable[[Program], object]] = {
    ProgramSort.NAME: lambda one: one.name.lower(),
    ProgramSort.ISSUER: lambda one: _ISSUER_NAMES[one.issuer_id],
    ProgramSort.KIND: lambda one: one.achievement_type.value,
    ProgramSort.LEVEL: lambda one: one.level.lower() or None,
    ProgramSort.EFFORT: lambda one: one.estimated_minutes,
    ProgramSort.VALID_FOR: lambda one: Term.parse(one.valid_for).after(TODAY) if one.valid_for else None,
    ProgramSort.MINE: lambda one: 0 if one.id in {31, 33} else 1,
}


def _in_order(keys: list[object], *, descending: bool) -> bool:
    known = [key for key in keys if key is not None]
    nulls_last = keys[len(known) :] == [None] * (len(keys) - len(known))
    return nulls_last and known == sorted(known, reverse=descending)  # pyright: ignore[reportArgumentType, reportCallIssue]


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("sort", list(CredentialSort))
def test_credentials_are_ordered_with_unknown_values_last(
    library: Library, sort: CredentialSort, descending: bool
) -> None:
    ids = _listed(library, sort=sort, descending=descending)
    by_id = {one.id: one for one in _CREDENTIALS}
    assert sorted(ids) == sorted(by_id)
    assert _in_order([_CREDENTIAL_KEYS[sort](by_id[one]) for one in ids], descending=descending)


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("sort", [sort for sort in ProgramSort if sort is not ProgramSort.PRICE])
def test_programs_are_ordered_with_unknown_values_last(library: Library, sort: ProgramSort, descending: bool) -> None:
    ids = _cataloged(library, sort=sort, descending=descending)
    by_id = {one.id: one for one in _PROGRAMS}
    assert sorted(ids) == sorted(by_id)
    assert _in_order([_PROGRAM_KEYS[sort](by_id[one]) for one in ids], descending=descending)


def test_prices_are_ordered_within_their_currency(library: Library) -> None:
    assert _cataloged(library, sort=ProgramSort.PRICE) == [33, 34, 31, 32]
    assert _cataloged(library, sort=ProgramSort.PRICE, descending=True) == [33, 31, 34, 32]


def _statuses(*wanted: Status) -> Callable[[Credential], bool]:
    return lambda one: status_of(one, TODAY) in wanted


@pytest.mark.parametrize(
    ("wanted", "rule"),
    [
        *((CredentialFilter(stage=stage), lambda one, stage=stage: one.stage is stage) for stage in Stage),
        *((CredentialFilter(group=group), _statuses(*STATUSES_OF_GROUP[group])) for group in StatusGroup),
        (CredentialFilter(statuses=frozenset({Status.GRACE, Status.BOOKED})), _statuses(Status.GRACE, Status.BOOKED)),
        (
            CredentialFilter(group=StatusGroup.EARNED, statuses=frozenset({Status.EXPIRING, Status.BOOKED})),
            _statuses(Status.EXPIRING),
        ),
        (CredentialFilter(group=StatusGroup.LET_GO, statuses=frozenset({Status.ACTIVE})), lambda _: False),
        (CredentialFilter(issuer_id=1), lambda one: one.issuer_id == 1),
        (CredentialFilter(issuer_id=99), lambda _: False),
        (CredentialFilter(skill_id=12), lambda one: 12 in one.skill_ids),
        (CredentialFilter(tag_id=21), lambda one: 21 in one.tag_ids),
        (CredentialFilter(path_id=61), lambda one: one.id == 41 or one.program_id == 31),
        (CredentialFilter(path_id=62), lambda one: one.program_id == 31),
        (CredentialFilter(has_proof=True), lambda one: one.id in {41, 46}),
        (CredentialFilter(has_proof=False), lambda one: one.id not in {41, 46}),
        (CredentialFilter(issuer_id=2, skill_id=11, has_proof=True, text="kov"), lambda one: one.id == 41),
        (CredentialFilter(issuer_id=1, skill_id=11), lambda _: False),
    ],
)
def test_filters_pass_what_the_rule_says_in_every_order(
    library: Library, wanted: CredentialFilter, rule: Callable[[Credential], bool]
) -> None:
    expected = sorted(one.id for one in _CREDENTIALS if rule(one))
    for sort in CredentialSort:
        assert sorted(credential_ids(library, replace(wanted, sort=sort), TODAY)) == expected


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (ProgramFilter(issuer_id=2), [33, 34]),
        (ProgramFilter(skill_id=11), [31]),
        (ProgramFilter(tag_id=22), [32]),
        (ProgramFilter(kind=AchievementType.BADGE), [32]),
        (ProgramFilter(max_price_minor=50), [33, 34]),
        (ProgramFilter(max_minutes=0), [32]),
        (ProgramFilter(lifecycle_status=LifecycleStatus.RETIRED), [33]),
        (ProgramFilter(having=Having.MINE), [31, 33]),
        (ProgramFilter(having=Having.NOT_CHOSEN), [32, 34]),
        (ProgramFilter(having=Having.MINE, text="cloud", issuer_id=2), [33]),
    ],
)
def test_the_catalogue_is_filtered_in_every_order(library: Library, wanted: ProgramFilter, expected: list[int]) -> None:
    for sort in ProgramSort:
        assert sorted(program_ids(library, replace(wanted, sort=sort))) == expected


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", {one.id for one in _CREDENTIALS}),
        (' "*() ', {one.id for one in _CREDENTIALS}),
        ("_", {one.id for one in _CREDENTIALS}),
        ("Kovacs", {41}),
        ("kovács", {41}),
        ("Kova\u0301cs", {41}),
        ("KOV meth", {41}),
        ("acs", set()),
        ("c++", {41, 44}),
        ('"hello"', {44}),
        ("hel*", {44}),
        ("covid-19", {44}),
        ("covid_19", {44}),
        ("19 covid", {44}),
        ("日本", {46}),
        ("検定", {46}),
        ("ab-12 34", {49}),
        ("az104", set()),
        ("az 104", {50}),
        ("micro", {43, 47}),
        ("felho", {41}),
        ("kube", {41, 50}),
        ("work iam", {41}),
        ("guild kovacs work kubernetes", {41}),
        ("guild microsoft", set()),
    ],
)
def test_every_word_must_begin_a_word_of_the_record_or_its_names(library: Library, text: str, found: set[int]) -> None:
    assert set(_listed(library, text=text)) == found


@pytest.mark.parametrize(
    ("text", "found"), [("cloud", [33, 34]), ("c", [32, 33, 34]), ("naive", [34]), ("begin", [31])]
)
def test_the_catalogue_is_searched_too(library: Library, text: str, found: list[int]) -> None:
    assert sorted(_cataloged(library, text=text)) == found


@given(text=st.text(max_size=60))
@example(text="NEAR(")
@example(text="OR")
@example(text="a OR b AND NOT c")
@example(text="title:x")
@example(text='"')
@example(text="'; DROP TABLE credential; --")
@example(text="\x00nul")
@example(text="\ud800")
@example(text="²³ ½ ৎ ꙮ \U0001f600")
@example(text="w " * 500)
@example(text="x" * 10_000)
def test_no_text_makes_the_search_fail(library: Library, text: str) -> None:
    wanted = CredentialFilter(text=text)
    ids = credential_ids(library, wanted, TODAY)
    assert credential_counts(library, wanted, TODAY)[StatusGroup.ALL] == len(ids)
    found = program_ids(library, ProgramFilter(text=text))
    assert program_counts(library, ProgramFilter(text=text))[Having.ANY] == len(found)


@pytest.mark.parametrize(
    "wanted",
    [
        CredentialFilter(),
        CredentialFilter(text="c"),
        CredentialFilter(issuer_id=1, group=StatusGroup.EARNED),
        CredentialFilter(has_proof=True),
        CredentialFilter(path_id=61, skill_id=11),
    ],
)
def test_each_chip_shows_as_many_as_it_counts(library: Library, wanted: CredentialFilter) -> None:
    for today in (TODAY, date(2024, 2, 29), date(2030, 1, 1)):
        counts = credential_counts(library, wanted, today)
        assert set(counts) == set(StatusGroup)
        for group, count in counts.items():
            assert count == len(credential_ids(library, replace(wanted, group=group), today))


@pytest.mark.parametrize("wanted", [ProgramFilter(), ProgramFilter(text="cloud"), ProgramFilter(text="none of these")])
def test_each_chip_of_the_catalogue_shows_as_many_as_it_counts(library: Library, wanted: ProgramFilter) -> None:
    for having, count in program_counts(library, wanted).items():
        assert count == len(program_ids(library, replace(wanted, having=having)))


def test_rows_come_in_the_order_asked_for(library: Library) -> None:
    rows = credential_rows(library, [46, 41, 999, 43], TODAY)
    assert [row.id for row in rows] == [46, 41, 43]
    first, second, third = rows
    assert (first.title, first.proof_count, first.program_id, first.status) == ("日本語 検定", 2, 31, Status.ACTIVE)
    assert (second.issuer, second.next_date, second.estimated_minutes) == ("Cloud Guild", day("2027"), None)
    assert (third.next_date, third.issuer, third.stage) == (day("2026-12-01"), "microsoft", Stage.BOOKED)
    assert credential_rows(library, [], TODAY) == []


def test_the_rows_say_the_status_of_every_record(library: Library) -> None:
    for row, one in zip(credential_rows(library, [one.id for one in _CREDENTIALS], TODAY), _CREDENTIALS, strict=True):
        assert (row.status, row.stage, row.kind) == (status_of(one, TODAY), one.stage, one.achievement_type)
        assert (row.awarded_on, row.valid_until) == (one.awarded_on, one.valid_until)
        assert (row.human_code, row.license_number) == (one.human_code, one.license_number)


def test_rows_of_the_catalogue_lead_to_the_newest_record(library: Library) -> None:
    rows = program_rows(library, [34, 31, 5], TODAY)
    assert [(row.id, row.credential_id, row.status) for row in rows] == [(34, None, None), (31, 52, Status.PLANNED)]
    assert (rows[0].price, rows[0].issuer, rows[0].valid_for) == (Money(10, "USD"), "Cloud Guild", "P1Y")
    (bare,) = program_rows(library, [32], TODAY)
    assert (bare.price, bare.estimated_minutes, bare.issuer) == (None, 0, "")


def test_choices_are_counted_most_used_first(library: Library) -> None:
    def told(kind: str) -> list[tuple[str, int]]:
        return [(one.name, one.count) for one in credential_choices(library, kind)]

    assert told("issuer") == [("microsoft", 2), ("Cloud Guild", 1)]
    assert told("skill") == [("Kubernetes", 2), ("IAM", 1)]
    assert told("tag") == [("work", 1)]
    assert told("path") == [("To the cloud", 4), ("Another", 3)]
    for kind, count in (("issuer", 2), ("skill", 1), ("tag", 1)):
        assert len(program_choices(library, kind)) == count
    for kind in ("issuer", "skill", "tag", "path"):
        for choice in credential_choices(library, kind):
            assert len(_listed(library, **{f"{kind}_id": choice.id})) == choice.count
