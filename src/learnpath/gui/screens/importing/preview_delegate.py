"""Painting a cell of the preview, and the field in which a cell of the file is typed anew."""

from typing import cast, get_args

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from learnpath.gui.infra.icons import Icons
from learnpath.gui.infra.shapes import paint_rounded
from learnpath.gui.infra.style import ROW_HEIGHT
from learnpath.gui.infra.theme import Theme
from learnpath.gui.infra.tokens import Token
from learnpath.gui.screens.importing.fixing import NOTE
from learnpath.gui.screens.importing.preview_model import CHIP_ROLE, CHOICE_ROLE, FIX_ROLE, MUTED_ROLE, PreviewModel
from learnpath.gui.widgets.chip import CHIP_COLORS, ChipKind, chip_size, paint_chip

Index = QModelIndex | QPersistentModelIndex
PADDING = 10
_CHIP_KINDS: tuple[str, ...] = get_args(ChipKind)
_EDITOR_WIDTH = 180
_PENCIL = 14
_FIX_CHIPS: dict[str, ChipKind] = {"broken": "bad", "left out": "warn", "typed": "accent"}


class PreviewDelegate(QStyledItemDelegate):
    """Paints text, a chip with a small arrow where a row can be decided, a pencil where a cell can be typed anew."""

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icons = icons

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the room a cell's text needs."""
        text = index.data(Qt.ItemDataRole.DisplayRole)
        width = QFontMetrics(self._theme.font()).horizontalAdvance(text if isinstance(text, str) else "")
        return QSize(width + 2 * self._theme.px(PADDING), self._theme.px(ROW_HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a cell with the line below it."""
        theme, rect = self._theme, option.rect
        state = option.state  # pyright: ignore[reportUnknownMemberType, reportAttributeAccessIssue, reportUnknownVariableType]
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.color("accent-soft"))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.color("border"))
        text = index.data(Qt.ItemDataRole.DisplayRole)
        if not isinstance(text, str) or not text:
            return
        padding = theme.px(PADDING)
        room = rect.adjusted(padding, 0, -padding, 0)
        kind, fix = index.data(CHIP_ROLE), index.data(FIX_ROLE)
        if isinstance(fix, str):
            self._paint_fix(painter, rect, text, _FIX_CHIPS[fix], is_note=self._key(index) == NOTE)
        elif isinstance(kind, str) and kind in _CHIP_KINDS:
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

    def _paint_fix(self, painter: QPainter, rect: QRect, text: str, kind: ChipKind, *, is_note: bool) -> None:
        """Paint a cell to type in; what it says is the note of another column, or its own text on a ground."""
        theme, (ink, ground) = self._theme, CHIP_COLORS[kind]
        field = rect.adjusted(theme.px(2), theme.px(4), -theme.px(2), -theme.px(5))
        if not is_note:
            line = theme.color(ink) if theme.name == "contrast" else theme.blend(ink, ground, 0.35)
            paint_rounded(painter, field, theme.px(6), theme.color(ground), line)
        edge, padding = theme.px(_PENCIL), theme.px(PADDING)
        pencil = QRect(field.right() - edge - theme.px(5), field.center().y() - edge // 2, edge, edge)
        room = rect.adjusted(padding, 0, -padding, 0)
        width = QFontMetrics(theme.font(tabular=True)).horizontalAdvance(text)
        # What was typed is there to be read; the ground says enough.
        if kind != "accent" or room.left() + width <= pencil.left() - theme.px(4):
            self._icons.paint(painter, pencil.toRectF(), "edit", ink)
            room.setRight(pencil.left() - theme.px(4))
        self._paint_text(painter, room, text, "muted" if is_note else ink)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Return a field that is named after what is typed in it."""
        editor = QLineEdit(parent)
        model = index.model()
        cell = model.fix_cell(index) if isinstance(model, PreviewModel) else None
        if cell is not None and isinstance(model, PreviewModel):
            name = model.field_name(cell)
            editor.setPlaceholderText(name)
            editor.setAccessibleName(name)
            editor.setAccessibleDescription(cell.reason)
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Put a cell's text into the field, but never over what is being typed when other rows change."""
        if not (isinstance(editor, QLineEdit) and editor.isModified()):
            super().setEditorData(editor, index)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """Make the field at least so wide that a date or a title can be read in it, and keep it in view."""
        cell = option.rect
        parent = editor.parentWidget()
        room = parent.width() if parent is not None else cell.right()
        width = max(cell.width(), min(self._theme.px(_EDITOR_WIDTH), room))
        left = min(cell.left(), room - width)
        editor.setGeometry(QRect(max(0, left), cell.top() + 1, width, cell.height() - 2))

    def _key(self, index: Index) -> str:
        model = index.model()
        return model.columns[index.column()].key if isinstance(model, PreviewModel) else ""

    def _paint_text(self, painter: QPainter, room: QRect, text: str, color: Token) -> None:
        painter.save()
        painter.setFont(self._theme.font(tabular=True))
        painter.setPen(self._theme.color(color))
        shown = QFontMetrics(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(room, int(flags) | int(Qt.TextFlag.TextSingleLine), shown)
        painter.restore()
