"""The columns of the table of credentials: what each cell says, and what explains it on hover."""

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import QCoreApplication

from learnpath.domain.listing import CredentialRow, CredentialSort
from learnpath.domain.records import Stage
from learnpath.domain.typed_dates import describe_distance
from learnpath.gui.models.paged_table import Column
from learnpath.gui.widgets.record_wording import ahead_text, kind_text, stage_text, status_kind, status_text
from learnpath.gui.widgets.wording import date_text, distance_text, duration_text, tip_text

NOTHING = "—"


def _tr(text: str) -> str:
    return QCoreApplication.translate("Credentials", text)


def make_columns(today: Callable[[], date]) -> tuple[Column[CredentialRow], ...]:
    """Return the columns; `today` is asked whenever a cell is painted, because every status depends on it."""
    return (
        Column(key="title", title=_tr("Title"), text=_title, sort=CredentialSort.TITLE, width=0, tip=_title_tip),
        Column(
            key="issuer",
            title=_tr("Issuer"),
            text=_issuer,
            sort=CredentialSort.ISSUER,
            width=142,
            is_muted=True,
            tip=_issuer_tip,
        ),
        Column(
            key="status",
            title=_tr("Status"),
            text=partial(_status, today),
            sort=CredentialSort.STATUS,
            chip=partial(_status_chip, today),
            tip=partial(_ahead_tip, today),
            width=148,
        ),
        Column(
            key="awarded",
            title=_tr("Earned"),
            text=_awarded,
            sort=CredentialSort.AWARDED,
            width=104,
            is_muted=True,
            descending=True,
        ),
        Column(
            key="ahead",
            title=_tr("Expires"),
            text=partial(_ahead, today),
            sort=CredentialSort.AHEAD,
            width=106,
            is_muted=True,
            tip=partial(_ahead_tip, today),
        ),
        Column(
            key="kind", title=_tr("Kind"), text=_kind, sort=CredentialSort.KIND, width=126, is_muted=True, spare=True
        ),
        Column(
            key="effort",
            title=_tr("Effort"),
            text=_effort,
            sort=CredentialSort.EFFORT,
            width=76,
            is_muted=True,
            is_number=True,
            descending=True,
            spare=True,
            tip=_effort_tip,
        ),
        Column(key="proof", title=_tr("Proof"), text=_proof, width=76, is_muted=True, spare=True),
        Column(key="code", title=_tr("Code"), text=_code, width=100, is_muted=True, optional=True),
        Column(key="license", title=_tr("Credential ID"), text=_license, width=140, is_muted=True, optional=True),
        Column(key="stage", title=_tr("Stage"), text=_stage, width=110, is_muted=True, optional=True),
    )


def row_sentence(today: Callable[[], date], row: CredentialRow) -> str:
    """Return what a screen reader says of a row."""
    parts = (row.title, row.issuer, status_text(row, today()), ahead_text(row, today()))
    return ", ".join(part for part in parts if part and part != NOTHING)


def _title(row: CredentialRow) -> str:
    return f"{row.title} ({row.human_code})" if row.human_code and row.human_code not in row.title else row.title


def _title_tip(row: CredentialRow) -> str:
    return tip_text(_title(row))


def _issuer(row: CredentialRow) -> str:
    return row.issuer or NOTHING


def _issuer_tip(row: CredentialRow) -> str:
    return tip_text(row.issuer)


def _status(today: Callable[[], date], row: CredentialRow) -> str:
    return status_text(row, today())


def _status_chip(today: Callable[[], date], row: CredentialRow) -> str:
    return status_kind(row, today())


def _awarded(row: CredentialRow) -> str:
    # What was taken back from earned keeps its date in the record, in case it was a slip.
    return date_text(row.awarded_on) if row.awarded_on and row.stage is Stage.EARNED else NOTHING


def _ahead(today: Callable[[], date], row: CredentialRow) -> str:
    return ahead_text(row, today())


def _ahead_tip(today: Callable[[], date], row: CredentialRow) -> str:
    on = row.valid_until if row.stage is Stage.EARNED else row.next_date
    if on is None:
        return ""
    return tip_text(f"{date_text(on)}, {distance_text(describe_distance(on.last_day, today()))}")


def _kind(row: CredentialRow) -> str:
    return kind_text(row.kind)


def _effort(row: CredentialRow) -> str:
    return NOTHING if row.estimated_minutes is None else duration_text(row.estimated_minutes)


def _effort_tip(row: CredentialRow) -> str:
    return tip_text(_tr("Estimated study time")) if row.estimated_minutes is not None else ""


def _proof(row: CredentialRow) -> str:
    if not row.proof_count:
        return NOTHING
    return QCoreApplication.translate("Credentials", "%n file(s)", None, row.proof_count).replace(
        "(s)", "" if row.proof_count == 1 else "s"
    )


def _code(row: CredentialRow) -> str:
    return row.human_code or NOTHING


def _license(row: CredentialRow) -> str:
    return row.license_number or NOTHING


def _stage(row: CredentialRow) -> str:
    return stage_text(row.stage)
