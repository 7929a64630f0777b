"""The columns of the catalogue: what each cell says, and what explains it on hover."""

from PySide6.QtCore import QCoreApplication

from learnpath.domain.listing import ProgramRow, ProgramSort
from learnpath.gui.models.paged_table import Column
from learnpath.gui.screens.programs.words import NOTHING, lifecycle_text, mine_chip, price_text, validity_text
from learnpath.gui.widgets.record_wording import kind_text
from learnpath.gui.widgets.wording import duration_text, tip_text


def _tr(text: str) -> str:
    return QCoreApplication.translate("ProgramsScreen", text)


def make_columns() -> tuple[Column[ProgramRow], ...]:
    """Return the columns in their order."""
    sort = ProgramSort
    return (
        Column(key="name", title=_tr("Program"), text=full_name, sort=sort.NAME, width=0, tip=_name_tip),
        Column(
            key="issuer",
            title=_tr("Issuer"),
            text=_issuer,
            sort=sort.ISSUER,
            width=130,
            is_muted=True,
            spare=True,
            tip=_issuer_tip,
        ),
        Column(key="level", title=_tr("Level"), text=_level, sort=sort.LEVEL, width=98, is_muted=True, spare=True),
        Column(key="kind", title=_tr("Kind"), text=_kind, sort=sort.KIND, width=112, is_muted=True, spare=True),
        Column(key="effort", title=_tr("Effort"), text=_effort, sort=sort.EFFORT, width=66, is_muted=True),
        Column(key="price", title=_tr("Price"), text=_price, sort=sort.PRICE, width=94, is_muted=True),
        Column(
            key="valid_for",
            title=_tr("Valid for"),
            text=_validity,
            sort=sort.VALID_FOR,
            width=90,
            is_muted=True,
            spare=True,
            tip=_validity_tip,
        ),
        Column(key="mine", title=_tr("Mine"), text=_mine, sort=sort.MINE, chip=_mine_kind, width=116, descending=True),
        Column(key="code", title=_tr("Code"), text=_code, width=100, is_muted=True, optional=True),
        Column(key="lifecycle", title=_tr("Availability"), text=_lifecycle, width=104, is_muted=True, optional=True),
    )


def row_sentence(row: ProgramRow) -> str:
    """Return what a screen reader says of a row."""
    parts = (full_name(row), row.issuer, row.level, kind_text(row.kind), _effort(row), _price(row), _mine(row))
    return ", ".join(part for part in parts if part and part != NOTHING)


def full_name(row: ProgramRow) -> str:
    """Return the name, with its code when the name does not hold it."""
    return f"{row.name} ({row.human_code})" if row.human_code and row.human_code not in row.name else row.name


def _name_tip(row: ProgramRow) -> str:
    return tip_text(full_name(row))


def _issuer(row: ProgramRow) -> str:
    return row.issuer or NOTHING


def _issuer_tip(row: ProgramRow) -> str:
    return tip_text(row.issuer)


def _level(row: ProgramRow) -> str:
    return row.level or NOTHING


def _kind(row: ProgramRow) -> str:
    return kind_text(row.kind)


def _effort(row: ProgramRow) -> str:
    return duration_text(row.estimated_minutes) if row.estimated_minutes else NOTHING


def _price(row: ProgramRow) -> str:
    return price_text(row.price)


def _validity(row: ProgramRow) -> str:
    return validity_text(row.valid_for)


def _validity_tip(row: ProgramRow) -> str:
    return "" if row.valid_for else tip_text(_tr("It does not expire, or nobody has said."))


def _mine(row: ProgramRow) -> str:
    return mine_chip(row.status)[0] if row.status is not None else ""


def _mine_kind(row: ProgramRow) -> str:
    return mine_chip(row.status)[1] if row.status is not None else ""


def _code(row: ProgramRow) -> str:
    return row.human_code or NOTHING


def _lifecycle(row: ProgramRow) -> str:
    return lifecycle_text(row.lifecycle_status)
