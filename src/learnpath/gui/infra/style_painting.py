"""How the style paints each control. Which control is ours and how large it is: see `style`."""

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPalette, QPen
from PySide6.QtWidgets import (
    QStyle,
    QStyleOption,
    QStyleOptionButton,
    QStyleOptionComplex,
    QStyleOptionFrame,
    QStyleOptionHeader,
    QStyleOptionMenuItem,
    QStyleOptionProgressBar,
    QStyleOptionSlider,
    QStyleOptionToolButton,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from learnpath.gui.infra.shapes import RADIUS, area_of, paint_chevron, paint_ring, paint_rounded, state_of
from learnpath.gui.infra.tokens import Look, Token

_State = QStyle.StateFlag
_Sub = QStyle.SubControl


def paint_nothing(option: QStyleOption, painter: QPainter, look: Look, widget: QWidget | None) -> None:
    """Leave a part out that only adds lines."""


def _by_keyboard(state: QStyle.StateFlag) -> bool:
    return bool(state & _State.State_HasFocus and state & _State.State_KeyboardFocusChange)


def paint_push_button(option: QStyleOption, painter: QPainter, look: Look, widget: QWidget | None) -> None:
    """Paint the shape of a push button in its variant."""
    state, rect = state_of(option), area_of(option)
    enabled = bool(state & _State.State_Enabled)
    hover = bool(enabled and state & _State.State_MouseOver)
    pressed = bool(state & (_State.State_Sunken | _State.State_On))
    if is_variant(widget, "primary"):
        token: Token = "side" if not enabled else "accent-strong" if hover or pressed else "accent"
        paint_rounded(painter, rect, RADIUS, look.color(token), None if enabled else look.color("control-border"))
    elif is_variant(widget, "quiet") or is_flat(option):
        if hover or pressed:
            paint_rounded(painter, rect, RADIUS, look.color("side"), None)
    else:
        token = "side" if pressed else "bg" if hover else "surface"
        paint_rounded(painter, rect, RADIUS, look.color(token), look.color("control-border"))
    if isinstance(option, QStyleOptionButton) and option.features & QStyleOptionButton.ButtonFeature.HasMenu:
        place = QRect(rect.right() - look.px(22), rect.top(), look.px(14), rect.height())
        paint_chevron(painter, place, "down", look.color("muted" if enabled else "faint"), look.px(7))
    if _by_keyboard(state):
        paint_ring(painter, rect, look, gap=is_variant(widget, "primary"))


def is_variant(widget: QWidget | None, name: str) -> bool:
    """Return whether a widget carries a property such as `primary`, `quiet` or `field`."""
    return widget is not None and bool(widget.property(name))


def is_flat(option: QStyleOption) -> bool:
    """Return whether a push button was set flat."""
    if not isinstance(option, QStyleOptionButton):
        return False
    features = option.features
    return bool(features & QStyleOptionButton.ButtonFeature.Flat)


def label_palette(option: QStyleOptionButton, look: Look, widget: QWidget | None) -> QPalette:
    """Return the palette in which a push button's text is painted."""
    palette = QPalette(option.palette)
    if state_of(option) & _State.State_Enabled:
        if is_variant(widget, "primary"):
            palette.setColor(QPalette.ColorRole.ButtonText, look.color("on-accent"))
        elif is_variant(widget, "quiet"):
            palette.setColor(QPalette.ColorRole.ButtonText, look.color("accent"))
    return palette


def paint_focus(option: QStyleOption, painter: QPainter, look: Look, *, in_view: bool) -> None:
    """Paint the focus of a control that has no frame of its own; a selected row shows its focus already."""
    if in_view:
        if not state_of(option) & _State.State_Selected:
            paint_rounded(painter, area_of(option).adjusted(1, 1, -1, -1), 4, None, look.color("accent"), 1)
    else:
        paint_ring(painter, area_of(option), look, radius=5)


def paint_field(painter: QPainter, rect: QRect, state: QStyle.StateFlag, look: Look, *, invalid: bool) -> None:
    """Paint the ground and frame of whatever is typed into or chosen from."""
    enabled = bool(state & _State.State_Enabled)
    focus = bool(state & _State.State_HasFocus)
    token: Token = "bad" if invalid else "accent" if focus else "control-border"
    fill = look.color("surface" if enabled else "bg")
    paint_rounded(painter, rect, RADIUS, fill, look.color(token), 2 if focus else 1)


def paint_line_edit(option: QStyleOption, painter: QPainter, look: Look, widget: QWidget | None) -> None:
    """Paint a line edit's frame; one inside of a combo or spin box has none."""
    if isinstance(option, QStyleOptionFrame) and option.lineWidth > 0:
        invalid = is_variant(widget, "invalid")
        paint_field(painter, area_of(option), state_of(option), look, invalid=invalid)


def paint_check_box(option: QStyleOption, painter: QPainter, look: Look, widget: QWidget | None) -> None:
    """Paint the square of a check box: accent with a tick when on, a dash when partly."""
    state = state_of(option)
    rect = QRect(0, 0, look.px(16), look.px(16))
    rect.moveCenter(area_of(option).center())
    on = bool(state & _State.State_On)
    partly = bool(state & _State.State_NoChange)
    enabled = bool(state & _State.State_Enabled)
    if not on and not partly:
        line: Token = "muted" if enabled and state & _State.State_MouseOver else "faint"
        paint_rounded(painter, rect, 4, look.color("surface"), look.color(line), 1.25)
        return
    paint_rounded(painter, rect, 4, look.color("accent" if enabled else "faint"), None)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(
        look.color("on-accent"),
        1.9,
        Qt.PenStyle.SolidLine,
        Qt.PenCapStyle.RoundCap,
        Qt.PenJoinStyle.RoundJoin,
    )
    painter.setPen(pen)
    left, top, side = float(rect.left()), float(rect.top()), float(rect.width())
    marks = ((0.27, 0.52), (0.43, 0.68), (0.74, 0.33)) if on else ((0.28, 0.5), (0.72, 0.5))
    painter.drawPolyline([QPointF(left + x * side, top + y * side) for x, y in marks])
    painter.restore()


def paint_radio_button(option: QStyleOption, painter: QPainter, look: Look, widget: QWidget | None) -> None:
    """Paint the circle of a radio button."""
    state, rect = state_of(option), area_of(option)
    on = bool(state & _State.State_On)
    enabled = bool(state & _State.State_Enabled)
    token: Token = "faint" if not enabled or not on else "accent"
    paint_rounded(painter, rect, rect.width() / 2, look.color("surface"), look.color(token), 1.25)
    if on:
        inner = rect.adjusted(4, 4, -4, -4)
        paint_rounded(painter, inner, inner.width() / 2, look.color(token), None)


def paint_tool_button(option: QStyleOption, painter: QPainter, look: Look, widget: QWidget | None) -> None:
    """Paint the ground of a tool button while it is hovered, pressed or on."""
    state, rect = state_of(option), area_of(option)
    if state & _State.State_On:
        paint_rounded(painter, rect, 6, look.color("accent-soft"), None)
    elif state & _State.State_Enabled and state & (_State.State_MouseOver | _State.State_Sunken):
        paint_rounded(painter, rect, 6, look.color("side"), None)
    if _by_keyboard(state):
        paint_ring(painter, rect, look, radius=6)


def paint_menu_button(
    option: QStyleOptionComplex, painter: QPainter, look: Look, style: QStyle, widget: QWidget | None
) -> None:
    """Paint a tool button that opens a menu: its label and a chevron beside it."""
    if not isinstance(option, QStyleOptionToolButton):
        return
    paint_tool_button(option, painter, look, widget)
    label = QStyleOptionToolButton(option)
    label.rect = area_of(option).adjusted(0, 0, -look.px(14), 0)
    style.drawControl(QStyle.ControlElement.CE_ToolButtonLabel, label, painter, widget)
    rect = area_of(option)
    place = QRect(rect.right() - look.px(18), rect.top(), look.px(14), rect.height())
    token: Token = "muted" if state_of(option) & _State.State_Enabled else "faint"
    paint_chevron(painter, place, "down", look.color(token), look.px(7))


def opens_menu(option: QStyleOptionComplex) -> bool:
    """Return whether a tool button as a whole opens a menu."""
    kind = QStyleOptionToolButton.ToolButtonFeature
    if not isinstance(option, QStyleOptionToolButton):
        return False
    return bool(option.features & kind.HasMenu) and not option.features & kind.MenuButtonPopup


def paint_panel(option: QStyleOption, painter: QPainter, look: Look, widget: QWidget | None) -> None:
    """Paint the ground of what floats: menus and tips."""
    painter.fillRect(area_of(option), look.color("surface"))
    paint_frame(option, painter, look, widget)


def paint_frame(option: QStyleOption, painter: QPainter, look: Look, widget: QWidget | None) -> None:
    """Paint a hairline around, in the accent while what is inside of it has the focus; a field like a line edit."""
    if is_variant(widget, "field"):
        paint_field(painter, area_of(option), state_of(option), look, invalid=is_variant(widget, "invalid"))
        return
    painter.save()
    painter.setPen(look.color("accent" if state_of(option) & _State.State_HasFocus else "border"))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(area_of(option).adjusted(0, 0, -1, -1))
    painter.restore()


def paint_group_box(option: QStyleOption, painter: QPainter, look: Look, widget: QWidget | None) -> None:
    """Paint the frame of a group box like a card."""
    paint_rounded(painter, area_of(option), 10, None, look.color("border"))


def paint_tab_base(option: QStyleOption, painter: QPainter, look: Look, widget: QWidget | None) -> None:
    """Paint the hairline below a tab bar."""
    rect = area_of(option)
    painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), look.color("border"))


def paint_tab(option: QStyleOption, painter: QPainter, look: Look, widget: QWidget | None) -> None:
    """Paint a tab: a line in the accent below the one that is shown."""
    rect, state = area_of(option), state_of(option)
    if state & _State.State_MouseOver and not state & _State.State_Selected:
        paint_rounded(painter, rect.adjusted(2, 4, -2, -4), 6, look.color("side"), None)
    if state & _State.State_Selected:
        line = QRect(rect.left() + 6, rect.bottom() - 1, rect.width() - 12, 2)
        painter.fillRect(line, look.color("accent"))


def paint_item_panel(option: QStyleOption, painter: QPainter, look: Look, widget: QWidget | None) -> None:
    """Paint the ground of a cell: selection, hover, and the hairline below a row of a table without grid."""
    state, rect = state_of(option), area_of(option)
    if isinstance(option, QStyleOptionViewItem):
        brush = option.backgroundBrush  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType, reportUnknownVariableType]
        painter.fillRect(rect, brush)  # pyright: ignore[reportUnknownArgumentType, reportArgumentType, reportCallIssue]
    if state & _State.State_Selected:
        painter.fillRect(rect, look.color("accent-soft"))
    elif state & _State.State_MouseOver and state & _State.State_Enabled:
        painter.fillRect(rect, look.color("side"))
    if isinstance(widget, QTableView) and not widget.showGrid():
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), look.color("border"))


def paint_header_section(option: QStyleOption, painter: QPainter, look: Look, widget: QWidget | None) -> None:
    """Paint a flat column header with a hairline below."""
    rect = area_of(option)
    ground = look.color("surface") if widget is None else widget.palette().color(QPalette.ColorRole.Base)
    painter.fillRect(rect, ground)
    if state_of(option) & _State.State_MouseOver and isinstance(option, QStyleOptionHeader):
        paint_rounded(painter, rect.adjusted(1, 3, -1, -4), 5, look.color("side"), None)
    painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), look.color("border"))


def paint_sort_arrow(option: QStyleOption, painter: QPainter, look: Look, widget: QWidget | None) -> None:
    """Paint the direction of sorting."""
    if isinstance(option, QStyleOptionHeader):
        # Qt names the indicator after the arrow of old desktops: "sort down" is ascending.
        ascending = option.sortIndicator == QStyleOptionHeader.SortIndicator.SortDown  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
        paint_chevron(painter, area_of(option), "up" if ascending else "down", look.color("muted"), look.px(7))


def _arrow(option: QStyleOption, painter: QPainter, look: Look, direction: str) -> None:
    token: Token = "muted" if state_of(option) & _State.State_Enabled else "faint"
    paint_chevron(painter, area_of(option), direction, look.color(token), look.px(8))


def paint_arrow_up(option: QStyleOption, painter: QPainter, look: Look, widget: QWidget | None) -> None:
    """Paint an arrow up."""
    _arrow(option, painter, look, "up")


def paint_arrow_down(option: QStyleOption, painter: QPainter, look: Look, widget: QWidget | None) -> None:
    """Paint an arrow down."""
    _arrow(option, painter, look, "down")


def paint_arrow_left(option: QStyleOption, painter: QPainter, look: Look, widget: QWidget | None) -> None:
    """Paint an arrow to the left."""
    _arrow(option, painter, look, "left")


def paint_arrow_right(option: QStyleOption, painter: QPainter, look: Look, widget: QWidget | None) -> None:
    """Paint an arrow to the right."""
    _arrow(option, painter, look, "right")


def paint_menu_highlight(option: QStyleOptionMenuItem, painter: QPainter, look: Look) -> None:
    """Paint the ground of the menu item under the pointer."""
    state = state_of(option)
    if state & _State.State_Selected and state & _State.State_Enabled:
        paint_rounded(painter, area_of(option).adjusted(1, 0, -1, 0), 6, look.color("accent-soft"), None)


def paint_menu_bar_item(option: QStyleOption, painter: QPainter, look: Look, widget: QWidget | None) -> None:
    """Paint a title in the menu bar."""
    state, rect = state_of(option), area_of(option)
    if state & (_State.State_Selected | _State.State_Sunken) and state & _State.State_Enabled:
        paint_rounded(painter, rect.adjusted(1, 2, -1, -2), 6, look.color("accent-soft"), None)
    if isinstance(option, QStyleOptionMenuItem):
        painter.setPen(look.color("text" if state & _State.State_Enabled else "faint"))
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextShowMnemonic | Qt.TextFlag.TextSingleLine
        painter.drawText(rect, int(flags), option.text)


def paint_progress_groove(option: QStyleOption, painter: QPainter, look: Look, widget: QWidget | None) -> None:
    """Paint the empty part of a progress bar."""
    rect = area_of(option)
    paint_rounded(painter, rect, min(4.0, rect.height() / 2), look.color("track"), None)


def paint_progress_contents(option: QStyleOption, painter: QPainter, look: Look, widget: QWidget | None) -> None:
    """Paint the filled part of a progress bar; all of it, faded, while the end is not known."""
    if not isinstance(option, QStyleOptionProgressBar):
        return
    rect = QRect(area_of(option))
    low, high = option.minimum, option.maximum
    color = look.color("accent")
    if high > low:
        rect.setWidth(round(rect.width() * (option.progress - low) / (high - low)))
    else:
        color.setAlphaF(0.5)
    if rect.width() > 0:
        clip = QPainterPath()
        radius = min(4.0, rect.height() / 2)
        clip.addRoundedRect(QRectF(area_of(option)), radius, radius)
        painter.save()
        painter.setClipPath(clip)
        paint_rounded(painter, rect, radius, color, None)
        painter.restore()


def paint_splitter(option: QStyleOption, painter: QPainter, look: Look, widget: QWidget | None) -> None:
    """Paint a hairline in the middle of a splitter's handle."""
    rect = area_of(option)
    token: Token = "accent" if state_of(option) & _State.State_MouseOver else "border"
    upright = rect.width() < rect.height()
    center = rect.center()
    line = (
        QRect(center.x(), rect.top(), 1, rect.height()) if upright else QRect(rect.left(), center.y(), rect.width(), 1)
    )
    painter.fillRect(line, look.color(token))


def paint_combo_box(
    option: QStyleOptionComplex, painter: QPainter, look: Look, style: QStyle, widget: QWidget | None
) -> None:
    """Paint a combo box: a field with a chevron."""
    rect, state = area_of(option), state_of(option)
    paint_field(painter, rect, state, look, invalid=is_variant(widget, "invalid"))
    arrow = QRect(rect.right() - look.px(26), rect.top(), look.px(22), rect.height())
    if option.direction == Qt.LayoutDirection.RightToLeft:
        arrow.moveLeft(rect.left() + look.px(4))
    token: Token = "muted" if state & _State.State_Enabled else "faint"
    paint_chevron(painter, arrow, "down", look.color(token), look.px(8))


def paint_spin_box(
    option: QStyleOptionComplex, painter: QPainter, look: Look, style: QStyle, widget: QWidget | None
) -> None:
    """Paint a spin box: a field with two chevrons."""
    state = state_of(option)
    paint_field(painter, area_of(option), state, look, invalid=is_variant(widget, "invalid"))
    token: Token = "muted" if state & _State.State_Enabled else "faint"
    for part, direction in ((_Sub.SC_SpinBoxUp, "up"), (_Sub.SC_SpinBoxDown, "down")):
        place = style.subControlRect(QStyle.ComplexControl.CC_SpinBox, option, part, widget)
        if not place.isEmpty():
            paint_chevron(painter, place, direction, look.color(token), look.px(6))


def scroll_bar_part(option: QStyleOptionSlider, part: QStyle.SubControl) -> QRect:
    """Return where a part of a scroll bar lies: there are no buttons, the groove is all of it."""
    rect = area_of(option)
    if part == _Sub.SC_ScrollBarGroove:
        return QRect(rect)
    if part not in (_Sub.SC_ScrollBarSlider, _Sub.SC_ScrollBarAddPage, _Sub.SC_ScrollBarSubPage):
        return QRect()
    upright = option.orientation == Qt.Orientation.Vertical
    length = rect.height() if upright else rect.width()
    low, high = option.minimum, option.maximum
    page = option.pageStep
    total = high - low + page
    size = length if total <= 0 else max(min(36, length), round(length * page / total))
    start = QStyle.sliderPositionFromValue(low, high, option.sliderPosition, length - size, option.upsideDown)
    begin, end = {
        _Sub.SC_ScrollBarSlider: (start, start + size),
        _Sub.SC_ScrollBarSubPage: (0, start),
        _Sub.SC_ScrollBarAddPage: (start + size, length),
    }[part]
    if upright:
        return QRect(rect.left(), rect.top() + begin, rect.width(), end - begin)
    return QRect(rect.left() + begin, rect.top(), end - begin, rect.height())


def paint_scroll_bar(
    option: QStyleOptionComplex, painter: QPainter, look: Look, style: QStyle, widget: QWidget | None
) -> None:
    """Paint a thin scroll bar: a rounded slider, darker under the pointer."""
    if not isinstance(option, QStyleOptionSlider) or option.maximum <= option.minimum:
        return
    state = state_of(option)
    slider = scroll_bar_part(option, _Sub.SC_ScrollBarSlider)
    active = bool(state & (_State.State_MouseOver | _State.State_Sunken))
    inset = 2 if active else 3
    shape = slider.adjusted(inset, inset, -inset, -inset)
    color = look.color("faint")
    if not active:
        color.setAlphaF(0.6)
    paint_rounded(painter, shape, min(shape.width(), shape.height()) / 2, color, None)
