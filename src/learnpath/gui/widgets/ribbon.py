"""The next twelve months as a ribbon with a dot for each date."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from learnpath.gui.infra.shapes import paint_ring, paint_rounded
from learnpath.gui.infra.theme import Theme
from learnpath.gui.widgets.chip import CHIP_COLORS, ChipKind
from learnpath.gui.widgets.ribbon_lanes import share_lanes
from learnpath.gui.widgets.themed import ThemedWidget
from learnpath.gui.widgets.wording import day_text, tip_text

_DOT = 9
_LANE = 22
_MOST_LANES = 6
_LONGEST_LABELS = (180, 130, 100, 80, 64, 48, 36)


@dataclass(frozen=True, slots=True)
class RibbonItem:
    """A date on the ribbon: `key` comes back on activation, `label` is short, `detail` is said on hover."""

    key: object
    day: date
    label: str
    kind: ChipKind = "accent"
    detail: str = ""


class Ribbon(ThemedWidget):
    """Months from left to right with dots and labels. Arrow keys move, Enter or a click activates."""

    activated = Signal(object)

    def __init__(self, theme: Theme, name: str, months: int = 12, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._months = months
        self._start = date(2000, 1, 1)
        self._items: tuple[RibbonItem, ...] = ()
        self._lanes: list[int] = []
        self._places: list[QRect] = []
        self._current = 0
        self._over = -1
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_items(self, items: Sequence[RibbonItem], start: date) -> None:
        """Show the items from the month of `start` on; those outside of the months shown are left out."""
        self._start = start.replace(day=1)
        shown = [item for item in items if 0 <= self._month_of(item.day) < self._months]
        self._items = tuple(sorted(shown, key=lambda item: (item.day, item.label)))
        self._current = 0
        self._arrange()
        self._announce()

    @property
    def items(self) -> tuple[RibbonItem, ...]:
        """Return the items shown, ordered by day."""
        return self._items

    @property
    def current_item(self) -> RibbonItem | None:
        """Return the item that the keyboard is on, None when there are none."""
        return self._items[self._current] if self._items else None

    def rect_of(self, index: int) -> QRect:
        """Return where the item at `index` of `items` stands, dot and label together."""
        return self._places[index]

    def sizeHint(self) -> QSize:
        """Return the height of the months' line and all lanes."""
        lanes = max(2, max(self._lanes, default=0) + 1)
        height = self._head() + lanes * self._theme.px(_LANE) + 6
        return QSize(self._theme.px(900), height)

    def minimumSizeHint(self) -> QSize:
        """Return the least width in which the months' names stand apart."""
        return QSize(self._months * self._theme.px(34), self.sizeHint().height())

    def resizeEvent(self, event: QEvent) -> None:
        """Share the lanes anew: labels need more of them on a narrow ribbon."""
        self._arrange()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint months, dots and labels."""
        painter = QPainter(self)
        self._paint_months(painter)
        painter.setFont(self._theme.font("tiny"))
        for index, item in enumerate(self._items):
            rect = self._places[index]
            if index == self._over:
                paint_rounded(painter, rect.adjusted(-3, 0, 3, 0), 5, self._theme.color("side"), None)
            else:
                painter.fillRect(rect.adjusted(0, 3, 0, -3), self._theme.color("surface"))
            dot = QRect(rect.left(), 0, self._theme.px(_DOT), self._theme.px(_DOT))
            dot.moveTop(rect.top() + (rect.height() - dot.height()) // 2)
            paint_rounded(painter, dot, dot.width() / 2, self._theme.color(CHIP_COLORS[item.kind][0]), None)
            label = rect.adjusted(self._theme.px(_DOT + 4), 0, 0, 0)
            metrics = painter.fontMetrics()
            text = metrics.elidedText(item.label, Qt.TextElideMode.ElideRight, label.width() + 1)
            painter.setPen(self._theme.color("text"))
            painter.drawText(label, int(Qt.AlignmentFlag.AlignVCenter), text)
        if self.hasFocus() and self._items:
            paint_ring(painter, self._places[self._current].adjusted(-4, -1, 4, 1), self._theme, radius=5)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move between the items or activate one."""
        key = event.key()
        last = len(self._items) - 1
        moves = {
            Qt.Key.Key_Left: self._current - 1,
            Qt.Key.Key_Right: self._current + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        if self._items and key in moves:
            self._current = min(last, max(0, moves[Qt.Key(key)]))
            self._announce()
            place = self.mapToGlobal(self._places[self._current].bottomLeft())
            QToolTip.showText(place, tip_text(self.accessibleDescription()), self)
        elif self._items and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.activated.emit(self._items[self._current].key)
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show which item a click would open."""
        over = self._index_at(event.position().toPoint())
        if over != self._over:
            self._over = over
            self.setCursor(Qt.CursorShape.PointingHandCursor if over >= 0 else Qt.CursorShape.ArrowCursor)
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Forget the pointer."""
        self._over = -1
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Activate the item under the pointer."""
        index = self._index_at(event.position().toPoint())
        if index >= 0 and event.button() == Qt.MouseButton.LeftButton:
            self._current = index
            self._announce()
            self.activated.emit(self._items[index].key)

    def event(self, event: QEvent) -> bool:
        """Say what the item under the pointer is."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            index = self._index_at(event.pos())
            if index >= 0:
                QToolTip.showText(event.globalPos(), tip_text(self._sentence(self._items[index])), self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    def _restyle(self) -> None:
        self._arrange()
        super()._restyle()

    def _announce(self) -> None:
        item = self.current_item
        self.setAccessibleDescription("" if item is None else self._sentence(item))
        self.update()

    def _sentence(self, item: RibbonItem) -> str:
        return ", ".join(part for part in (day_text(item.day), item.label, item.detail) if part)

    def _month_of(self, day: date) -> int:
        return (day.year - self._start.year) * 12 + day.month - self._start.month

    def _head(self) -> int:
        return self._theme.px(20)

    def _left_of(self, day: date) -> int:
        # Months are equally wide; within one a day stands at its share of 31.
        return round((self._month_of(day) + (day.day - 1) / 31) * self.width() / self._months)

    def _arrange(self) -> None:
        spans, lanes = self._spans(_LONGEST_LABELS[0]), [0]
        # Labels are cut only where there would be more lanes than the ribbon is high.
        spans, lanes = self._spans(_LONGEST_LABELS[0]), [_MOST_LANES]
        for longest in _LONGEST_LABELS:
            spans = self._spans(longest)
            lanes = share_lanes(spans, self._theme.px(10))
            if max(lanes, default=0) < _MOST_LANES:
                break
        lanes = [lane % _MOST_LANES for lane in lanes]
        height = self._theme.px(_LANE)
        self._places = [
            QRect(left, self._head() + lane * height, right - left, height)
            for (left, right), lane in zip(spans, lanes, strict=True)
        ]
        if lanes != self._lanes:
            self._lanes = lanes
            self.updateGeometry()
        self.update()

    def _spans(self, longest: int) -> list[tuple[int, int]]:
        metrics = QFontMetrics(self._theme.font("tiny"))
        spans: list[tuple[int, int]] = []
        for item in self._items:
            width = self._theme.px(_DOT + 4) + metrics.horizontalAdvance(item.label) + 2
            width = min(width, max(self.width() - 8, 1), self._theme.px(longest))
            left = min(self._left_of(item.day), max(0, self.width() - width - 4)) + 4
            spans.append((left, left + width))
        return spans

    def _index_at(self, place: QPoint) -> int:
        return next((index for index, rect in enumerate(self._places) if rect.contains(place)), -1)

    def _paint_months(self, painter: QPainter) -> None:
        painter.setFont(self._theme.font("tiny"))
        for number in range(self._months):
            left = round(number * self.width() / self._months)
            painter.fillRect(QRect(left, 0, 1, self.height()), self._theme.color("border"))
            month = (self._start.month - 1 + number) % 12 + 1
            name = self.locale().standaloneMonthName(month, self.locale().FormatType.ShortFormat)
            painter.setPen(self._theme.color("muted"))
            place = QRect(left + 6, 0, self.width() // self._months - 6, self._head())
            painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter), name)
