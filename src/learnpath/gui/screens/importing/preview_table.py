"""The table of the preview: painting, keys, and the menu in which a row is decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QContextMenuEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QLineEdit,
    QMenu,
    QSizePolicy,
    QTableView,
    QWidget,
)

from learnpath.gui.infra.icons import Icons
from learnpath.gui.infra.shapes import paint_ring
from learnpath.gui.infra.style import ROW_HEIGHT
from learnpath.gui.infra.theme import Theme
from learnpath.gui.screens.importing.preview_delegate import PADDING, PreviewDelegate
from learnpath.gui.screens.importing.preview_model import CHOICE_ROLE, PreviewModel
from learnpath.interchange.plan import Decision, PlannedRow, RowKind, possible_decisions

Index = QModelIndex | QPersistentModelIndex
# Copying more would take longer than the window may stand still.
_MOST_COPIED = 2000
# More rows than any screen is high.
_MOST_HINTED = 200


@dataclass(frozen=True, slots=True)
class _HalfTyped:
    """What stood in an open field: of which row (an index among the file's rows) and column, and whether it is new."""

    row_index: int
    column: int
    text: str
    is_modified: bool


class PreviewTable(QTableView):
    """Shows a `PreviewModel`.

    `skip_toggled(rows)`: Space on the selected rows. `decided(rows, decision)`: the choice for the selected rows,
    "" for giving a decision up. `taken_back(rows)`: what the person typed in the selected rows goes. Rows are indexes
    among the file's rows.
    """

    taken_back = Signal(list)
    skip_toggled = Signal(list)
    decided = Signal(list, str)

    def __init__(self, theme: Theme, icons: Icons, model: PreviewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows = model
        self._titles: dict[int, str] = {}
        self._file_id = 0
        self._half_typed: dict[int, _HalfTyped] = {}
        self.setAccessibleName(self.tr("What the import does, row by row"))
        self.setItemDelegate(PreviewDelegate(theme, icons, self))
        self._build()
        self.setModel(model)
        model.modelAboutToBeReset.connect(self._keep_typing)
        model.modelReset.connect(self._lay_out)
        theme.changed.connect(self._restyle)
        self._restyle()

    def set_titles(self, titles: dict[int, str]) -> None:
        """Tell what the records are called that rows look like, by id."""
        self._titles = titles

    def selected_rows(self) -> list[int]:
        """Return the selected rows as indexes among the file's rows, in their order.

        There are none while rows are looked for: what is meant for the found ones must not go to all.
        """
        if self._rows.is_searching:
            return []
        selection = self.selectionModel().selection()
        spans = sorted((one.top(), one.bottom()) for one in (selection.at(at) for at in range(selection.count())))
        return [self._rows.row_index(place) for top, bottom in spans for place in range(top, bottom + 1)]

    def sizeHint(self) -> QSize:
        """Return the height at which all rows are in view, so that a short list leaves no empty surface."""
        rows = min(max(self._rows.rowCount(), 3), _MOST_HINTED) * self._theme.px(ROW_HEIGHT)
        return QSize(super().sizeHint().width(), self.horizontalHeader().sizeHint().height() + rows + 2)

    def minimumSizeHint(self) -> QSize:
        """Return room for the header and two rows."""
        height = self.horizontalHeader().sizeHint().height() + 2 * self._theme.px(ROW_HEIGHT)
        return QSize(super().minimumSizeHint().width(), height)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space skips or takes rows, Enter opens the choices or a cell to correct, F2 the cell, Ctrl+C copies.

        Delete takes back what was typed.
        """
        if self.state() is QAbstractItemView.State.EditingState:
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Space:
            self.skip_toggled.emit(self.selected_rows())
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._choose_or_fix()
        elif event.key() == Qt.Key.Key_F2:
            self.fix_current()
        elif event.key() == Qt.Key.Key_Delete:
            self.taken_back.emit(self.selected_rows())
        elif event.matches(QKeySequence.StandardKey.Copy):
            self._copy()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Do nothing: looking through all rows of a long file would stop the window."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open the choices of a row whose chip is clicked."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index.isValid() and index.data(CHOICE_ROLE):
            self._open_menu(self._below_current())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the field of a cell that can be corrected, or of the first such cell of the row."""
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index.isValid():
            self.setCurrentIndex(index)
            self.fix_current()

    def fix_current(self) -> None:
        """Open the field of the current cell when it can be corrected, else of the first such cell of its row."""
        current = self.currentIndex()
        columns = self._rows.fix_columns(current.row())
        if columns:
            self._fix(self._rows.index(current.row(), current.column() if current.column() in columns else columns[0]))

    def is_half_typed(self, file_id: int) -> bool:
        """Return whether something was typed in a field of a file that is not in view, and not ended."""
        kept = self._half_typed.get(file_id)
        return kept is not None and kept.is_modified

    def take_typed(self) -> None:
        """Close the field that is open and take what was typed in it."""
        editor = self.indexWidget(self.currentIndex())
        if self.state() is QAbstractItemView.State.EditingState and isinstance(editor, QLineEdit):
            self.commitData(editor)
            self.closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Go on to the next cell without a value on Tab, to the one before on Shift+Tab."""
        steps = {
            QAbstractItemDelegate.EndEditHint.EditNextItem: 1,
            QAbstractItemDelegate.EndEditHint.EditPreviousItem: -1,
        }
        super().closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)
        current, step = self.currentIndex(), steps.get(hint, 0)
        following = self._rows.next_fix(current.row(), current.column(), step) if step else current
        if step and following.isValid():
            self._fix(following)

    def go_on_typing(self, file_id: int) -> None:
        """Open the field again that was open when this file was last shown or read, with what was typed so far."""
        self._file_id = file_id
        kept = self._half_typed.pop(file_id, None)
        if kept is None:
            return
        index = self._rows.index(self._rows.place_of(kept.row_index), kept.column)
        if index.isValid() and self._rows.fix_cell(index) is not None:
            self._fix(index)
            if isinstance(editor := self.indexWidget(index), QLineEdit):
                editor.setText(kept.text)
                editor.setModified(kept.is_modified)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Open the choices of the current row."""
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        self._open_menu(event.globalPos() if by_mouse else self._below_current())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Divide the room among the columns."""
        super().resizeEvent(event)
        self._lay_out()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows and the ring around the current one."""
        super().paintEvent(event)
        row = self.currentIndex().row()
        if row >= 0 and self.hasFocus() and self.window().testAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange):
            rect = self.viewport().rect()
            rect.setTop(self.rowViewportPosition(row))
            rect.setHeight(self.rowHeight(row) - 1)
            paint_ring(QPainter(self.viewport()), rect, self._theme, radius=6)

    def menu_for(self, row: PlannedRow) -> QMenu:
        """Return the choices for a row."""
        menu = QMenu(self)
        for decision in possible_decisions(row):
            action = menu.addAction(self._choice_text(row, decision).replace("&", "&&"))
            action.setObjectName(decision)
            if decision == "update" and not row.changes:
                action.setEnabled(False)
            action.triggered.connect(partial(self._send, decision))
        if self._rows.fix_columns(self.currentIndex().row()):
            menu.addSeparator()
            fix = menu.addAction(self.tr("Correct a cell…"))
            fix.setObjectName("fix")
            fix.triggered.connect(self.fix_current)
            if row.typed:
                back = menu.addAction(self.tr("Take back what you typed"))
                back.setObjectName("take_back")
                back.triggered.connect(self._take_back)
        if row.kind in {RowKind.UNDECIDED, RowKind.LEFT_OUT}:
            menu.addSeparator()
            later = menu.addAction(self.tr("Decide later"))
            later.setObjectName("later")
            later.triggered.connect(partial(self._send, ""))
        return menu

    def _choice_text(self, row: PlannedRow, decision: Decision) -> str:
        if decision == "new":
            return self.tr("Add as new") if row.existing_id is not None else self.tr("Add")
        if decision == "skip":
            return self.tr("Skip")
        title = self._titles.get(row.existing_id or 0, "")
        if not title:
            return self.tr("Update")
        if not row.changes:
            return self.tr("Update “{0}” (nothing to change)").format(title)
        return self.tr("Update “{0}”").format(title)

    def _open_menu(self, at: QPoint) -> None:
        place = self.currentIndex().row()
        row = self._rows.planned_row(place)
        if row is None or not (possible_decisions(row) or self._rows.fix_columns(place)):
            return
        menu = self.menu_for(row)
        menu.aboutToHide.connect(menu.deleteLater)
        # A choice would go to whatever row comes to stand in its place.
        self._rows.modelAboutToBeReset.connect(menu.close)
        menu.popup(at)

    def _choose_or_fix(self) -> None:
        row = self._rows.planned_row(self.currentIndex().row())
        if row is not None and possible_decisions(row):
            self._open_menu(self._below_current())
        else:
            self.fix_current()

    @Slot()
    def _keep_typing(self) -> None:
        editor = self.indexWidget(self.currentIndex())
        self._half_typed.pop(self._file_id, None)
        if self.state() is QAbstractItemView.State.EditingState and isinstance(editor, QLineEdit):
            row_index, column = self._rows.row_index(self.currentIndex().row()), self.currentIndex().column()
            self._half_typed[self._file_id] = _HalfTyped(row_index, column, editor.text(), editor.isModified())

    def _fix(self, index: Index) -> None:
        self.setCurrentIndex(index)  # pyright: ignore[reportArgumentType]
        self.scrollTo(index)
        self.edit(index)  # pyright: ignore[reportArgumentType]

    @Slot()
    def _take_back(self) -> None:
        self.taken_back.emit(self.selected_rows())

    def _send(self, decision: str, _checked: bool = False) -> None:
        self.decided.emit(self.selected_rows(), decision)

    def _below_current(self) -> QPoint:
        rect = self.visualRect(self._rows.index(self.currentIndex().row(), 0))
        return self.viewport().mapToGlobal(rect.bottomLeft() + QPoint(self._theme.px(PADDING), -self._theme.px(4)))

    def _copy(self) -> None:
        selection = self.selectionModel().selection()
        spans = sorted((one.top(), one.bottom()) for one in (selection.at(at) for at in range(selection.count())))
        places = [place for top, bottom in spans for place in range(top, bottom + 1)][:_MOST_COPIED]
        QGuiApplication.clipboard().setText("\n".join(self._line(place) for place in places))

    def _line(self, place: int) -> str:
        cells: Sequence[object] = [
            self._rows.data(self._rows.index(place, column)) for column in range(self._rows.columnCount())
        ]
        return "\t".join(" ".join(str(cell).split()) for cell in cells)

    def _build(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setMinimumSectionSize(1)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(1)

    @Slot()
    def _restyle(self) -> None:
        self.verticalHeader().setDefaultSectionSize(self._theme.px(ROW_HEIGHT))
        self.verticalScrollBar().setSingleStep(self._theme.px(ROW_HEIGHT))
        self._lay_out()

    @Slot()
    def _lay_out(self) -> None:
        columns = self._rows.columns
        if self._rows.columnCount() != self.horizontalHeader().count():
            return
        left = self.viewport().width() - sum(self._theme.px(column.width) for column in columns)
        shares = sum(column.share for column in columns) or 1
        for at, column in enumerate(columns):
            width = self._theme.px(column.width) or max(self._theme.px(3 * column.share), left * column.share // shares)
            self.setColumnWidth(at, width)
        self.updateGeometry()
