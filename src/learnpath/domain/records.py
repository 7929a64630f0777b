"""The records a library holds, in the field's standard words (Open Badges 3.0, CTDL, schema.org, ESCO).

Frozen values only: rules that compute something from them have modules of their own. An `id` of 0 means "not
stored yet". Text is plain text. Durations are minutes, dates are partial ISO dates, moments are UTC ISO text.
"""

from dataclasses import dataclass
from enum import StrEnum

from learnpath.domain.dates import PartialDate
from learnpath.domain.money import Money


class Stage(StrEnum):
    """How far a person has taken a credential. Whether it is still valid is computed, see `domain.status`."""

    WISHED = "wished"
    PLANNED = "planned"
    ENROLLED = "enrolled"
    BOOKED = "booked"
    EARNED = "earned"
    LET_GO = "let_go"


class AchievementType(StrEnum):
    """What kind of thing is earned: the part of Open Badges 3.0 `achievementType` that professionals meet."""

    CERTIFICATION = "Certification"
    CERTIFICATE = "Certificate"
    CERTIFICATE_OF_COMPLETION = "CertificateOfCompletion"
    MICRO_CREDENTIAL = "MicroCredential"
    BADGE = "Badge"
    COURSE = "Course"
    ASSESSMENT = "Assessment"
    LICENSE = "License"
    DEGREE = "Degree"
    DIPLOMA = "Diploma"
    LEARNING_PROGRAM = "LearningProgram"
    MEMBERSHIP = "Membership"
    ACHIEVEMENT = "Achievement"


class LifecycleStatus(StrEnum):
    """Whether a program can still be started (CTDL `lifecycleStatusType`)."""

    ANNOUNCED = "announced"
    ACTIVE = "active"
    RETIRED = "retired"


class CostKind(StrEnum):
    """What a cost line pays for."""

    EXAM = "exam"
    COURSE = "course"
    MATERIAL = "material"
    MEMBERSHIP = "membership"
    RENEWAL = "renewal"
    TRAVEL = "travel"
    OTHER = "other"


class CostState(StrEnum):
    """How final a cost line is."""

    PLANNED = "planned"
    COMMITTED = "committed"
    PAID = "paid"
    REFUNDED = "refunded"


class Payer(StrEnum):
    """Who carries a cost in the end."""

    SELF = "self"
    EMPLOYER = "employer"


class ClaimState(StrEnum):
    """Where the reimbursement of a cost line stands."""

    NONE = "none"
    TO_CLAIM = "to_claim"
    CLAIMED = "claimed"
    REIMBURSED = "reimbursed"


class EvidenceRole(StrEnum):
    """What an attached file proves."""

    CERTIFICATE = "certificate"
    BADGE = "badge"
    SCORE_REPORT = "score_report"
    RECEIPT = "receipt"
    EVIDENCE = "evidence"


@dataclass(frozen=True, slots=True, kw_only=True)
class Issuer:
    """Who awards. `aliases` are other names files use for it."""

    id: int = 0
    name: str
    aliases: tuple[str, ...] = ()
    url: str = ""
    country_code: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Skill:
    """A competency; `uri` is its ESCO or other concept address, when known."""

    id: int = 0
    name: str
    uri: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """A word of the person's own."""

    id: int = 0
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """What could be earned (Open Badges: Achievement). Not the person's own record of it, see `Credential`.

    `valid_for` is an ISO 8601 term (`P3Y`), empty when it does not expire or nobody knows. `external_id` is the
    catalogue's own key. `source_url` and `checked_on` say where and when the facts were read. `required_ids` are the
    programs to be earned before.
    """

    id: int = 0
    name: str
    issuer_id: int | None = None
    human_code: str = ""
    achievement_type: AchievementType = AchievementType.ACHIEVEMENT
    description: str = ""
    url: str = ""
    level: str = ""
    language: str = ""
    estimated_minutes: int | None = None
    price: Money | None = None
    valid_for: str = ""
    lifecycle_status: LifecycleStatus = LifecycleStatus.ACTIVE
    retires_on: PartialDate | None = None
    external_id: str = ""
    source_url: str = ""
    checked_on: PartialDate | None = None
    required_ids: tuple[int, ...] = ()
    skill_ids: tuple[int, ...] = ()
    tag_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Credential:
    """The person's own record of something wished for, planned, under way, earned or let go.

    `target_on` is when the person wants it done. `exam_time` is `HH:MM` in `exam_zone` (IANA); both are empty when
    only the day is known. `valid_until` counts to the end of its day, month or year. `renewal_opens_days` is how
    many days before `valid_until` renewal becomes possible, `grace_days` how many after it renewal still is.
    `valid_for` is the award's own term: issuers change theirs, so the award remembers. `external_id` is the address or
    number by which the issuer's badge file names this award, wherever it is found.
    """

    id: int = 0
    title: str
    issuer_id: int | None = None
    program_id: int | None = None
    human_code: str = ""
    achievement_type: AchievementType = AchievementType.ACHIEVEMENT
    level: str = ""
    stage: Stage = Stage.PLANNED
    target_on: PartialDate | None = None
    exam_on: PartialDate | None = None
    exam_time: str = ""
    exam_zone: str = ""
    exam_place: str = ""
    awarded_on: PartialDate | None = None
    valid_for: str = ""
    valid_until: PartialDate | None = None
    renewal_opens_days: int | None = None
    grace_days: int = 0
    renewal_note: str = ""
    revoked_on: PartialDate | None = None
    let_go_reason: str = ""
    license_number: str = ""
    external_id: str = ""
    verification_url: str = ""
    estimated_minutes: int | None = None
    notes: str = ""
    skill_ids: tuple[int, ...] = ()
    tag_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceFile:
    """A file kept in the library's `files` folder as proof. `size` is bytes, `sha256` hexadecimal."""

    id: int = 0
    credential_id: int
    file_name: str
    original_name: str
    media_type: str
    size: int
    sha256: str
    role: EvidenceRole = EvidenceRole.EVIDENCE
    added_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CostLine:
    """One amount spent or to be spent on a credential. `claim_by` is the last day to ask for it back."""

    id: int = 0
    credential_id: int
    kind: CostKind = CostKind.EXAM
    price: Money
    state: CostState = CostState.PLANNED
    payer: Payer = Payer.SELF
    incurred_on: PartialDate | None = None
    claim_state: ClaimState = ClaimState.NONE
    claim_by: PartialDate | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StudySession:
    """Minutes studied on a day, for a credential or in general."""

    id: int = 0
    credential_id: int | None = None
    studied_on: PartialDate
    minutes: int
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    """An ordered way to a goal; `goal_on` is when the person wants to be there."""

    id: int = 0
    title: str
    description: str = ""
    goal_on: PartialDate | None = None
    is_active: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class PathStep:
    """One step: a program to earn, or a credential the person already has a record of, or both.

    `position` counts from 0 within the path. `title` is used when neither is set.
    """

    id: int = 0
    path_id: int
    position: int
    title: str = ""
    program_id: int | None = None
    credential_id: int | None = None
    estimated_minutes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Portfolio:
    """What one version of the document shows. `sections` are names of `PORTFOLIO_SECTIONS`, in order."""

    id: int = 0
    name: str
    sections: tuple[str, ...] = ("summary", "credentials", "skills", "paths")
    excluded_ids: tuple[int, ...] = ()
    show_expired: bool = False
    show_planned: bool = False
    show_links: bool = True
    show_license_numbers: bool = True
    show_email: bool = False


PORTFOLIO_SECTIONS = ("summary", "credentials", "skills", "paths", "study")


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportSource:
    """A file that was imported: kept byte for byte in `file_name` of the library, `sha256` hexadecimal."""

    id: int = 0
    original_name: str
    file_name: str
    format: str
    sha256: str
    size: int
    imported_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordSource:
    """Which fields of a record an import filled, one for each record and import.

    `record_kind` is "program" or "credential", `record_id` its id. `fields` are names as files' drafts have them
    (`issuer_name`, `awarded_on`); a field that the person changed afterwards is in no list. `former` are values
    ("title=Cloud") by which the import knows the record and which it does not have, or not any more.
    """

    id: int = 0
    record_kind: str
    record_id: int
    import_source_id: int
    fields: tuple[str, ...] = ()
    former: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """The library's owner, and what counts for this library."""

    name: str = ""
    headline: str = ""
    place: str = ""
    email: str = ""
    currency: str = "EUR"
    week_goal_minutes: int = 300


Record = (
    Issuer
    | Skill
    | Tag
    | Program
    | Credential
    | EvidenceFile
    | CostLine
    | StudySession
    | Path
    | PathStep
    | Portfolio
    | ImportSource
    | RecordSource
)
