"""How a step is painted: a sign on the line that joins all steps, title and date, effort and chip."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from learnpath.domain.progress import StepState
from learnpath.gui.infra.icons import Icons
from learnpath.gui.infra.shapes import paint_ring, paint_rounded
from learnpath.gui.infra.theme import Theme
from learnpath.gui.infra.tokens import Token
from learnpath.gui.screens.paths.step_model import STEP_ROLE, StepRow
from learnpath.gui.widgets.chip import chip_size, paint_chip

Index = QModelIndex | QPersistentModelIndex
_HEIGHT = 60
_RAIL = 48
_SIGN = 22
_PADDING = 14
# With less room the effort is left to the tool tip.
_LEAST_FOR_EFFORT = 330
_COLORS: dict[StepState, Token] = {
    StepState.DONE: "ok",
    StepState.RENEW: "warn",
    StepState.IN_PROGRESS: "accent",
    StepState.PLANNED: "plan",
    StepState.OPEN: "faint",
}


class StepDelegate(QStyledItemDelegate):
    """Paints one step per row."""

    def __init__(self, theme: Theme, view: QWidget) -> None:
        super().__init__(view)
        self._theme = theme
        self._view = view
        self._icons = Icons(theme)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of a row; it is as wide as the list."""
        return QSize(self._theme.px(300), self._theme.px(_HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one step."""
        row = index.data(STEP_ROLE)
        if not isinstance(row, StepRow):
            return
        rect: QRect = option.rect  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType, reportUnknownVariableType]
        state: QStyle.StateFlag = option.state  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType, reportUnknownVariableType]
        rail = QRect(rect.left(), rect.top(), self._theme.px(_RAIL), rect.height())
        body = rect.adjusted(rail.width(), 3, -4, -3)
        self._paint_ground(painter, body, row, state)
        self._paint_rail(painter, rail, row, index)
        selected = bool(state & QStyle.StateFlag.State_Selected)
        self._paint_words(painter, body.adjusted(_PADDING, 0, -_PADDING, 0), row, selected=selected)

    def _paint_ground(self, painter: QPainter, rect: QRect, row: StepRow, state: QStyle.StateFlag) -> None:
        theme = self._theme
        selected = bool(state & QStyle.StateFlag.State_Selected)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        if selected or hovered or row.is_next:
            ground: Token = "accent-soft" if selected else "side" if hovered else "surface"
            line = theme.color("accent") if row.is_next or (selected and theme.name == "contrast") else None
            paint_rounded(painter, rect, 8, theme.color(ground), line)
        keyboard = self._view.window().testAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)
        if keyboard and bool(state & QStyle.StateFlag.State_HasFocus):
            paint_ring(painter, rect, theme, radius=8)

    def _paint_rail(self, painter: QPainter, rect: QRect, row: StepRow, index: Index) -> None:
        theme = self._theme
        edge = theme.px(_SIGN)
        sign = QRectF(rect.center().x() - edge / 2, rect.center().y() - edge / 2, edge, edge)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("track"), 2))
        middle = sign.center().x()
        if index.row() > 0:
            painter.drawLine(QRectF(middle, rect.top(), 0, 0).topLeft(), QRectF(middle, sign.top(), 0, 0).topLeft())
        if index.row() < index.model().rowCount() - 1:
            painter.drawLine(
                QRectF(middle, sign.bottom(), 0, 0).topLeft(), QRectF(middle, rect.bottom() + 1, 0, 0).topLeft()
            )
        color = theme.color(_COLORS[row.state])
        filled = row.state is StepState.DONE
        painter.setPen(QPen(color, 2))
        painter.setBrush(color if filled else theme.color("surface"))
        painter.drawEllipse(sign.adjusted(1, 1, -1, -1))
        painter.restore()
        self._paint_sign(painter, sign, row)

    def _paint_sign(self, painter: QPainter, sign: QRectF, row: StepRow) -> None:
        color = _COLORS[row.state]
        inner = sign.adjusted(4.5, 4.5, -4.5, -4.5)
        match row.state:
            case StepState.DONE:
                self._icons.paint(painter, inner, "check", "surface")
            case StepState.RENEW:
                self._icons.paint(painter, inner, "refresh", color)
            case StepState.IN_PROGRESS:
                dot = sign.adjusted(6, 6, -6, -6).toRect()
                paint_rounded(painter, dot, dot.width() / 2, self._theme.color(color), None)
            case StepState.PLANNED:
                self._icons.paint(painter, inner, "calendar", color)
            case StepState.OPEN:
                pass

    def _paint_words(self, painter: QPainter, rect: QRect, row: StepRow, *, selected: bool) -> None:
        theme = self._theme
        size = chip_size(row.chip, theme)
        chip = QRect(rect.right() - size.width() + 1, rect.top(), size.width(), rect.height())
        paint_chip(painter, chip, row.chip, row.kind, theme, selected=selected)
        if rect.width() < theme.px(_LEAST_FOR_EFFORT):
            self._paint_lines(
                painter, QRect(rect.topLeft(), chip.topLeft() + QPoint(-theme.px(12), rect.height())), row
            )
            return
        small = theme.font("small", tabular=True)
        # Every chip gets the same room, so that the efforts stand below one another.
        room = chip_size("In progress", theme).width() + theme.px(14)
        effort_width = QFontMetrics(small).horizontalAdvance(row.effort)
        effort = QRect(rect.right() - room - effort_width, rect.top(), effort_width, rect.height())
        painter.setFont(small)
        painter.setPen(theme.color("muted"))
        painter.drawText(effort, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), row.effort)
        self._paint_lines(
            painter, QRect(rect.left(), rect.top(), effort.left() - theme.px(12) - rect.left(), rect.height()), row
        )

    def _paint_lines(self, painter: QPainter, rect: QRect, row: StepRow) -> None:
        theme = self._theme
        title, small = QFontMetrics(theme.font("medium")), QFontMetrics(theme.font("small"))
        top = rect.top() + (rect.height() - title.height() - small.height() - 2) // 2
        elide = Qt.TextElideMode.ElideRight
        painter.setFont(theme.font("medium"))
        painter.setPen(theme.color("text"))
        line = QRect(rect.left(), top, rect.width(), title.height())
        painter.drawText(line, 0, title.elidedText(row.title, elide, rect.width()))
        painter.setFont(theme.font("small", tabular=True))
        painter.setPen(theme.color("muted"))
        line = QRect(rect.left(), top + title.height() + 2, rect.width(), small.height())
        painter.drawText(line, 0, small.elidedText(row.subtitle, elide, rect.width()))
