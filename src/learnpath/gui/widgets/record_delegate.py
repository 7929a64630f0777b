"""How a cell of a record table is painted: text, muted text or a chip, perhaps after a tick box; never a widget."""

from typing import cast, get_args

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionButton, QStyleOptionViewItem, QWidget

from learnpath.gui.infra.style import ROW_HEIGHT
from learnpath.gui.infra.style_painting import paint_check_box
from learnpath.gui.infra.theme import Theme
from learnpath.gui.infra.tokens import Token
from learnpath.gui.models.paged_table import CHIP_ROLE, MUTED_ROLE
from learnpath.gui.widgets.chip import ChipKind, paint_chip

Index = QModelIndex | QPersistentModelIndex
# The margin of a header is as wide at every text size: titles and cells stand in one line.
CELL_PADDING = 10
# What a tick box and the gap after it take of a cell, logical pixels at 100 %.
TICK_WIDTH = 26
_KINDS: tuple[str, ...] = get_args(ChipKind)


class RecordDelegate(QStyledItemDelegate):
    """Paints rows of one height with a hairline below; `hovered_row` is the row under the pointer, -1 for none."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.hovered_row = -1

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of a row and the width of the whole text."""
        text = index.data(Qt.ItemDataRole.DisplayRole)
        metrics = QFontMetrics(self._theme.font("medium"))
        width = metrics.horizontalAdvance(text if isinstance(text, str) else "") + 2 * CELL_PADDING
        return QSize(width, self._theme.px(ROW_HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        rect = option.rect
        selected = bool(option.state & QStyle.StateFlag.State_Selected)  # pyright: ignore[reportUnknownMemberType, reportAttributeAccessIssue]
        self._paint_ground(painter, rect, index.row(), selected=selected)
        room = rect.adjusted(CELL_PADDING, 0, -CELL_PADDING, 0)
        tick = index.data(Qt.ItemDataRole.CheckStateRole)
        if tick is not None:
            can_tick = bool(index.flags() & Qt.ItemFlag.ItemIsUserCheckable)
            self._paint_tick(painter, room, on=tick == Qt.CheckState.Checked, enabled=can_tick)
            room.setLeft(room.left() + self._theme.px(TICK_WIDTH))
        text = index.data(Qt.ItemDataRole.DisplayRole)
        if not isinstance(text, str) or not text:
            return
        kind = index.data(CHIP_ROLE)
        if isinstance(kind, str) and kind in _KINDS:
            paint_chip(painter, room, text, cast("ChipKind", kind), self._theme, selected=selected)
        else:
            self._paint_text(painter, room, text, index)

    def _paint_tick(self, painter: QPainter, room: QRect, *, on: bool, enabled: bool) -> None:
        if not enabled:
            return
        box = QStyleOptionButton()
        box.rect = QRect(room.left(), room.top(), self._theme.px(16), room.height())
        box.state = QStyle.StateFlag.State_Enabled | (QStyle.StateFlag.State_On if on else QStyle.StateFlag.State_Off)
        paint_check_box(box, painter, self._theme, None)

    def _paint_ground(self, painter: QPainter, rect: QRect, row: int, *, selected: bool) -> None:
        theme = self._theme
        if selected:
            painter.fillRect(rect, theme.color("accent-soft"))
        elif row == self.hovered_row:
            painter.fillRect(rect, theme.color("side"))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.color("border"))

    def _paint_text(self, painter: QPainter, rect: QRect, text: str, index: Index) -> None:
        theme = self._theme
        first = index.column() == 0
        color: Token = "muted" if index.data(MUTED_ROLE) else "text"
        painter.save()
        painter.setFont(theme.font("medium" if first else "body", tabular=not first))
        painter.setPen(theme.color(color))
        alignment = index.data(Qt.ItemDataRole.TextAlignmentRole)
        flags = int(alignment) if isinstance(alignment, (int, Qt.AlignmentFlag)) else int(Qt.AlignmentFlag.AlignVCenter)
        shown = QFontMetrics(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, flags | int(Qt.TextFlag.TextSingleLine), shown)
        painter.restore()
