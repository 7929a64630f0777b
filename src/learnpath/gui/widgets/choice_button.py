"""A filter button: it says what is chosen and opens a short list with a search field to choose something else."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyleOptionToolButton,
    QStylePainter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from learnpath.domain.listing import Choice
from learnpath.gui.infra.theme import Theme
from learnpath.gui.widgets.search_field import SearchField

Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()
# From this many choices on, typing is faster than looking.
_SEARCH_FROM = 9
_ROWS_SHOWN = 10


class ChoiceButton(QToolButton):
    """Chooses one of many records, or any. `chosen(id)` is sent when the person chooses; the id is 0 for any."""

    chosen = Signal(object)

    def __init__(self, theme: Theme, name: str, anything: str, parent: QWidget | None = None) -> None:
        """`name` is shown while nothing is chosen ("Issuer"), `anything` is the entry that clears ("Any issuer")."""
        super().__init__(parent)
        self._theme = theme
        self._name = name
        self._choices: tuple[Choice, ...] = ()
        self._current = 0
        self._popup = _ChoicePopup(theme, anything, self)
        self.setCheckable(True)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.pressed.connect(self._open)
        self.toggled.connect(self._show_current)
        self._popup.picked.connect(self._take)
        self._show_current()

    @property
    def current(self) -> int:
        """Return the id that is chosen, 0 for any."""
        return self._current

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Offer these, in this order; a chosen record stays chosen while it is among them."""
        self._choices = tuple(choices)
        if self._current and self._current not in {choice.id for choice in self._choices}:
            self._current = 0
            self.chosen.emit(0)
        self._show_current()

    def set_current(self, record_id: int) -> None:
        """Show a choice without sending `chosen`."""
        self._current = record_id
        self._show_current()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open on Enter, Space and Down."""
        if event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self._open()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """Return the size for the text and the chevron."""
        hint = super().sizeHint()
        return QSize(hint.width() + self._theme.px(14), max(hint.height(), self._theme.px(28)))

    def paintEvent(self, event: object) -> None:
        """Paint it as a button that opens a menu."""
        option = QStyleOptionToolButton()
        self.initStyleOption(option)
        option.features |= QStyleOptionToolButton.ToolButtonFeature.HasMenu  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
        QStylePainter(self).drawComplexControl(QStyle.ComplexControl.CC_ToolButton, option)

    def _open(self) -> None:
        self.setDown(False)
        self._popup.open(self._choices, self._current)

    def _take(self, record_id: int) -> None:
        if record_id != self._current:
            self._current = record_id
            self._show_current()
            self.chosen.emit(record_id)

    def _show_current(self) -> None:
        name = next((choice.name for choice in self._choices if choice.id == self._current), "")
        metrics = self.fontMetrics()
        shown = metrics.elidedText(name, Qt.TextElideMode.ElideRight, self._theme.px(120))
        self.setText((shown or self._name).replace("&", "&&"))
        self.setAccessibleName(f"{self._name}: {name}" if name else self._name)
        self.setChecked(bool(self._current))
        self.updateGeometry()


class _ChoicePopup(QFrame):
    picked = Signal(object)

    def __init__(self, theme: Theme, anything: str, button: QWidget) -> None:
        super().__init__(button, Qt.WindowType.Popup)
        self._theme = theme
        self._button = button
        self._model = _ChoiceModel(anything, self)
        self._field = SearchField(theme, self.tr("Find"))
        self._list = QListView()
        self._list.setModel(self._model)
        self._list.setUniformItemSizes(True)
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setAccessibleName(anything)
        self._list.setMouseTracking(True)
        box = QVBoxLayout(self)
        box.setContentsMargins(5, 5, 5, 5)
        box.setSpacing(4)
        box.addWidget(self._field)
        box.addWidget(self._list)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self._field.textChanged.connect(self._narrow)
        self._field.left.connect(self.close)
        self._field.installEventFilter(self)
        self._list.installEventFilter(self)
        self._list.clicked.connect(self._pick)

    def open(self, choices: Sequence[Choice], current: int) -> None:
        self._field.clear()
        self._model.set_choices(choices)
        self._field.setVisible(len(choices) >= _SEARCH_FROM)
        rows = min(self._model.rowCount(), _ROWS_SHOWN)
        self._list.setFixedHeight(rows * self._theme.px(36) + 4)
        self.setFixedWidth(self._theme.px(260))
        self.adjustSize()
        self.move(self._place())
        self._select(self._model.row_of(current))
        self.show()
        (self._field if self._field.isVisible() else self._list).setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._pick(self._list.currentIndex())
            return True
        if watched is self._field and event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            self._select(max(0, min(self._model.rowCount() - 1, self._list.currentIndex().row() + step)))
            return True
        return False

    def _place(self) -> QPoint:
        button = self._button
        below = button.mapToGlobal(QPoint(0, button.height() + 2))
        room = button.screen().availableGeometry()
        left = max(room.left(), min(below.x(), room.right() - self.width()))
        return QPoint(left, max(room.top(), min(below.y(), room.bottom() - self.height())))

    def _narrow(self, text: str) -> None:
        self._model.narrow(text)
        self._select(min(1 if text else 0, self._model.rowCount() - 1))

    def _select(self, row: int) -> None:
        index = self._model.index(row, 0)
        self._list.setCurrentIndex(index)
        self._list.scrollTo(index, QAbstractItemView.ScrollHint.EnsureVisible)

    def _pick(self, index: Index) -> None:
        record = self._model.id_at(index.row())
        self.close()
        self.picked.emit(record)


class _ChoiceModel(QAbstractListModel):
    def __init__(self, anything: str, parent: QObject) -> None:
        super().__init__(parent)
        self._anything = Choice(0, anything, 0)
        self._all: tuple[Choice, ...] = ()
        self._shown: list[Choice] = [self._anything]

    def set_choices(self, choices: Sequence[Choice]) -> None:
        self._all = tuple(choices)
        self.narrow("")

    def narrow(self, text: str) -> None:
        self.beginResetModel()
        words = text.casefold().split()
        found = [one for one in self._all if all(word in one.name.casefold() for word in words)]
        self._shown = [self._anything, *found]
        self.endResetModel()

    def row_of(self, record_id: int) -> int:
        return next((row for row, one in enumerate(self._shown) if one.id == record_id), 0)

    def id_at(self, row: int) -> int:
        return self._shown[row].id if 0 <= row < len(self._shown) else 0

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        choice = self._shown[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{choice.name}  {choice.count}" if choice.count else choice.name
        return None
