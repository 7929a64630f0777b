"""The records of a backup as rows of a table: what is shown of them, and which are found by words and kind."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from learnpath.gui.models.paged_table import Column
from learnpath.gui.widgets.chip import ChipKind
from learnpath.gui.widgets.wording import tip_text
from learnpath.services.backup_look import BackupLook, BackupRecord, summary_text
from learnpath.services.record_comparison import State

STATE_CHIPS: dict[State, ChipKind] = {"missing": "warn", "differs": "accent", "same": "neutral"}


@dataclass(frozen=True, slots=True)
class LookRow:
    """A row; `id` is its number among all records of the backup, counted from 1."""

    id: int
    record: BackupRecord
    summary: str


class LookRows:
    """The records of a look by their numbers."""

    def __init__(self, look: BackupLook) -> None:
        self.look = look
        self._texts = [f"{one.title} {one.note}".casefold() for one in look.records]

    def record(self, number: int) -> BackupRecord | None:
        """Return the record with a number; None for 0 and beyond the last."""
        return self.look.records[number - 1] if 0 < number <= len(self.look.records) else None

    def rows(self, numbers: Sequence[int]) -> list[LookRow]:
        """Return rows to show."""
        found = [(number, self.look.records[number - 1]) for number in numbers]
        return [LookRow(number, record, summary_text(self.look, record)) for number, record in found]

    def found(self, text: str, *, only_different: bool) -> list[int]:
        """Return the numbers of the records that have every word of a text, in their order."""
        words, records = text.casefold().split(), self.look.records
        return [
            number
            for number, found in enumerate(self._texts, 1)
            if (not only_different or records[number - 1].difference is not None)
            and (not words or all(word in found for word in words))
        ]

    def by_kind(self, numbers: Sequence[int]) -> dict[str, list[int]]:
        """Return numbers by the kind of their records."""
        kinds: dict[str, list[int]] = {}
        for number in numbers:
            kinds.setdefault(self.look.records[number - 1].kind, []).append(number)
        return kinds


def look_columns() -> tuple[Column[LookRow], ...]:
    """Return the columns of the table."""
    return (
        Column(key="title", title=_tr("Title"), text=_title, tip=_title_tip, width=0),
        Column(key="kind", title=_tr("Kind"), text=_kind, width=96, is_muted=True, spare=True),
        Column(key="state", title=_tr("Here"), text=_state, width=84, chip=_chip),
        Column(
            key="summary",
            title=_tr("What differs"),
            text=_summary,
            tip=_summary_tip,
            width=190,
            is_muted=True,
            spare=True,
        ),
    )


def kind_text(kind: str) -> str:
    """Return what a kind of record is called."""
    return {"credential": _tr("Credential"), "program": _tr("Program"), "path": _tr("Path")}[kind]


def state_text(state: State) -> str:
    """Return how a record of the backup is here."""
    return {"missing": _tr("Missing"), "differs": _tr("Differs"), "same": _tr("Same")}[state]


def _title(row: LookRow) -> str:
    return f"{row.record.title} · {row.record.note}" if row.record.note else row.record.title


def _title_tip(row: LookRow) -> str:
    return tip_text(_title(row))


def _summary_tip(row: LookRow) -> str:
    return tip_text(row.summary)


def _kind(row: LookRow) -> str:
    return kind_text(row.record.kind)


def _state(row: LookRow) -> str:
    return state_text(row.record.state)


def _chip(row: LookRow) -> str:
    return STATE_CHIPS[row.record.state]


def _summary(row: LookRow) -> str:
    return row.summary


def _tr(text: str) -> str:
    return QCoreApplication.translate("LookIntoBackup", text)
