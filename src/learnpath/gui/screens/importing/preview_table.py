"""The table of the preview: painting, keys, and the menu in which a row is decided."""

from collections.abc import Sequence
from functools import partial
from typing import cast, get_args

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QContextMenuEvent,
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QMenu,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from learnpath.gui.infra.icons import Icons
from learnpath.gui.infra.style import ROW_HEIGHT
from learnpath.gui.infra.style_painting import paint_ring
from learnpath.gui.infra.theme import Theme
from learnpath.gui.infra.tokens import Token
from learnpath.gui.screens.importing.preview_model import CHIP_ROLE, CHOICE_ROLE, MUTED_ROLE, PreviewModel
from learnpath.gui.widgets.chip import CHIP_COLORS, ChipKind, chip_size, paint_chip
from learnpath.interchange.plan import Decision, PlannedRow, RowKind, possible_decisions

Index = QModelIndex | QPersistentModelIndex
_PADDING = 10
_CHIP_KINDS: tuple[str, ...] = get_args(ChipKind)
# Copying more would take longer than the window may stand still.
_MOST_COPIED = 2000
# More rows than any screen is high.
_MOST_HINTED = 200


class _RowDelegate(QStyledItemDelegate):
    """Paints text, or a chip with a small arrow where a row can be decided."""

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icons = icons

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        text = index.data(Qt.ItemDataRole.DisplayRole)
        width = QFontMetrics(self._theme.font()).horizontalAdvance(text if isinstance(text, str) else "")
        return QSize(width + 2 * self._theme.px(_PADDING), self._theme.px(ROW_HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, rect = self._theme, option.rect
        state = option.state  # pyright: ignore[reportUnknownMemberType, reportAttributeAccessIssue, reportUnknownVariableType]
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.color("accent-soft"))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.color("border"))
        text = index.data(Qt.ItemDataRole.DisplayRole)
        if not isinstance(text, str) or not text:
            return
        padding = theme.px(_PADDING)
        room = rect.adjusted(padding, 0, -padding, 0)
        kind = index.data(CHIP_ROLE)
        if isinstance(kind, str) and kind in _CHIP_KINDS:
            self._paint_chip(painter, room, text, cast("ChipKind", kind), can_choose=bool(index.data(CHOICE_ROLE)))
        else:
            self._paint_text(painter, room, text, "muted" if index.data(MUTED_ROLE) else "text")

    def _paint_chip(self, painter: QPainter, room: QRect, text: str, kind: ChipKind, *, can_choose: bool) -> None:
        paint_chip(painter, room, text, kind, self._theme)
        if can_choose:
            edge = self._theme.px(12)
            left = room.left() + chip_size(text, self._theme).width() + self._theme.px(5)
            place = QRect(left, room.center().y() - edge // 2 + 1, edge, edge)
            self._icons.paint(painter, place.toRectF(), "chevron-down", CHIP_COLORS[kind][0])

    def _paint_text(self, painter: QPainter, room: QRect, text: str, color: Token) -> None:
        painter.save()
        painter.setFont(self._theme.font(tabular=True))
        painter.setPen(self._theme.color(color))
        shown = QFontMetrics(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(room, int(flags) | int(Qt.TextFlag.TextSingleLine), shown)
        painter.restore()


class PreviewTable(QTableView):
    """Shows a `PreviewModel`.

    `skip_toggled(rows)`: Space on the selected rows. `decided(rows, decision)`: the choice for the selected rows,
    "" for giving a decision up. Rows are indexes among the file's rows.
    """

    skip_toggled = Signal(list)
    decided = Signal(list, str)

    def __init__(self, theme: Theme, icons: Icons, model: PreviewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows = model
        self._titles: dict[int, str] = {}
        self.setAccessibleName(self.tr("What the import does, row by row"))
        self.setItemDelegate(_RowDelegate(theme, icons, self))
        self._build()
        self.setModel(model)
        model.modelReset.connect(self._lay_out)
        theme.changed.connect(self._restyle)
        self._restyle()

    def set_titles(self, titles: dict[int, str]) -> None:
        """Tell what the records are called that rows look like, by id."""
        self._titles = titles

    def selected_rows(self) -> list[int]:
        """Return the selected rows as indexes among the file's rows, in their order."""
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
        """Space skips or takes rows, Enter opens the choices, Ctrl+C copies."""
        if event.key() == Qt.Key.Key_Space:
            self.skip_toggled.emit(self.selected_rows())
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._open_menu(self._below_current())
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
        if row.kind is RowKind.UNDECIDED:
            menu.addSeparator()
            later = menu.addAction(self.tr("Decide later"))
            later.setObjectName("later")
            later.triggered.connect(partial(self._send, ""))
        return menu

    def _choice_text(self, row: PlannedRow, decision: Decision) -> str:
        if decision == "new":
            return self.tr("Add as new") if row.kind is RowKind.UNDECIDED else self.tr("Add")
        if decision == "skip":
            return self.tr("Skip")
        title = self._titles.get(row.existing_id or 0, "")
        if not title:
            return self.tr("Update")
        if not row.changes:
            return self.tr("Update “{0}” (nothing to change)").format(title)
        return self.tr("Update “{0}”").format(title)

    def _open_menu(self, at: QPoint) -> None:
        row = self._rows.planned_row(self.currentIndex().row())
        if row is None or not possible_decisions(row):
            return
        menu = self.menu_for(row)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)

    def _send(self, decision: str, _checked: bool = False) -> None:
        self.decided.emit(self.selected_rows(), decision)

    def _below_current(self) -> QPoint:
        rect = self.visualRect(self._rows.index(self.currentIndex().row(), 0))
        return self.viewport().mapToGlobal(rect.bottomLeft() + QPoint(self._theme.px(_PADDING), -self._theme.px(4)))

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
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
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
            width = self._theme.px(column.width) or max(self._theme.px(60), left * column.share // shares)
            self.setColumnWidth(at, width)
        self.updateGeometry()
