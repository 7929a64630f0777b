"""What is in a backup: records to search, to compare with what is here, and to tick.

Belongs here: the list and the panel beside it. Opening the backup and taking records back is the dialog's.
"""

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from learnpath.gui.infra.context import GuiContext
from learnpath.gui.screens.settings.look_model import (
    STATE_CHIPS,
    LookRow,
    LookRows,
    kind_text,
    look_columns,
    state_text,
)
from learnpath.gui.widgets.empty_state import EmptyState
from learnpath.gui.widgets.filter_chips import Filter, FilterChipBar
from learnpath.gui.widgets.flow_layout import FlowLayout
from learnpath.gui.widgets.inspector import Inspector
from learnpath.gui.widgets.plain_label import PlainLabel
from learnpath.gui.widgets.search_field import SearchField
from learnpath.gui.widgets.tick_table import TickModel, TickTable
from learnpath.services.backup_look import BackupLook, BackupRecord, describe

_TYPING_PAUSE_MILLISECONDS = 120
_KINDS = ("credential", "program", "path")
# Narrower than this, the panel stands below the list.
_BESIDE_FROM = 720
_BESIDE = (560, 380)
_BELOW = (340, 180)
_MOST_FIELDS = 60


class LookPage(QWidget):
    """Shows a `BackupLook`. `chosen_changed()`: other records are ticked."""

    chosen_changed = Signal()

    def __init__(self, context: GuiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = context.theme
        self._theme = theme
        self._rows: LookRows | None = None
        self.search = SearchField(theme, self.tr("Search this backup"), "Ctrl F")
        self.kinds = FilterChipBar(theme, self.tr("Kinds"))
        self.only_different = QCheckBox(self.tr("Only what is missing here or differs"))
        self.model: TickModel[LookRow] = TickModel(look_columns(), self._can_tick, self)
        self.table = TickTable(theme, self.model, self.tr("Records of the backup"))
        self.nothing = EmptyState(
            theme, "check-circle", "", self.tr("Everything in this backup is here as it was."), self.tr("Show all")
        )
        self.no_match = EmptyState(theme, "search", "", self.tr("No record matches."), self.tr("Show all"))
        self.empty = EmptyState(theme, "empty-box", "", self.tr("This backup holds no credential, program or path."))
        self.panel = Inspector(theme, self.tr("What differs"))
        self._lists = QStackedWidget()
        # Side by side they are wider than a small window, and the dialog would be, before it is shown.
        self._splitter = QSplitter(Qt.Orientation.Vertical)
        self._pause = QTimer(self, singleShot=True, interval=_TYPING_PAUSE_MILLISECONDS)
        self._build()
        self._connect()

    def show_look(self, look: BackupLook) -> None:
        """Show another backup, with nothing ticked."""
        self._rows = LookRows(look)
        self.model.chosen.clear()
        self.only_different.setChecked(True)
        self.search.clear()
        self._narrow()
        self.chosen_changed.emit()

    def chosen(self) -> dict[str, list[int]]:
        """Return the ids of the ticked records by kind (table name)."""
        found: dict[str, list[int]] = {}
        for number in sorted(self.model.chosen):
            if self._rows is not None and (record := self._rows.record(number)) is not None:
                found.setdefault(record.kind, []).append(record.id)
        return found

    def focus_start(self) -> None:
        """Give the list the focus, or what stands in its place."""
        shown = self._lists.currentWidget()
        (self.table if shown is self.table else self.search).setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the panel below the list where there is little room."""
        super().resizeEvent(event)
        is_wide = self.width() >= self._theme.px(_BESIDE_FROM)
        wanted = Qt.Orientation.Horizontal if is_wide else Qt.Orientation.Vertical
        if wanted != self._splitter.orientation():
            self._splitter.setOrientation(wanted)
            self._splitter.setSizes([self._theme.px(size) for size in (_BESIDE if is_wide else _BELOW)])

    def _build(self) -> None:
        self.only_different.setChecked(True)
        for widget in (self.table, self.nothing, self.no_match, self.empty):
            self._lists.addWidget(widget)
        self._lists.setMinimumHeight(self._theme.px(110))
        self.panel.setMinimumHeight(self._theme.px(80))
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(1)
        self._splitter.addWidget(self._lists)
        self._splitter.addWidget(self.panel)
        self._splitter.setStretchFactor(0, 1)
        self._splitter.setSizes(_BELOW)
        filters = QWidget()
        flow = FlowLayout(filters, 14)
        flow.addWidget(self.kinds)
        flow.addWidget(self.only_different)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.search)
        column.addWidget(filters)
        column.addWidget(self._splitter, 1)

    def _connect(self) -> None:
        self.model.rows_needed.connect(self._fill)
        self.model.ticked.connect(self.chosen_changed)
        self.table.current_record_changed.connect(self._show_record)
        self.search.textChanged.connect(self._pause.start)
        self.search.returnPressed.connect(self.table.setFocus)
        self._pause.timeout.connect(self._narrow)
        self.kinds.chosen.connect(self._narrow)
        self.only_different.toggled.connect(self._narrow)
        for state in (self.nothing, self.no_match):
            state.primary_clicked.connect(self._show_all)

    def _can_tick(self, number: int) -> bool:
        record = self._rows.record(number) if self._rows is not None else None
        return record is not None and record.difference is not None

    @Slot()
    def _narrow(self) -> None:
        if self._rows is None:
            return
        text = self.search.text()
        found = self._rows.found(text, only_different=self.only_different.isChecked())
        kinds = self._rows.by_kind(found)
        texts = {"credential": self.tr("Credentials"), "program": self.tr("Programs"), "path": self.tr("Paths")}
        self.kinds.set_filters(
            [
                Filter("", self.tr("All"), len(found)),
                *(Filter(kind, texts[kind], len(kinds.get(kind, ()))) for kind in _KINDS),
            ]
        )
        numbers = kinds.get(self.kinds.current, []) if self.kinds.current else found
        self.model.set_ids(numbers)
        self._lists.setCurrentWidget(self.table if numbers else self._why_empty(text))
        self.panel.setVisible(bool(numbers))
        self._show_record(self.table.current_id)

    def _why_empty(self, text: str) -> EmptyState:
        if self._rows is None or not self._rows.look.records:
            return self.empty
        is_whole = not text.strip() and not self.kinds.current
        return self.nothing if is_whole else self.no_match

    @Slot()
    def _show_all(self) -> None:
        self.search.clear()
        self.kinds.set_current("")
        self.only_different.setChecked(False)
        self._narrow()
        self.focus_start()

    @Slot(list)
    def _fill(self, numbers: list[int]) -> None:
        if self._rows is not None:
            self.model.fill(self._rows.rows(numbers))

    @Slot(object)
    def _show_record(self, number: int) -> None:
        record = self._rows.record(number) if self._rows is not None else None
        if self._rows is None or record is None:
            self.panel.clear()
            return
        subtitle = " · ".join(part for part in (kind_text(record.kind), record.note) if part)
        chip = (state_text(record.state), STATE_CHIPS[record.state])
        self.panel.set_heading(record.title, subtitle, [chip])
        self.panel.add_widget(PlainLabel(self._theme, self._sentence(record), "body", "muted", wrap=True))
        for change in describe(self._rows.look, record)[:_MOST_FIELDS]:
            name = change.field[:1].upper() + change.field[1:]
            if record.state == "missing":
                self.panel.add_row(name, change.before)
            else:
                self.panel.add_section(name)
                self.panel.add_row(self.tr("Then"), change.before or self.tr("nothing"))
                self.panel.add_row(self.tr("Now"), change.after or self.tr("nothing"))

    def _sentence(self, record: BackupRecord) -> str:
        match record.state:
            case "missing":
                return self.tr("It is no longer here. This was in it:")
            case "differs":
                return self.tr("It is here, but it was different then.")
            case "same":
                return self.tr("It is here as it was.")
