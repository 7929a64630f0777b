"""What the inspector says of a credential, as text: each date with where it comes from.

Belongs here: words made of details. No widget, no query.
"""

from datetime import date

from PySide6.QtCore import QCoreApplication, QLocale

from learnpath.domain.listing import CredentialRow
from learnpath.domain.records import (
    ClaimState,
    CostKind,
    CostLine,
    CostState,
    Credential,
    EvidenceFile,
    EvidenceRole,
    Payer,
    Stage,
)
from learnpath.domain.status import Status
from learnpath.domain.typed_dates import describe_distance
from learnpath.domain.wording import money_text, term_text
from learnpath.gui.widgets.chip import ChipKind
from learnpath.gui.widgets.record_wording import status_kind, status_text
from learnpath.gui.widgets.wording import date_text, day_text, distance_text, duration_text
from learnpath.services.credential_details import CredentialDetails
from learnpath.services.provenance import FieldSource

Fact = tuple[str, str, str, str]
"""Name, value, the note below it, and the tool tip."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("Credentials", text)


class CredentialFacts:
    """The facts of one credential on a day."""

    def __init__(self, details: CredentialDetails, today: date) -> None:
        self._details = details
        self._one: Credential = details.credential
        self._today = today

    @property
    def chip(self) -> tuple[str, ChipKind]:
        """Return text and kind of the status chip."""
        row = row_of(self._details)
        return status_text(row, self._today), status_kind(row, self._today)

    def rows(self) -> list[Fact]:
        """Return the dates that matter in this stage, in order of time."""
        one, found = self._one, list[Fact]()
        if one.stage is Stage.EARNED:
            if one.awarded_on is not None:
                found.append((_tr("Earned"), date_text(one.awarded_on), "", self._distance(one.awarded_on.last_day)))
            found.append(self._expiry())
            found.extend(self._grace())
            if one.revoked_on is not None:
                found.append((_tr("Revoked"), date_text(one.revoked_on), "", ""))
            return found
        if one.stage is Stage.LET_GO:
            return [(_tr("Let go"), one.let_go_reason or _tr("No reason noted"), "", "")]
        if one.exam_on is not None:
            parts = (one.exam_time, one.exam_zone, one.exam_place)
            note = ", ".join(part for part in parts if part)
            found.append((_tr("Exam"), date_text(one.exam_on), note, self._distance(one.exam_on.last_day)))
        if one.target_on is not None:
            note = _tr("Passed: choose a new date") if one.target_on.last_day < self._today else ""
            found.append((_tr("Wanted by"), date_text(one.target_on), note, self._distance(one.target_on.last_day)))
        if one.valid_for:
            found.append((_tr("Valid for"), term_text(one.valid_for), "", _tr("From the day you earn it")))
        return found

    def cost_text(self, cost: CostLine) -> tuple[str, str]:
        """Return a cost line, and a note on its state and reimbursement."""
        notes = [_tr(_COST_STATES[cost.state])] if cost.state is not CostState.PAID else []
        if cost.payer is Payer.EMPLOYER:
            notes.append(_tr("paid by employer"))
        if cost.claim_state is ClaimState.TO_CLAIM:
            notes.append(self._claim(cost))
        elif cost.claim_state is not ClaimState.NONE:
            notes.append(_tr("claimed") if cost.claim_state is ClaimState.CLAIMED else _tr("reimbursed"))
        if cost.note:
            notes.append(cost.note)
        return f"{money_text(cost.price)} {_tr(_COST_KINDS[cost.kind])}", " · ".join(notes)

    def effort_text(self) -> str:
        """Return logged and estimated study time."""
        logged = _tr("{length} logged").format(length=duration_text(self._details.study_minutes))
        if self._one.estimated_minutes is None:
            return logged
        return f"{logged} · " + _tr("{length} estimated").format(length=duration_text(self._one.estimated_minutes))

    def file_text(self, file: EvidenceFile) -> str:
        """Return what a file proves and how large it is."""
        return f"{_tr(_ROLES[file.role])} · {QLocale().formattedDataSize(file.size, 1)}"

    def _expiry(self) -> Fact:
        one, details = self._one, self._details
        if one.valid_until is None:
            return (_tr("Expires"), _tr("No expiry"), "", _tr("No end date is known for it"))
        origin = ""
        if one.valid_for and one.awarded_on is not None:
            origin = _tr("{term} from {day}").format(term=term_text(one.valid_for), day=date_text(one.awarded_on))
        notes = [origin, self._renewal(), one.renewal_note]
        tip = self._distance(one.valid_until.last_day)
        if details.status in {Status.EXPIRED, Status.GRACE}:
            tip = _tr("Expired {distance}").format(distance=tip)
        return (_tr("Expires"), date_text(one.valid_until), "\n".join(note for note in notes if note), tip)

    def _renewal(self) -> str:
        opens = self._details.renewal_opens_on
        if opens is None or self._details.status in {Status.EXPIRED, Status.REVOKED, Status.GRACE}:
            return ""
        if opens > self._today:
            return _tr("renew from {day}").format(day=day_text(opens))
        return _tr("renewal open since {day}").format(day=day_text(opens))

    def _grace(self) -> list[Fact]:
        last = self._details.last_renewal_day
        if not self._one.grace_days or last is None or self._details.status is Status.REVOKED:
            return []
        days = QCoreApplication.translate("Credentials", "%n days after it expires", None, self._one.grace_days)
        return [(_tr("Grace until"), day_text(last), days, self._distance(last))]

    def _claim(self, cost: CostLine) -> str:
        if cost.claim_by is None:
            return _tr("to claim")
        if cost.claim_by.last_day < self._today:
            return _tr("to claim, overdue since {day}").format(day=date_text(cost.claim_by))
        return _tr("to claim by {day}").format(day=date_text(cost.claim_by))

    def _distance(self, day: date) -> str:
        return distance_text(describe_distance(day, self._today))


def row_of(details: CredentialDetails) -> CredentialRow:
    """Return the line the list would show for a credential."""
    one = details.credential
    return CredentialRow(
        id=one.id,
        title=one.title,
        issuer=details.issuer.name if details.issuer else "",
        human_code=one.human_code,
        kind=one.achievement_type,
        stage=one.stage,
        status=details.status,
        awarded_on=one.awarded_on,
        valid_until=one.valid_until,
        next_date=one.exam_on or one.target_on,
        estimated_minutes=one.estimated_minutes,
        license_number=one.license_number,
        verification_url=one.verification_url,
        proof_count=len(details.evidence),
        program_id=one.program_id,
        next_is_exam=one.exam_on is not None,
        grace_days=one.grace_days,
    )


def source_lines(details: CredentialDetails) -> list[tuple[str, str]]:
    """Return for each imported file its name with the day, and the fields that came from it; then the person's own."""
    fields: dict[FieldSource, list[str]] = {}
    for name, source in details.sources.items():
        fields.setdefault(source, []).append(_tr(_FIELDS.get(name, name.replace("_", " ").capitalize())))
    found: list[tuple[str, str]] = []
    for source in sorted(fields, key=lambda one: one.imported_at, reverse=True):
        day = day_text(date.fromisoformat(source.imported_at[:10]))
        found.append((f"{source.file_name}, {day}", ", ".join(fields[source])))
    own = ", ".join(_tr(_FIELDS[name]) for name in _typed_fields(details)) if found else ""
    return [*found, (_tr("Typed by you: {0}").format(own), own)] if own else found


def _typed_fields(details: CredentialDetails) -> list[str]:
    """Return the fields that say something no imported file says: the person typed them, here or while importing."""
    blank = Credential(title="")
    return [
        name
        for name in _FIELDS
        if name not in details.sources
        and getattr(details.credential, attribute := _ATTRIBUTES.get(name, name)) != getattr(blank, attribute)
    ]


_FIELDS = {
    "title": "Title",
    "issuer_name": "Issuer",
    "program_name": "Program",
    "human_code": "Code",
    "achievement_type": "Kind",
    "level": "Level",
    "stage": "Stage",
    "target_on": "Wanted by",
    "exam_on": "Exam",
    "awarded_on": "Earned",
    "valid_for": "Valid for",
    "valid_until": "Expires",
    "license_number": "Credential ID",
    "external_id": "Number",
    "verification_url": "Verify at",
    "estimated_minutes": "Effort",
    "notes": "Notes",
    "skill_names": "Skills",
    "tag_names": "Tags",
}
_ATTRIBUTES = {
    "issuer_name": "issuer_id",
    "program_name": "program_id",
    "skill_names": "skill_ids",
    "tag_names": "tag_ids",
}
_COST_KINDS = {
    CostKind.EXAM: "exam",
    CostKind.COURSE: "course",
    CostKind.MATERIAL: "material",
    CostKind.MEMBERSHIP: "membership",
    CostKind.RENEWAL: "renewal",
    CostKind.TRAVEL: "travel",
    CostKind.OTHER: "other",
}
_COST_STATES = {CostState.PLANNED: "planned", CostState.COMMITTED: "committed", CostState.REFUNDED: "refunded"}
_ROLES = {
    EvidenceRole.CERTIFICATE: "Certificate",
    EvidenceRole.BADGE: "Badge",
    EvidenceRole.SCORE_REPORT: "Score report",
    EvidenceRole.RECEIPT: "Receipt",
    EvidenceRole.EVIDENCE: "Evidence",
}
