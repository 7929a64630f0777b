"""What the portfolio's screen shows of a library: the versions, what can go in, and the finished pages.

Belongs here: reading. Not here: storing what a version shows (`portfolios`) and writing files (`exporting`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from learnpath.domain.dates import PartialDate
from learnpath.domain.records import PORTFOLIO_SECTIONS, Credential, Issuer, Portfolio, Profile, Program
from learnpath.interchange.portfolio.document import build_document, group_credentials
from learnpath.interchange.portfolio.pdf import RenderedPdf, render_pdf
from learnpath.services.exporting import list_portfolios
from learnpath.storage.library import Library

CandidateGroup = Literal["valid", "earlier", "under_way"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One credential that could go in. `on` is when it was awarded, or when it is expected while under way."""

    id: int
    title: str
    human_code: str
    issuer: str
    group: CandidateGroup
    on: PartialDate | None


@dataclass(frozen=True, slots=True)
class PortfolioOverview:
    """The versions by name (at least one), what can go in, in the document's order, and whose portfolio it is."""

    versions: tuple[Portfolio, ...]
    candidates: tuple[Candidate, ...]
    owner: Profile


@dataclass(frozen=True, slots=True)
class PortfolioPreview:
    """The finished pages, and how much each section has or would have if it were shown (minutes for study)."""

    pdf: RenderedPdf
    skills: int
    paths: int
    study_minutes: int


def portfolio_overview(library: Library, today: date) -> PortfolioOverview:
    """Return what there is to choose from on a day."""
    credentials = library.all(Credential)
    programs = {one.id: one for one in library.all(Program, {one.program_id for one in credentials if one.program_id})}
    issuers = {one.id: one.name for one in library.all(Issuer)}

    def candidates(group: CandidateGroup, found: Sequence[Credential]) -> list[Candidate]:
        return [
            Candidate(
                id=one.id,
                title=one.title,
                human_code=one.human_code,
                issuer=issuers.get(_issuer_id(one, programs) or 0, ""),
                group=group,
                on=one.exam_on or one.target_on if group == "under_way" else one.awarded_on,
            )
            for one in found
        ]

    valid, earlier, under_way = group_credentials(credentials, today)
    return PortfolioOverview(
        tuple(list_portfolios(library)),
        (*candidates("valid", valid), *candidates("earlier", earlier), *candidates("under_way", under_way)),
        library.profile(),
    )


def preview_portfolio(library: Library, portfolio: Portfolio, today: date) -> PortfolioPreview:
    """Return a version as it stands here, stored or not; the same bytes as its export."""
    contents = library.contents()
    whole = build_document(contents, replace(portfolio, sections=PORTFOLIO_SECTIONS), today=today)
    return PortfolioPreview(
        render_pdf(build_document(contents, portfolio, today=today)),
        len(whole.skills),
        len(whole.paths),
        sum(month.minutes for month in whole.study),
    )


def _issuer_id(credential: Credential, programs: dict[int, Program]) -> int | None:
    program = programs.get(credential.program_id or 0)
    return credential.issuer_id or (program.issuer_id if program is not None else None)
