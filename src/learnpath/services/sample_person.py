"""What the sample's person has and did: credentials, proofs and costs, moved to surround a given day.

Belongs here: reading those tables and moving their dates. Not here: the catalogue, the paths (`sample_data`),
the study weeks (`sample_study`), the bytes of the proofs (`sample_files`).
"""

import hashlib
from collections.abc import Callable, Mapping
from datetime import date, timedelta

from learnpath.domain.dates import PartialDate, Term
from learnpath.domain.records import (
    AchievementType,
    ClaimState,
    CostKind,
    CostLine,
    CostState,
    Credential,
    EvidenceFile,
    EvidenceRole,
    Payer,
    Program,
    Stage,
    Tag,
)
from learnpath.services.sample_files import pdf_bytes, png_bytes, text_bytes
from learnpath.services.sample_rows import SampleRow

_MEDIA_TYPES = {"pdf": "application/pdf", "png": "image/png", "txt": "text/plain"}
# A proof that could be taken for an issuer's document would be a forgery.
_DISCLAIMER = "Sample made for trying out Learnpath. No issuer wrote or checked it."


class PersonReader:
    """Reads the person's tables; `credentials` comes first, since the others refer to it."""

    def __init__(
        self,
        top: SampleRow,
        programs: Mapping[str, Program],
        tags: Mapping[str, Tag],
        make_id: Callable[[], int],
        today: date,
        anchor: date,
    ) -> None:
        self._top = top
        self._programs = programs
        self._tags = tags
        self._make_id = make_id
        self._shift = today - anchor
        self.by_key: dict[str, Credential] = {}

    def moved(self, row: SampleRow, name: str) -> PartialDate | None:
        """Return a date of the row, moved as far as `today` is from the anchor; its precision stays."""
        day = row.day(name)
        return None if day is None else _moved(day, self._shift)

    def credentials(self, skill_id: Callable[[str], int]) -> dict[str, Credential]:
        """Return the credentials by their key; what a row leaves out is the program's. Raises SampleError."""
        for key, row in self._top.keyed_rows("credentials").items():
            self.by_key[key] = self._credential(row, skill_id)
            row.close()
        return self.by_key

    def evidence(
        self, owner: str, issuer_names: Mapping[int | None, str]
    ) -> tuple[tuple[EvidenceFile, ...], dict[str, bytes]]:
        """Return the evidence records, and the bytes of each by SHA-256. Raises SampleError."""
        records: list[EvidenceFile] = []
        files: dict[str, bytes] = {}
        for row in self._top.rows("evidence"):
            credential = self._known(row)
            name = row.required("file")
            content = _proof(row, name, _facts(credential, owner, issuer_names))
            digest = hashlib.sha256(content).hexdigest()
            if credential.awarded_on is None:
                raise row.fail("the credential has no award that a file could prove")
            records.append(
                EvidenceFile(
                    id=self._make_id(),
                    credential_id=credential.id,
                    file_name=name,
                    original_name=name,
                    media_type=_MEDIA_TYPES[name.rpartition(".")[2]],
                    size=len(content),
                    sha256=digest,
                    role=row.choice("role", EvidenceRole.EVIDENCE),
                    added_at=f"{credential.awarded_on.first_day}T18:30:00+00:00",
                )
            )
            files[digest] = content
            row.close()
        return tuple(records), files

    def costs(self) -> tuple[CostLine, ...]:
        """Return the cost lines. Raises SampleError."""
        lines: list[CostLine] = []
        for row in self._top.rows("costs"):
            price = row.price("price")
            if price is None:
                raise row.fail("price is missing")
            lines.append(
                CostLine(
                    id=self._make_id(),
                    credential_id=self._known(row).id,
                    kind=row.choice("kind", CostKind.EXAM),
                    price=price,
                    state=row.choice("state", CostState.PLANNED),
                    payer=row.choice("payer", Payer.SELF),
                    incurred_on=self.moved(row, "incurred_on"),
                    claim_state=row.choice("claim_state", ClaimState.NONE),
                    claim_by=self.moved(row, "claim_by"),
                    note=row.text("note"),
                )
            )
            row.close()
        return tuple(lines)

    def _credential(self, row: SampleRow, skill_id: Callable[[str], int]) -> Credential:
        key = row.required("program")
        if key not in self._programs:
            raise row.fail(f"unknown program {key!r}")
        program = self._programs[key]
        valid_for = row.text("valid_for", program.valid_for)
        awarded_on, valid_until = self._award(row, valid_for)
        skills = row.texts("skills")
        return Credential(
            id=self._make_id(),
            title=row.text("title", program.name),
            issuer_id=program.issuer_id,
            program_id=program.id,
            human_code=row.text("human_code", program.human_code),
            achievement_type=row.choice("achievement_type", AchievementType(program.achievement_type)),
            level=row.text("level", program.level),
            stage=row.choice("stage", Stage.PLANNED),
            target_on=self.moved(row, "target_on"),
            exam_on=self.moved(row, "exam_on"),
            exam_time=row.text("exam_time"),
            exam_zone=row.text("exam_zone"),
            exam_place=row.text("exam_place"),
            awarded_on=awarded_on,
            valid_for=valid_for,
            valid_until=valid_until,
            renewal_opens_days=row.number("renewal_opens_days"),
            grace_days=row.number("grace_days") or 0,
            renewal_note=row.text("renewal_note"),
            revoked_on=self.moved(row, "revoked_on"),
            let_go_reason=row.text("let_go_reason"),
            license_number=row.text("license_number"),
            verification_url=row.text("verification_url"),
            estimated_minutes=program.estimated_minutes,
            notes=row.text("notes"),
            skill_ids=program.skill_ids if skills is None else tuple(skill_id(name) for name in skills),
            tag_ids=self._tag_ids(row),
        )

    def _award(self, row: SampleRow, valid_for: str) -> tuple[PartialDate | None, PartialDate | None]:
        awarded_on, valid_until = self.moved(row, "awarded_on"), self.moved(row, "valid_until")
        if awarded_on is not None and valid_until is not None:
            raise row.fail("give awarded_on or valid_until: the other one follows")
        if not valid_for:
            return awarded_on, valid_until
        term = _term(row, valid_for)
        if valid_until is not None:
            start = _term_start(term, valid_until.first_day)
            return PartialDate.of(start), PartialDate.of(term.after(start))
        if awarded_on is None:
            return None, None
        if awarded_on.precision != "day":
            raise row.fail("awarded_on is too vague to count valid_for from")
        return awarded_on, PartialDate.of(term.after(awarded_on.first_day))

    def _tag_ids(self, row: SampleRow) -> tuple[int, ...]:
        names = row.texts("tags") or ()
        unknown = [name for name in names if name not in self._tags]
        if unknown:
            raise row.fail(f"unknown tag {unknown[0]!r}")
        return tuple(self._tags[name].id for name in names)

    def _known(self, row: SampleRow) -> Credential:
        key = row.required("credential")
        if key not in self.by_key:
            raise row.fail(f"unknown credential {key!r}")
        return self.by_key[key]


def _moved(day: PartialDate, shift: timedelta) -> PartialDate:
    # The middle stands for a month or a year: moved by less than half of it, it stays the same month or year.
    middle = day.first_day + (day.last_day - day.first_day) // 2
    return PartialDate((middle + shift).isoformat()[: len(day.text)])


def _term(row: SampleRow, text: str) -> Term:
    try:
        return Term.parse(text)
    except ValueError as error:
        raise row.fail(f"valid_for: {error}") from error


def _term_start(term: Term, end: date) -> date:
    """Return the latest day whose term ends on `end`, or on the day before where none does (29 February)."""
    month_index = end.year * 12 + end.month - 1 - term.years * 12 - term.months
    guess = date(month_index // 12, month_index % 12 + 1, 1) + timedelta(days=end.day + 2 - term.days)
    while term.after(guess) > end:
        guess -= timedelta(days=1)
    return guess


def _facts(credential: Credential, owner: str, issuer_names: Mapping[int | None, str]) -> tuple[str, ...]:
    facts = (
        credential.title,
        f"Issued to: {owner}",
        f"Issued by: {issuer_names[credential.issuer_id]}",
        f"Issued on: {credential.awarded_on}",
        f"Valid until: {credential.valid_until or 'no end'}",
    )
    return (*facts, f"Number: {credential.license_number}") if credential.license_number else facts


def _proof(row: SampleRow, name: str, facts: tuple[str, ...]) -> bytes:
    lines = (*facts, *(row.texts("lines") or ()), _DISCLAIMER)
    match name.rpartition(".")[2]:
        case "pdf":
            return pdf_bytes(lines)
        case "png":
            return png_bytes(row.required("colour"))
        case "txt":
            return text_bytes(lines)
        case _:
            raise row.fail(f"no such kind of file: {name!r}")
