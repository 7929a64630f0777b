"""The list of paths at the left: one card each, painted, not a widget per path."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from learnpath.gui.infra.fonts import TextRole
from learnpath.gui.infra.shapes import paint_ring, paint_rounded
from learnpath.gui.infra.theme import Theme
from learnpath.gui.infra.tokens import Token
from learnpath.gui.widgets.wording import tip_text

Index = QModelIndex | QPersistentModelIndex
CARD_ROLE = Qt.ItemDataRole.UserRole + 1
_HEIGHT, _GAP, _PADDING = 108, 10, 14
_NO_INDEX = QModelIndex()


@dataclass(frozen=True, slots=True, kw_only=True)
class PathCard:
    """One card in words. `share` is 0 to 1, by hours."""

    id: int
    title: str
    progress: str
    forecast: str
    color: Token
    next_step: str
    share: float
    tip: str


class PathListModel(QAbstractListModel):
    """The cards in their order."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cards: tuple[PathCard, ...] = ()

    def set_cards(self, cards: Sequence[PathCard]) -> None:
        """Show these cards."""
        self.beginResetModel()
        self._cards = tuple(cards)
        self.endResetModel()

    def place_of(self, path_id: int) -> int:
        """Return where a path is, -1 when it is not there."""
        return next((place for place, card in enumerate(self._cards) if card.id == path_id), -1)

    def card_at(self, place: int) -> PathCard | None:
        """Return a card, None outside of the list."""
        return self._cards[place] if 0 <= place < len(self._cards) else None

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        """Return how many paths there are."""
        return 0 if parent.isValid() else len(self._cards)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the card, its words for a screen reader, or its tool tip."""
        card = self.card_at(index.row())
        if card is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return card.title
            case Qt.ItemDataRole.AccessibleTextRole:
                parts = (card.title, card.progress, card.forecast, card.next_step)
                return ". ".join(part for part in parts if part)
            case Qt.ItemDataRole.ToolTipRole:
                return tip_text(card.tip)
            case _:
                return card if role == CARD_ROLE else None


class _CardDelegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(self._theme.px(200), self._theme.px(_HEIGHT) + _GAP)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        card = index.data(CARD_ROLE)
        if not isinstance(card, PathCard):
            return
        theme = self._theme
        state: QStyle.StateFlag = option.state  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType, reportUnknownVariableType]
        area: QRect = option.rect  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType, reportUnknownVariableType]
        rect = area.adjusted(2, 2, -2, -_GAP + 2)
        selected = bool(state & QStyle.StateFlag.State_Selected)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        ground: Token = "accent-soft" if selected else "side" if hovered else "surface"
        line: Token = "accent" if selected else "border"
        paint_rounded(painter, rect, 10, theme.color(ground), theme.color(line))
        if bool(state & QStyle.StateFlag.State_HasFocus) and self._by_keyboard(option):
            paint_ring(painter, rect, theme, radius=10)
        self._paint_card(painter, rect.adjusted(_PADDING, theme.px(11), -_PADDING, -theme.px(10)), card)

    def _by_keyboard(self, option: QStyleOptionViewItem) -> bool:
        view = self.parent()
        return isinstance(view, QWidget) and view.window().testAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)

    def _paint_card(self, painter: QPainter, rect: QRect, card: PathCard) -> None:
        theme = self._theme
        top = self._line(painter, rect, rect.top(), card.title, "strong", "text") + theme.px(6)
        bar = QRect(rect.left(), top, rect.width(), theme.px(6))
        radius = bar.height() / 2
        paint_rounded(painter, bar, radius, theme.color("track"), None)
        if card.share > 0:
            filled = QRect(bar)
            filled.setWidth(max(bar.height(), round(bar.width() * min(1.0, card.share))))
            paint_rounded(painter, filled, radius, theme.color("ok" if card.share >= 1 else "accent"), None)
        top = self._line(painter, rect, bar.bottom() + theme.px(7), card.progress, "small", "muted")
        if card.forecast:
            top = self._line(painter, rect, top + theme.px(2), card.forecast, "small_strong", card.color)
        if card.next_step:
            self._line(painter, rect, top + theme.px(2), card.next_step, "small", "text")

    def _line(self, painter: QPainter, rect: QRect, top: int, text: str, role: TextRole, color: Token) -> int:
        font = self._theme.font(role, tabular=True)
        metrics = QFontMetrics(font)
        painter.setFont(font)
        painter.setPen(self._theme.color(color))
        place = QRect(rect.left(), top, rect.width(), metrics.height())
        painter.drawText(place, 0, metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width()))
        return top + metrics.height()


class PathList(QListView):
    """The cards. `path_chosen(id)`: another path is current; `opened(id)`: Enter or double click."""

    path_chosen = Signal(object)
    opened = Signal(object)

    def __init__(self, theme: Theme, model: PathListModel, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._cards = model
        self._silent = False
        self.setModel(model)
        self.setItemDelegate(_CardDelegate(theme, self))
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.viewport().setAutoFillBackground(False)
        self.selectionModel().currentChanged.connect(self._on_current)
        self.activated.connect(self._on_activated)
        theme.changed.connect(self._restyle)

    @property
    def current_id(self) -> int:
        """Return the id of the current path, 0 for none."""
        card = self._cards.card_at(self.currentIndex().row())
        return card.id if card else 0

    def show_cards(self, cards: Sequence[PathCard], current: int) -> None:
        """Show these cards with one of them current (the first when it is not there), without `path_chosen`."""
        self._silent = True
        self._cards.set_cards(cards)
        place = max(0, self._cards.place_of(current))
        self.setCurrentIndex(self._cards.index(place, 0))
        self._silent = False

    def keyboardSearch(self, search: str) -> None:
        """Do nothing: letters and Space are for commands."""

    @Slot()
    def _on_current(self) -> None:
        if not self._silent and self.current_id:
            self.path_chosen.emit(self.current_id)

    @Slot(QModelIndex)
    def _on_activated(self, index: QModelIndex) -> None:
        card = self._cards.card_at(index.row())
        if card is not None:
            self.opened.emit(card.id)

    @Slot()
    def _restyle(self) -> None:
        self.scheduleDelayedItemsLayout()
        self.viewport().update()
