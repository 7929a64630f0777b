"""What the lists of credentials and programs show: filters, groups, sort orders and light rows."""

from dataclasses import dataclass
from enum import StrEnum

from learnpath.domain.dates import PartialDate
from learnpath.domain.money import Money
from learnpath.domain.records import AchievementType, LifecycleStatus, Stage
from learnpath.domain.status import AHEAD, IN_PROGRESS, OVER, VALID, Status


class StatusGroup(StrEnum):
    """The chips above the list of credentials."""

    ALL = "all"
    EARNED = "earned"
    IN_PROGRESS = "in_progress"
    PLANNED = "planned"
    EXPIRED = "expired"
    LET_GO = "let_go"


STATUSES_OF_GROUP: dict[StatusGroup, frozenset[Status]] = {
    StatusGroup.ALL: frozenset(Status),
    StatusGroup.EARNED: VALID,
    StatusGroup.IN_PROGRESS: IN_PROGRESS,
    StatusGroup.PLANNED: AHEAD,
    StatusGroup.EXPIRED: OVER,
    StatusGroup.LET_GO: frozenset({Status.LET_GO}),
}


class CredentialSort(StrEnum):
    """The columns by which the list of credentials can be ordered.

    `NEXT_DATE` is the exam or else the target. `AHEAD` is the expiry of what is earned, and that of everything else.
    """

    TITLE = "title"
    ISSUER = "issuer"
    STATUS = "status"
    KIND = "kind"
    AWARDED = "awarded_on"
    EXPIRES = "valid_until"
    NEXT_DATE = "next_date"
    AHEAD = "ahead"
    EFFORT = "estimated_minutes"


@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialFilter:
    """Which credentials to list and in which order; None means "any". `statuses` narrows within the group."""

    text: str = ""
    group: StatusGroup = StatusGroup.ALL
    statuses: frozenset[Status] = frozenset()
    stage: Stage | None = None
    issuer_id: int | None = None
    skill_id: int | None = None
    path_id: int | None = None
    tag_id: int | None = None
    has_proof: bool | None = None
    sort: CredentialSort = CredentialSort.TITLE
    descending: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialRow:
    """One line of the list: everything a cell shows, nothing else.

    `next_date` is the exam or else the target; `next_is_exam` tells which.
    """

    id: int
    title: str
    issuer: str
    human_code: str
    kind: AchievementType
    stage: Stage
    status: Status
    awarded_on: PartialDate | None
    valid_until: PartialDate | None
    next_date: PartialDate | None
    estimated_minutes: int | None
    license_number: str
    verification_url: str
    proof_count: int
    program_id: int | None
    next_is_exam: bool = False
    grace_days: int = 0


class ProgramSort(StrEnum):
    """The columns by which the catalogue can be ordered."""

    NAME = "name"
    ISSUER = "issuer"
    KIND = "kind"
    LEVEL = "level"
    EFFORT = "estimated_minutes"
    PRICE = "price"
    VALID_FOR = "valid_for"
    MINE = "mine"


class Having(StrEnum):
    """Whether the person already has a record of a program."""

    ANY = "any"
    NOT_CHOSEN = "not_chosen"
    MINE = "mine"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgramFilter:
    """Which programs to list and in which order; None means "any"."""

    text: str = ""
    having: Having = Having.ANY
    issuer_id: int | None = None
    skill_id: int | None = None
    tag_id: int | None = None
    kind: AchievementType | None = None
    max_price_minor: int | None = None
    max_minutes: int | None = None
    lifecycle_status: LifecycleStatus | None = None
    sort: ProgramSort = ProgramSort.NAME
    descending: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgramRow:
    """One line of the catalogue. `credential_id` and `status` are those of the person's own record, if any."""

    id: int
    name: str
    issuer: str
    human_code: str
    kind: AchievementType
    level: str
    estimated_minutes: int | None
    price: Money | None
    valid_for: str
    lifecycle_status: LifecycleStatus
    credential_id: int | None
    status: Status | None


@dataclass(frozen=True, slots=True)
class Choice:
    """One entry of a filter menu: a record and how many records carry it."""

    id: int
    name: str
    count: int
