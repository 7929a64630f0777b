"""What can become a step, as a list to tick: the ticks outlive every new search."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionButton,
    QStyleOptionViewItem,
    QWidget,
)

from learnpath.gui.infra.shapes import paint_ring
from learnpath.gui.infra.style_painting import paint_check_box
from learnpath.gui.infra.theme import Theme
from learnpath.services.path_steps import StepCandidate

Index = QModelIndex | QPersistentModelIndex
CANDIDATE_ROLE = Qt.ItemDataRole.UserRole + 1
_NO_INDEX = QModelIndex()


class CandidateModel(QAbstractListModel):
    """The candidates found and those ticked, in the order they were ticked. `ticked()`: that changed."""

    ticked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._found: tuple[StepCandidate, ...] = ()
        self.chosen: dict[tuple[str, int], StepCandidate] = {}

    def set_found(self, found: Sequence[StepCandidate]) -> None:
        """Show what a search found."""
        self.beginResetModel()
        self._found = tuple(found)
        self.endResetModel()

    def toggle(self, index: Index) -> None:
        """Tick or untick a candidate; one that is in the path already stays as it is."""
        candidate = self.candidate_at(index.row())
        if candidate is None or candidate.is_in_path:
            return
        key = (candidate.kind, candidate.id)
        if self.chosen.pop(key, None) is None:
            self.chosen[key] = candidate
        self.dataChanged.emit(index, index)
        self.ticked.emit()

    def candidate_at(self, place: int) -> StepCandidate | None:
        """Return a candidate, None outside of the list."""
        return self._found[place] if 0 <= place < len(self._found) else None

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        """Return how many were found."""
        return 0 if parent.isValid() else len(self._found)

    def subtitle(self, candidate: StepCandidate) -> str:
        """Return the words at the right of a candidate."""
        if candidate.is_in_path:
            return self.tr("in this path")
        kind = self.tr("my credential") if candidate.kind == "credential" else self.tr("program")
        return " · ".join(part for part in (candidate.issuer, kind) if part)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return title, tick, or the sentence for a screen reader."""
        candidate = self.candidate_at(index.row())
        if candidate is None:
            return None
        ticked = candidate.is_in_path or (candidate.kind, candidate.id) in self.chosen
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return candidate.title
            case Qt.ItemDataRole.AccessibleTextRole:
                state = self.tr("chosen") if ticked else self.tr("not chosen")
                return f"{candidate.title}. {self.subtitle(candidate)}. {state}"
            case Qt.ItemDataRole.CheckStateRole:
                return Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked
            case _:
                return candidate if role == CANDIDATE_ROLE else None


class _CandidateDelegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, model: CandidateModel, view: QWidget) -> None:
        super().__init__(view)
        self._theme = theme
        self._candidates = model
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(self._theme.px(200), self._theme.px(34))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        candidate = index.data(CANDIDATE_ROLE)
        if not isinstance(candidate, StepCandidate):
            return
        theme = self._theme
        rect: QRect = option.rect  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType, reportUnknownVariableType]
        state: QStyle.StateFlag = option.state  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType, reportUnknownVariableType]
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.color("accent-soft"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.color("side"))
        ticked = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
        self._paint_tick(painter, QRect(rect.left() + 8, rect.top(), theme.px(20), rect.height()), candidate, on=ticked)
        self._paint_words(painter, rect.adjusted(theme.px(36), 0, -10, 0), candidate)
        if state & QStyle.StateFlag.State_HasFocus and self._view.window().testAttribute(
            Qt.WidgetAttribute.WA_KeyboardFocusChange
        ):
            paint_ring(painter, rect, theme, radius=6)

    def _paint_tick(self, painter: QPainter, rect: QRect, candidate: StepCandidate, *, on: bool) -> None:
        option = QStyleOptionButton()
        option.rect = rect
        option.state = QStyle.StateFlag.State_On if on else QStyle.StateFlag.State_Off
        if not candidate.is_in_path:
            option.state |= QStyle.StateFlag.State_Enabled
        paint_check_box(option, painter, self._theme, None)

    def _paint_words(self, painter: QPainter, rect: QRect, candidate: StepCandidate) -> None:
        theme = self._theme
        note = self._candidates.subtitle(candidate)
        small = QFontMetrics(theme.font("small"))
        note_width = min(small.horizontalAdvance(note) + 2, rect.width() // 2)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(theme.font("small"))
        painter.setPen(theme.color("muted"))
        place = QRect(rect.right() - note_width, rect.top(), note_width, rect.height())
        shown = small.elidedText(note, Qt.TextElideMode.ElideRight, note_width)
        painter.drawText(place, int(middle | Qt.AlignmentFlag.AlignRight), shown)
        title = QRect(rect.left(), rect.top(), place.left() - 12 - rect.left(), rect.height())
        font = theme.font("medium")
        painter.setFont(font)
        painter.setPen(theme.color("muted" if candidate.is_in_path else "text"))
        text = QFontMetrics(font).elidedText(candidate.title, Qt.TextElideMode.ElideRight, title.width())
        painter.drawText(title, int(middle), text)


class CandidateList(QListView):
    """The list; a click or Space ticks, Enter is left to the dialog."""

    def __init__(self, theme: Theme, model: CandidateModel, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._candidates = model
        self.setModel(model)
        self.setItemDelegate(_CandidateDelegate(theme, model, self))
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tick on Space."""
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            self._candidates.toggle(self.currentIndex())
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Do nothing: the search field is above."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tick what was clicked."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index.isValid() and index == self.currentIndex():
            self._candidates.toggle(index)
