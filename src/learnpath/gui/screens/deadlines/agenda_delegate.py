"""The painting of the agenda's rows: headings, dates, and the action at the right of some."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from learnpath.domain.deadlines import Deadline, DeadlineKind
from learnpath.gui.infra.shapes import area_of, paint_ring, paint_rounded, state_of
from learnpath.gui.infra.theme import Theme
from learnpath.gui.models.deadline_lines import chip_text, deadline_line
from learnpath.gui.screens.deadlines.agenda import Heading, inline_action
from learnpath.gui.screens.deadlines.agenda_model import ROW_ROLE, AgendaModel, action_text, heading_text
from learnpath.gui.widgets.agenda_line import paint_line, right_width
from learnpath.gui.widgets.chip import chip_size

Index = QModelIndex | QPersistentModelIndex
_ROW, _HEADING = 51, 34
_GAP = 14


class AgendaDelegate(QStyledItemDelegate):
    """Paints rows; `action_rect` says where a row's action stands so that the view can let it be clicked."""

    def __init__(self, theme: Theme, agenda: AgendaModel, view: QWidget) -> None:
        super().__init__(view)
        self._theme = theme
        self._agenda = agenda
        self._view = view
        self.hovered_action = -1
        self._chip_room = 0
        self._row_size = self._heading_size = QSize()
        self._measure()
        theme.changed.connect(self._measure)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of a row; its width is the view's."""
        return self._heading_size if self._agenda.is_heading(index.row()) else self._row_size

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a row."""
        row = index.data(ROW_ROLE)
        rect = area_of(option)
        if isinstance(row, Heading):
            self._paint_heading(painter, rect, row)
        elif isinstance(row, Deadline):
            self._paint_date(painter, rect, option, index, row)

    def action_rect(self, rect: QRect, index: Index) -> QRect:
        """Return where the action of the row in `rect` stands; empty when it has none."""
        row = index.data(ROW_ROLE)
        if not isinstance(row, Deadline):
            return QRect()
        text = self._action_text(row)
        if not text:
            return QRect()
        theme = self._theme
        width = QFontMetrics(theme.font("medium")).horizontalAdvance(text) + 2
        line = deadline_line(row, self._agenda.today)
        right = rect.right() - 1 - right_width(line, theme, self._chip_room)
        return QRect(right - width, rect.top(), width, rect.height() - 1)

    def _paint_heading(self, painter: QPainter, rect: QRect, heading: Heading) -> None:
        theme = self._theme
        painter.save()
        painter.setFont(theme.font("small_strong"))
        painter.setPen(theme.color("muted"))
        place = rect.adjusted(2, 0, -2, -theme.px(4))
        bottom = Qt.AlignmentFlag.AlignBottom
        painter.drawText(place, int(bottom | Qt.AlignmentFlag.AlignLeft), heading_text(heading.group))
        painter.restore()

    def _paint_date(
        self, painter: QPainter, rect: QRect, option: QStyleOptionViewItem, index: Index, row: Deadline
    ) -> None:
        theme, state = self._theme, state_of(option)
        ground = rect.adjusted(0, 1, 0, -2)
        focused = bool(state & QStyle.StateFlag.State_HasFocus)
        if state & QStyle.StateFlag.State_Selected and state & QStyle.StateFlag.State_Active:
            paint_rounded(painter, ground, 6, theme.color("accent-soft"), None)
        elif state & QStyle.StateFlag.State_MouseOver:
            paint_rounded(painter, ground, 6, theme.color("side"), None)
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.color("border"))
        place = self.action_rect(rect, index)
        room = place.width() + theme.px(_GAP) if not place.isEmpty() else 0
        line = deadline_line(row, self._agenda.today)
        paint_line(painter, rect.adjusted(6, 0, -6, -1), line, theme, room=room, chip_room=self._chip_room)
        if not place.isEmpty():
            painter.save()
            font = theme.font("medium")
            font.setUnderline(self.hovered_action == index.row())
            painter.setFont(font)
            painter.setPen(theme.color("accent"))
            place.moveLeft(place.left() - 4)
            painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter), self._action_text(row))
            painter.restore()
        by_keyboard = self._view.window().testAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)
        if focused and by_keyboard:
            paint_ring(painter, rect.adjusted(0, 0, 0, -1), theme, radius=6)

    def _action_text(self, row: Deadline) -> str:
        action = inline_action(row, self._agenda.today)
        return "" if action is None else action_text(action)

    def _measure(self) -> None:
        # Asked for every row of thousands, so made once.
        self._row_size = QSize(100, self._theme.px(_ROW))
        self._heading_size = QSize(100, self._theme.px(_HEADING))
        self._chip_room = max(chip_size(chip_text(kind), self._theme).width() for kind in DeadlineKind)
