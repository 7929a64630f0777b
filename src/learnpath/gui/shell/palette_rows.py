"""What the command palette lists: rows for commands and records, and how a row is painted.

Belongs here: the row, its model and its delegate. Finding rows is in `palette`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from learnpath.gui.infra.icons import Icons
from learnpath.gui.infra.theme import Theme

ROW_HEIGHT = 36

_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class PaletteHit:
    """A record that was found. `kind` is its table name; `subtitle` tells records of one title apart."""

    kind: str
    id: int
    title: str
    subtitle: str = ""
    icon_name: str = "file"


@dataclass(frozen=True, slots=True)
class PaletteRow:
    """One line of the palette: a command (`command_id`) or a record (`hit`)."""

    title: str
    subtitle: str = ""
    keys: str = ""
    icon_name: str = ""
    command_id: str = ""
    hit: PaletteHit | None = None

    def spoken(self) -> str:
        """Return the line as a screen reader reads it."""
        return ", ".join(part for part in (self.title, self.subtitle, self.keys) if part)


class PaletteModel(QAbstractListModel):
    """The rows found for the present text."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[PaletteRow] = []

    def rows(self) -> list[PaletteRow]:
        """Return the rows in their order."""
        return list(self._rows)

    def set_rows(self, rows: Sequence[PaletteRow]) -> None:
        """Replace all rows."""
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def append(self, rows: Sequence[PaletteRow]) -> None:
        """Add rows at the end, so that a selection made meanwhile stays."""
        if not rows:
            return
        first = len(self._rows)
        self.beginInsertRows(QModelIndex(), first, first + len(rows) - 1)
        self._rows.extend(rows)
        self.endInsertRows()

    def row_at(self, index: _Index) -> PaletteRow | None:
        """Return the row of an index, or None."""
        return self._rows[index.row()] if 0 <= index.row() < len(self._rows) else None

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the title, or the whole line for a screen reader."""
        row = self.row_at(index)
        if row is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row.spoken()
        return None


class PaletteDelegate(QStyledItemDelegate):
    """Paints a row: icon, title, muted subtitle, keys at the right."""

    def __init__(self, model: PaletteModel, theme: Theme, icons: Icons, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._theme = theme
        self._icons = icons

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return the height of a row at the present text scale."""
        return QSize(0, self._theme.px(ROW_HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint one row."""
        row = self._model.row_at(index)
        if row is None:
            return
        theme = self._theme
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect: QRect = option.rect  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType, reportUnknownVariableType]
        state: QStyle.StateFlag = option.state  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType, reportUnknownVariableType]
        if state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("accent-soft"))
            painter.drawRoundedRect(rect, 6, 6)
        edge = theme.px(16)
        icon_rect = QRectF(rect.left() + 10, rect.center().y() - edge / 2 + 0.5, edge, edge)
        self._icons.paint(painter, icon_rect, row.icon_name, "muted")
        self._paint_texts(painter, rect.adjusted(20 + edge, 0, -10, 0), row)
        painter.restore()

    def _paint_texts(self, painter: QPainter, rect: QRect, row: PaletteRow) -> None:
        theme = self._theme
        middle = Qt.AlignmentFlag.AlignVCenter
        small = theme.font("small")
        if row.keys:
            painter.setFont(small)
            painter.setPen(theme.color("muted"))
            painter.drawText(rect, middle | Qt.AlignmentFlag.AlignRight, row.keys)
            rect = rect.adjusted(0, 0, -QFontMetrics(small).horizontalAdvance(row.keys) - 12, 0)
        font = theme.font("body")
        metrics = QFontMetrics(font)
        title = metrics.elidedText(row.title, Qt.TextElideMode.ElideRight, rect.width())
        painter.setFont(font)
        painter.setPen(theme.color("text"))
        painter.drawText(rect, middle, title)
        rect = rect.adjusted(metrics.horizontalAdvance(title) + 10, 0, 0, 0)
        if row.subtitle and rect.width() > 20:
            painter.setFont(small)
            painter.setPen(theme.color("muted"))
            subtitle = QFontMetrics(small).elidedText(row.subtitle, Qt.TextElideMode.ElideRight, rect.width())
            painter.drawText(rect, middle, subtitle)
