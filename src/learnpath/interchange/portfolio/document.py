"""The portfolio as a neutral document: what is shown and in which words, whatever it is rendered to.

Belongs here: choosing, ordering and counting. Not here: layout and file formats (`pdf`), wording (`words`).
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from learnpath.domain.contents import LibraryContents
from learnpath.domain.progress import StepProgress, path_progress
from learnpath.domain.records import (
    PORTFOLIO_SECTIONS,
    Credential,
    EvidenceRole,
    Path,
    PathStep,
    Portfolio,
    Stage,
)
from learnpath.domain.status import VALID, Status, status_of
from learnpath.interchange.portfolio import words

_PROOF = frozenset(EvidenceRole) - {EvidenceRole.RECEIPT}
_UNDER_WAY = (Stage.BOOKED, Stage.ENROLLED, Stage.PLANNED)
_MONTHS_SHOWN = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Whose portfolio it is. Empty text is left out of the document."""

    name: str
    headline: str
    place: str
    email: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialEntry:
    """One credential that was earned. Dates come as words and as partial ISO text, both empty when unknown.

    `claim` says what backs it, `proof_count` how many files. `is_over` when it is not valid any more.
    `verification_url` is empty or an http(s) address.
    """

    title: str
    human_code: str
    issuer: str
    achievement_type: str
    status: str
    status_words: str
    is_over: bool
    issued: str
    awarded_on: str
    validity: str
    valid_until: str
    license_number: str
    verification_url: str
    skills: tuple[str, ...]
    proof_count: int
    claim: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressEntry:
    """One credential that is planned or under way, `progress` in words that never read as earned."""

    title: str
    human_code: str
    issuer: str
    stage: str
    progress: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillEntry:
    """One skill, the short names of the valid credentials that prove it, and the year of the newest ("" unknown)."""

    name: str
    proved_by: tuple[str, ...]
    most_recent: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PathEntry:
    """One active path: steps done of all steps, percent of the hours, and the title of the next step ("" unknown)."""

    title: str
    steps_done: int
    steps: int
    percent: int
    next_step: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyMonth:
    """Minutes studied in one month (`month` is `2026-11`, `label` is `Nov`)."""

    month: str
    label: str
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PortfolioDocument:
    """All a portfolio says. `sections` are the names of what to show, in order; what is not shown is empty.

    `credentials` are valid on `generated_on`; `earlier` are expired, revoked or let go; `in_progress` are not earned.
    """

    language: str
    title: str
    person: Person
    generated_on: date
    sections: tuple[str, ...]
    summary: tuple[str, ...] = ()
    credentials: tuple[CredentialEntry, ...] = ()
    in_progress: tuple[ProgressEntry, ...] = ()
    earlier: tuple[CredentialEntry, ...] = ()
    skills: tuple[SkillEntry, ...] = ()
    paths: tuple[PathEntry, ...] = ()
    study: tuple[StudyMonth, ...] = ()


def build_document(
    contents: LibraryContents, portfolio: Portfolio, *, today: date, language: str = "en"
) -> PortfolioDocument:
    """Return the document of one portfolio version on `today`. A language without words gives the English one."""
    return _Builder(contents, portfolio, today, language if language in words.LANGUAGES else "en").build()


class _Builder:
    """The lookups over one library that the sections share."""

    def __init__(self, contents: LibraryContents, portfolio: Portfolio, today: date, language: str) -> None:
        self._contents = contents
        self._portfolio = portfolio
        self._today = today
        self._language = language
        self._issuers = {issuer.id: issuer.name for issuer in contents.issuers}
        self._skills = {skill.id: skill.name for skill in contents.skills}
        self._programs = {program.id: program for program in contents.programs}
        self._credentials = {credential.id: credential for credential in contents.credentials}
        self._logged: defaultdict[int, int] = defaultdict(int)
        for session in contents.sessions:
            if session.credential_id is not None:
                self._logged[session.credential_id] += session.minutes
        self._roles: defaultdict[int, list[EvidenceRole]] = defaultdict(list)
        for file in contents.evidence:
            if file.role in _PROOF:
                self._roles[file.credential_id].append(file.role)

    def build(self) -> PortfolioDocument:
        profile = self._contents.profile
        shown = tuple(dict.fromkeys(name for name in self._portfolio.sections if name in PORTFOLIO_SECTIONS))
        valid, earlier, under_way = self._chosen()
        entries = tuple(self._entry(credential) for credential in valid)
        paths = self._paths()
        return PortfolioDocument(
            language=self._language,
            title=words.title_words(profile.name),
            person=Person(
                name=profile.name,
                headline=profile.headline,
                place=profile.place,
                email=profile.email if self._portfolio.show_email else "",
            ),
            generated_on=self._today,
            sections=shown,
            summary=self._summary(entries, under_way, paths if "paths" in shown else ()) if "summary" in shown else (),
            credentials=entries if "credentials" in shown else (),
            in_progress=tuple(self._progress(credential) for credential in under_way) if "credentials" in shown else (),
            earlier=tuple(self._entry(credential) for credential in earlier) if "credentials" in shown else (),
            skills=self._skill_table(valid) if "skills" in shown else (),
            paths=paths if "paths" in shown else (),
            study=self._study() if "study" in shown else (),
        )

    def _chosen(self) -> tuple[list[Credential], list[Credential], list[Credential]]:
        excluded = set(self._portfolio.excluded_ids)
        groups = group_credentials(self._contents.credentials, self._today)
        valid, earlier, under_way = ([one for one in group if one.id not in excluded] for group in groups)
        return valid, earlier if self._portfolio.show_expired else [], under_way if self._portfolio.show_planned else []

    def _entry(self, credential: Credential) -> CredentialEntry:
        status = status_of(credential, self._today)
        roles = self._roles[credential.id]
        address = web_address(credential.verification_url)
        return CredentialEntry(
            title=credential.title,
            human_code=credential.human_code,
            issuer=self._issuer(credential),
            achievement_type=credential.achievement_type.value,
            status=status.value,
            status_words=words.status_words(credential, status),
            is_over=status not in VALID,
            issued=words.issued_words(credential.awarded_on),
            awarded_on=str(credential.awarded_on or ""),
            validity=words.validity_words(credential.valid_until),
            valid_until=str(credential.valid_until or ""),
            license_number=credential.license_number if self._portfolio.show_license_numbers else "",
            verification_url=address if self._portfolio.show_links else "",
            skills=tuple(self._skills[id_] for id_ in self._skill_ids(credential)),
            proof_count=len(roles),
            claim=words.claim_words(roles, has_address=bool(address), shows_address=self._portfolio.show_links),
        )

    def _progress(self, credential: Credential) -> ProgressEntry:
        return ProgressEntry(
            title=credential.title,
            human_code=credential.human_code,
            issuer=self._issuer(credential),
            stage=credential.stage.value,
            progress=words.progress_words(credential, self._today),
        )

    def _issuer(self, credential: Credential) -> str:
        issuer_id = credential.issuer_id
        program = self._programs.get(credential.program_id or 0)
        if issuer_id is None and program is not None:
            issuer_id = program.issuer_id
        return self._issuers.get(issuer_id or 0, "")

    def _skill_ids(self, credential: Credential) -> list[int]:
        program = self._programs.get(credential.program_id or 0)
        ids = credential.skill_ids + (program.skill_ids if program else ())
        return [id_ for id_ in dict.fromkeys(ids) if id_ in self._skills]

    def _skill_table(self, valid: Iterable[Credential]) -> tuple[SkillEntry, ...]:
        proofs: defaultdict[int, list[Credential]] = defaultdict(list)
        for credential in valid:
            for skill_id in self._skill_ids(credential):
                proofs[skill_id].append(credential)
        entries = [
            SkillEntry(
                name=self._skills[skill_id],
                proved_by=tuple(dict.fromkeys(_short_name(one) for one in proving)),
                most_recent=max((str(one.awarded_on or "")[:4] for one in proving), default=""),
            )
            for skill_id, proving in proofs.items()
        ]
        entries.sort(key=lambda entry: entry.name.casefold())
        entries.sort(key=lambda entry: (len(entry.proved_by), entry.most_recent), reverse=True)
        return tuple(entries)

    def _paths(self) -> tuple[PathEntry, ...]:
        steps: defaultdict[int, list[PathStep]] = defaultdict(list)
        for step in self._contents.steps:
            steps[step.path_id].append(step)
        entries = (
            self._path(path, steps[path.id]) for path in self._contents.paths if path.is_active and steps[path.id]
        )
        return tuple(entry for entry in entries if entry.steps_done < entry.steps)

    def _path(self, path: Path, steps: Sequence[PathStep]) -> PathEntry:
        progress = path_progress(
            path,
            steps,
            credentials=self._credentials,
            programs=self._programs,
            logged_minutes=self._logged,
            week_minutes=0,
            today=self._today,
        )
        return PathEntry(
            title=path.title,
            steps_done=progress.steps_done,
            steps=len(progress.steps),
            percent=progress.percent,
            next_step=self._step_title(progress.next_step),
        )

    def _step_title(self, step: StepProgress | None) -> str:
        if step is None:
            return ""
        is_hidden = step.credential is not None and step.credential.id in self._portfolio.excluded_ids
        return "" if is_hidden else step.title

    def _study(self) -> tuple[StudyMonth, ...]:
        minutes: defaultdict[str, int] = defaultdict(int)
        for session in self._contents.sessions:
            # A year alone belongs to no month.
            if session.studied_on.precision != "year" and session.studied_on.first_day <= self._today:
                minutes[session.studied_on.text[:7]] += session.minutes
        months = _months_until(self._today)
        return tuple(
            StudyMonth(month=key, label=words.month_letters(month), minutes=minutes[key])
            for month in months
            for key in (month.isoformat()[:7],)
        )

    def _summary(
        self, valid: Sequence[CredentialEntry], under_way: Iterable[Credential], paths: Iterable[PathEntry]
    ) -> tuple[str, ...]:
        lines = [_credential_line(valid)]
        lines += [
            f"{path.steps_done} of {words.counted(path.steps, 'step', 'steps')} towards {path.title}." for path in paths
        ]
        exams = [one for one in under_way if one.exam_on is not None and one.exam_on.last_day >= self._today]
        if exams:
            exam = exams[0]
            day = words.date_words(exam.exam_on) if exam.exam_on else ""
            lines.append(f"Next exam: {_short_name(exam)} on {day}.")
        return tuple(lines)


def group_credentials(
    credentials: Iterable[Credential], today: date
) -> tuple[list[Credential], list[Credential], list[Credential]]:
    """Return what a portfolio can show, in its order: valid on `today`, valid earlier, and under way."""
    valid: list[Credential] = []
    earlier: list[Credential] = []
    under_way: list[Credential] = []
    for credential in credentials:
        status = status_of(credential, today)
        if status in VALID:
            valid.append(credential)
        elif credential.stage in _UNDER_WAY:
            under_way.append(credential)
        # What was let go without ever having been earned is nobody's business.
        elif credential.stage is Stage.EARNED or (status is Status.LET_GO and credential.awarded_on is not None):
            earlier.append(credential)
    return _newest_first(valid), _newest_first(earlier), _soonest_first(under_way)


def web_address(text: str) -> str:
    """Return the text when it is an http(s) address with a host, else an empty text.

    An address from a file may be `javascript:` or a path on some computer: neither leaves the library.
    """
    address = text.strip()
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        return ""
    is_plain = not any(character.isspace() or not character.isprintable() for character in address)
    return address if parts.scheme in ("http", "https") and host and is_plain else ""


def _credential_line(valid: Sequence[CredentialEntry]) -> str:
    if not valid:
        return words.LABELS["nothing_valid"]
    counts = {
        "with proof on file": sum(entry.proof_count > 0 for entry in valid),
        "with a verification link": sum(bool(entry.verification_url) for entry in valid),
    }
    parts = [words.counted(len(valid), "valid credential", "valid credentials")]
    parts += [f"{count} {what}" for what, count in counts.items() if count]
    return ", ".join(parts) + "."


def _short_name(credential: Credential) -> str:
    # A code of digits alone (`003`) says nothing without its title.
    code = credential.human_code
    return code if any(character.isalpha() for character in code) else credential.title


def _newest_first(credentials: Iterable[Credential]) -> list[Credential]:
    named = sorted(credentials, key=lambda one: (one.title.casefold(), one.id))
    return sorted(named, key=lambda one: str(one.awarded_on or ""), reverse=True)


def _soonest_first(credentials: Iterable[Credential]) -> list[Credential]:
    def expected(one: Credential) -> tuple[str, str, int]:
        return (str(one.exam_on or one.target_on or "9999-12-31"), one.title.casefold(), one.id)

    return sorted(credentials, key=expected)


def _months_until(today: date) -> list[date]:
    newest = today.year * 12 + today.month - 1
    indexes = range(max(newest - _MONTHS_SHOWN + 1, 12), newest + 1)
    return [date(index // 12, index % 12 + 1, 1) for index in indexes]
