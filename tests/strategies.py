"""Hypothesis strategies for whole libraries, with ids that refer to records that are there."""

import hashlib
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from hypothesis import strategies as st

from learnpath.domain.contents import LibraryContents
from learnpath.domain.dates import PartialDate
from learnpath.domain.money import Money
from learnpath.domain.records import (
    PORTFOLIO_SECTIONS,
    AchievementType,
    ClaimState,
    CostKind,
    CostLine,
    CostState,
    Credential,
    EvidenceFile,
    EvidenceRole,
    ImportSource,
    Issuer,
    LifecycleStatus,
    Path,
    PathStep,
    Payer,
    Portfolio,
    Profile,
    Program,
    RecordSource,
    Skill,
    Stage,
    StudySession,
    Tag,
)

MOST_RECORDS = 3
texts = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=20)
names = texts.map(str.strip).filter(bool)
ids = st.integers(min_value=1, max_value=2**63 - 1)
minutes = st.integers(min_value=0, max_value=600_000)
days = st.dates(date(1900, 1, 1), date(2200, 12, 31))
partial_dates = st.builds(lambda day, length: PartialDate(day.isoformat()[:length]), days, st.sampled_from((4, 7, 10)))
prices = st.builds(
    Money, st.integers(min_value=0, max_value=10**12), st.sampled_from(("EUR", "USD", "JPY", "KWD", "HUF"))
)
terms = st.sampled_from(("", "P1Y", "P3Y", "P18M", "P180D"))
moments = st.just("2026-11-21T09:30:00Z")
contents_bytes = st.binary(max_size=40)


def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Return a strategy that also gives None."""
    return st.none() | strategy


def one_of(known: tuple[int, ...]) -> st.SearchStrategy[int | None]:
    """Return a strategy for a reference to one of these ids, or None."""
    return st.none() | st.sampled_from(known) if known else st.none()


def some_of(known: tuple[int, ...]) -> st.SearchStrategy[tuple[int, ...]]:
    """Return a strategy for a few different of these ids."""
    return st.lists(st.sampled_from(known), unique=True, max_size=3).map(tuple) if known else st.just(())


def programs_strategy(
    issuers: tuple[int, ...] = (), skills: tuple[int, ...] = (), tags: tuple[int, ...] = ()
) -> st.SearchStrategy[Program]:
    """Return a strategy for programs that refer to these ids."""
    return st.builds(
        Program,
        id=ids,
        name=names,
        issuer_id=one_of(issuers),
        human_code=texts,
        achievement_type=st.sampled_from(AchievementType),
        description=texts,
        url=texts,
        level=texts,
        language=texts,
        estimated_minutes=maybe(minutes),
        price=maybe(prices),
        valid_for=terms,
        lifecycle_status=st.sampled_from(LifecycleStatus),
        retires_on=maybe(partial_dates),
        external_id=texts,
        source_url=texts,
        checked_on=maybe(partial_dates),
        skill_ids=some_of(skills),
        tag_ids=some_of(tags),
    )


def credentials_strategy(
    issuers: tuple[int, ...] = (),
    programs: tuple[int, ...] = (),
    skills: tuple[int, ...] = (),
    tags: tuple[int, ...] = (),
) -> st.SearchStrategy[Credential]:
    """Return a strategy for credentials that refer to these ids."""
    return st.builds(
        Credential,
        id=ids,
        title=names,
        issuer_id=one_of(issuers),
        program_id=one_of(programs),
        human_code=texts,
        achievement_type=st.sampled_from(AchievementType),
        level=texts,
        stage=st.sampled_from(Stage),
        target_on=maybe(partial_dates),
        exam_on=maybe(partial_dates),
        exam_time=st.sampled_from(("", "09:30")),
        exam_zone=st.sampled_from(("", "Europe/Vienna")),
        exam_place=texts,
        awarded_on=maybe(partial_dates),
        valid_for=terms,
        valid_until=maybe(partial_dates),
        renewal_opens_days=maybe(st.integers(0, 400)),
        grace_days=st.integers(0, 400),
        renewal_note=texts,
        revoked_on=maybe(partial_dates),
        let_go_reason=texts,
        license_number=texts,
        external_id=texts,
        verification_url=texts,
        estimated_minutes=maybe(minutes),
        notes=texts,
        skill_ids=some_of(skills),
        tag_ids=some_of(tags),
    )


def _many(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    """Return a strategy for records ordered by different ids."""
    lists = st.lists(strategy, unique_by=lambda record: record.id, max_size=MOST_RECORDS)
    return lists.map(lambda records: tuple(sorted(records, key=lambda record: record.id)))


def _ids(records: tuple[Any, ...]) -> tuple[int, ...]:
    return tuple(record.id for record in records)


@st.composite
def libraries(draw: st.DrawFn) -> tuple[LibraryContents, dict[str, bytes]]:
    """Draw a whole library: its contents, and the bytes of its files by SHA-256."""
    files = {hashlib.sha256(data).hexdigest(): data for data in draw(st.lists(contents_bytes, max_size=3))}
    digests = st.sampled_from(tuple(files)) if files else st.just("0" * 64)
    issuers = draw(
        _many(
            st.builds(
                Issuer,
                id=ids,
                name=names,
                aliases=st.lists(names, max_size=2).map(tuple),
                url=texts,
                country_code=st.sampled_from(("", "AT", "US")),
                note=texts,
            )
        )
    )
    skills = draw(_many(st.builds(Skill, id=ids, name=names, uri=texts)))
    tags = draw(_many(st.builds(Tag, id=ids, name=names)))
    programs = draw(_many(programs_strategy(_ids(issuers), _ids(skills), _ids(tags))))
    programs = tuple(replace(one, required_ids=draw(some_of(_ids(programs)))) for one in programs)
    credentials = draw(_many(credentials_strategy(_ids(issuers), _ids(programs), _ids(skills), _ids(tags))))
    paths = draw(
        _many(
            st.builds(
                Path,
                id=ids,
                title=names,
                description=texts,
                goal_on=maybe(partial_dates),
                is_active=st.booleans(),
            )
        )
    )
    bare = LibraryContents(
        profile=draw(
            st.builds(
                Profile,
                name=texts,
                headline=texts,
                place=texts,
                email=texts,
                currency=st.sampled_from(("EUR", "USD")),
                week_goal_minutes=minutes,
            )
        ),
        issuers=issuers,
        skills=skills,
        tags=tags,
        programs=programs,
        credentials=credentials,
        sessions=draw(
            _many(
                st.builds(
                    StudySession,
                    id=ids,
                    credential_id=one_of(_ids(credentials)),
                    studied_on=partial_dates,
                    minutes=minutes,
                    note=texts,
                )
            )
        ),
        paths=paths,
        portfolios=draw(
            _many(
                st.builds(
                    Portfolio,
                    id=ids,
                    name=names,
                    sections=st.lists(st.sampled_from(PORTFOLIO_SECTIONS), unique=True).map(tuple),
                    excluded_ids=some_of(_ids(credentials)),
                    show_expired=st.booleans(),
                    show_planned=st.booleans(),
                    show_links=st.booleans(),
                    show_license_numbers=st.booleans(),
                )
            )
        ),
        imports=draw(
            _many(
                st.builds(
                    ImportSource,
                    id=ids,
                    original_name=names,
                    file_name=names,
                    format=st.just("table"),
                    sha256=digests,
                    size=minutes,
                    imported_at=moments,
                )
            )
        ),
    )
    return _with_dependents(draw, bare, digests), files


def _sources_of(owner: tuple[str, int], imports: tuple[int, ...]) -> st.SearchStrategy[RecordSource]:
    return st.builds(
        RecordSource,
        id=ids,
        record_kind=st.just(owner[0]),
        record_id=st.just(owner[1]),
        import_source_id=st.sampled_from(imports),
        fields=st.lists(names, max_size=3).map(tuple),
    )


def _with_dependents(draw: st.DrawFn, bare: LibraryContents, digests: st.SearchStrategy[str]) -> LibraryContents:
    """Return the library with the records that need a credential or a path to belong to."""
    credentials, paths, programs = _ids(bare.credentials), _ids(bare.paths), _ids(bare.programs)
    evidence: tuple[EvidenceFile, ...] = ()
    costs: tuple[CostLine, ...] = ()
    steps: tuple[PathStep, ...] = ()
    if credentials:
        evidence = draw(
            _many(
                st.builds(
                    EvidenceFile,
                    id=ids,
                    credential_id=st.sampled_from(credentials),
                    file_name=names,
                    original_name=names,
                    media_type=st.just("application/pdf"),
                    size=minutes,
                    sha256=digests,
                    role=st.sampled_from(EvidenceRole),
                    added_at=moments,
                )
            )
        )
        costs = draw(
            _many(
                st.builds(
                    CostLine,
                    id=ids,
                    credential_id=st.sampled_from(credentials),
                    kind=st.sampled_from(CostKind),
                    price=prices,
                    state=st.sampled_from(CostState),
                    payer=st.sampled_from(Payer),
                    incurred_on=maybe(partial_dates),
                    claim_state=st.sampled_from(ClaimState),
                    claim_by=maybe(partial_dates),
                    note=texts,
                )
            )
        )
    imports = _ids(bare.imports)
    known = [("program", one) for one in programs] + [("credential", one) for one in credentials]
    sources: tuple[RecordSource, ...] = ()
    if imports and known:
        sources = draw(
            _many(
                st.sampled_from(known).flatmap(
                    partial(_sources_of, imports=imports),
                )
            )
        )
    if paths:
        steps = draw(
            _many(
                st.builds(
                    PathStep,
                    id=ids,
                    path_id=st.sampled_from(paths),
                    position=st.integers(0, 50),
                    title=texts,
                    program_id=one_of(programs),
                    credential_id=one_of(credentials),
                    estimated_minutes=maybe(minutes),
                )
            )
        )
    return replace(bare, evidence=evidence, costs=costs, steps=steps, sources=sources)
