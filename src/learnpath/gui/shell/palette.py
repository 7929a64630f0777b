"""The command palette: type a few letters, run a command or open a record.

Belongs here: what is found for a text, and the keys. The field is part of the top bar; the list hangs below it.
"""

from collections.abc import Callable, Sequence
from functools import partial

import shiboken6
from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, QRectF, Qt, Signal, Slot
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QFocusEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QListView, QVBoxLayout, QWidget

from learnpath.gui.infra.actions import ActionRegistry
from learnpath.gui.infra.icons import Icons
from learnpath.gui.infra.theme import Theme
from learnpath.gui.shell.palette_rows import ROW_HEIGHT, PaletteDelegate, PaletteHit, PaletteModel, PaletteRow
from learnpath.gui.shell.ranking import rank

SearchRecords = Callable[[str, Callable[[Sequence[PaletteHit]], object]], object]
"""Looks records up for a text and later, in the GUI thread, calls back with what it found."""

MOST_COMMANDS = 6
MOST_RECORDS = 20
_VISIBLE_ROWS = 9
_WIDTH = 520
_MENU = Qt.FocusReason.PopupFocusReason


def find_commands(actions: ActionRegistry, text: str) -> list[PaletteRow]:
    """Return the enabled commands that fit the text, best first; all of them in their order for an empty text."""
    found: list[tuple[int, PaletteRow]] = []
    for command in actions:
        if not command.in_palette or not actions.action(command.id).isEnabled():
            continue
        title = actions.text(command.id)
        # Undo and Redo name what they take back: who types the name of a record looks for the record.
        score = rank(text, command.text)
        if score is not None:
            keys = actions.shortcut_text(command.id)
            row = PaletteRow(title, keys=keys, icon_name=command.icon or "chevron-right", command_id=command.id)
            found.append((score, row))
    return [row for _, row in sorted(found, key=lambda item: -item[0])]


class CommandPalette(QFrame):
    """The list below the field. `opened(kind, id)` says which record was chosen; commands are run directly.

    `left()`: Esc was pressed, and there is no widget to give the focus back to.
    """

    opened = Signal(str, object)
    left = Signal()

    def __init__(
        self,
        field: QLineEdit,
        actions: ActionRegistry,
        theme: Theme,
        icons: Icons,
        search_records: SearchRecords | None,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._host = parent
        self._field = field
        self._actions = actions
        self._theme = theme
        self._search_records = search_records
        self._focus_before: QWidget | None = None
        self._records_wanted = 0
        self.model = PaletteModel(self)
        self.view = QListView(self)
        self._nothing = QLabel(self)
        self._build(icons)
        self._connect()
        self.hide()

    def open(self) -> None:
        """Focus the field and show what can be run."""
        focused = self.window().focusWidget()
        if focused is not self._field:
            self._focus_before = focused
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._field.selectAll()
        self._find(self._field.text())

    def close_palette(self) -> None:
        """Hide the list, empty the field and give the focus back."""
        had_focus = self._field.hasFocus()
        self.hide()
        self._field.clear()
        self.hide()
        before, self._focus_before = self._focus_before, None
        if had_focus:
            if before is not None and shiboken6.isValid(before) and before.isVisible():
                before.setFocus(Qt.FocusReason.OtherFocusReason)
            else:
                self.left.emit()

    def place(self) -> None:
        """Hang the list below the field, wide enough to read, inside the window."""
        host = self._host
        width = min(max(self._field.width(), self._theme.px(_WIDTH)), host.width() - 24)
        corner = self._field.mapTo(host, QPoint(self._field.width() - width, self._field.height() + 4))
        rows = max(1, min(self.model.rowCount(), _VISIBLE_ROWS))
        height = rows * self._theme.px(ROW_HEIGHT) + 14
        left = max(12, min(corner.x(), host.width() - width - 12))
        self.setGeometry(left, corner.y(), width, min(height, host.height() - corner.y() - 12))
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys of the list while the field has the focus."""
        # The field's own context menu takes the focus for a moment only.
        if isinstance(event, QFocusEvent) and event.lostFocus() and event.reason() != _MENU and self.isVisible():
            self.close_palette()
        if event.type() == QEvent.Type.MouseButtonPress and not self.isVisible():
            self.open()
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._take_key(event.key())
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the card."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.color("border"), 1))
        painter.setBrush(self._theme.color("surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 10, 10)

    def _build(self, icons: Icons) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(7, 7, 7, 7)
        layout.addWidget(self.view)
        layout.addWidget(self._nothing)
        self._nothing.setTextFormat(Qt.TextFormat.PlainText)
        self._nothing.setContentsMargins(10, 0, 10, 0)
        self.view.setModel(self.model)
        self.view.setItemDelegate(PaletteDelegate(self.model, self._theme, icons, self))
        self.view.setAccessibleName(self.tr("Commands and records"))
        # The focus stays in the field, so that typing goes on; its keys move the selection.
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setUniformItemSizes(True)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def _connect(self) -> None:
        self._field.installEventFilter(self)
        self._field.textEdited.connect(self._find)
        self.view.clicked.connect(self._choose)
        self.view.selectionModel().currentChanged.connect(self._announce)

    def _take_key(self, key: int) -> bool:
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.isVisible():
            self._choose(self.view.currentIndex())
        elif key == Qt.Key.Key_Escape:
            self.close_palette()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            if not self.isVisible():
                self.open()
            else:
                self._move(1 if key == Qt.Key.Key_Down else -1)
        else:
            return False
        return True

    def _move(self, by: int) -> None:
        count = self.model.rowCount()
        if count:
            self._select((self.view.currentIndex().row() + by) % count)

    def _select(self, row: int) -> None:
        self.view.setCurrentIndex(self.model.index(row, 0))

    @Slot(str)
    def _find(self, text: str) -> None:
        rows = find_commands(self._actions, text)
        # An empty field is a list of everything that can be done; letters ask for the best few and for records.
        wants_records = bool(text.strip()) and self._search_records is not None
        self.model.set_rows(rows[:MOST_COMMANDS] if wants_records else rows)
        self._records_wanted += 1
        if wants_records and self._search_records is not None:
            self._search_records(text.strip(), partial(self._add_records, self._records_wanted))
        self._show_rows()

    def _add_records(self, wanted: int, hits: Sequence[PaletteHit]) -> None:
        if wanted != self._records_wanted or not self.isVisible():
            return
        self.model.append(
            [PaletteRow(hit.title, hit.subtitle, icon_name=hit.icon_name, hit=hit) for hit in hits[:MOST_RECORDS]]
        )
        self._show_rows()

    def _show_rows(self) -> None:
        found = self.model.rowCount() > 0
        self.view.setVisible(found)
        self._nothing.setVisible(not found)
        self._nothing.setText(self.tr("Nothing found"))
        if found and not self.view.currentIndex().isValid():
            self._select(0)
        self.place()
        self.show()

    @Slot(QModelIndex)
    def _choose(self, index: QModelIndex) -> None:
        row = self.model.row_at(index)
        if row is None:
            return
        self.close_palette()
        if row.hit is not None:
            self.opened.emit(row.hit.kind, row.hit.id)
        else:
            self._actions.run(row.command_id)

    @Slot(QModelIndex)
    def _announce(self, index: QModelIndex) -> None:
        row = self.model.row_at(index)
        if row is not None and self.isVisible():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._field, row.spoken()))
