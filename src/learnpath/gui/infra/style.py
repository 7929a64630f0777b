"""Fusion with our shapes: flat controls of one height, rounded frames, a visible focus ring.

Which parts are replaced and how large they are is decided here; how they are painted is in `style_painting`.
Widgets ask for a variant with dynamic properties: `primary=True` (the one filled button of a place) and
`quiet=True` (a button that reads as a link); `field=True` gives a scroll area the frame of a field.
"""

from collections.abc import Callable

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QProxyStyle,
    QPushButton,
    QStyle,
    QStyleHintReturn,
    QStyleOption,
    QStyleOptionButton,
    QStyleOptionComplex,
    QStyleOptionFrame,
    QStyleOptionHeader,
    QStyleOptionMenuItem,
    QStyleOptionSlider,
    QWidget,
)

from learnpath.gui.infra import style_painting as paint
from learnpath.gui.infra.tokens import Look

CONTROL_HEIGHT = 32
ROW_HEIGHT = 36

_Metric = QStyle.PixelMetric
_Element = QStyle.ControlElement
_Primitive = QStyle.PrimitiveElement
_Contents = QStyle.ContentsType

_FIXED_METRICS = {
    _Metric.PM_DefaultFrameWidth: 1,
    _Metric.PM_ButtonShiftHorizontal: 0,
    _Metric.PM_ButtonShiftVertical: 0,
    _Metric.PM_MenuPanelWidth: 1,
    _Metric.PM_MenuHMargin: 4,
    _Metric.PM_MenuVMargin: 4,
    _Metric.PM_ScrollBarExtent: 12,
    _Metric.PM_SplitterWidth: 5,
    _Metric.PM_HeaderMargin: 10,
    _Metric.PM_FocusFrameHMargin: 9,
    _Metric.PM_LayoutHorizontalSpacing: 8,
    _Metric.PM_LayoutVerticalSpacing: 8,
}
_SCALED_METRICS = {
    _Metric.PM_IndicatorWidth: 16,
    _Metric.PM_IndicatorHeight: 16,
    _Metric.PM_ExclusiveIndicatorWidth: 16,
    _Metric.PM_ExclusiveIndicatorHeight: 16,
    _Metric.PM_SmallIconSize: 16,
    _Metric.PM_ButtonIconSize: 16,
    _Metric.PM_ToolBarIconSize: 18,
    _Metric.PM_HeaderDefaultSectionSizeVertical: ROW_HEIGHT,
    _Metric.PM_CheckBoxLabelSpacing: 8,
    _Metric.PM_RadioButtonLabelSpacing: 8,
}
_HINTS = {
    QStyle.StyleHint.SH_EtchDisabledText: 0,
    QStyle.StyleHint.SH_ComboBox_Popup: 0,
    QStyle.StyleHint.SH_DialogButtonBox_ButtonsHaveIcons: 0,
    QStyle.StyleHint.SH_TabBar_Alignment: int(Qt.AlignmentFlag.AlignLeft.value),
    QStyle.StyleHint.SH_ItemView_ShowDecorationSelected: 1,
}
# The smallest height of what is sized by its content, in logical pixels at 100 %.
_LEAST_HEIGHTS = {
    _Contents.CT_LineEdit: CONTROL_HEIGHT,
    _Contents.CT_ComboBox: CONTROL_HEIGHT,
    _Contents.CT_SpinBox: CONTROL_HEIGHT,
    _Contents.CT_ToolButton: 28,
    _Contents.CT_CheckBox: 24,
    _Contents.CT_RadioButton: 24,
    _Contents.CT_MenuItem: 30,
    _Contents.CT_MenuBarItem: 28,
    _Contents.CT_HeaderSection: CONTROL_HEIGHT,
    _Contents.CT_ItemViewItem: ROW_HEIGHT,
    _Contents.CT_TabBarTab: 36,
}

_Painting = Callable[[QStyleOption, QPainter, Look, QWidget | None], None]
_PRIMITIVES: dict[QStyle.PrimitiveElement, _Painting] = {
    _Primitive.PE_PanelLineEdit: paint.paint_line_edit,
    _Primitive.PE_IndicatorCheckBox: paint.paint_check_box,
    _Primitive.PE_IndicatorItemViewItemCheck: paint.paint_check_box,
    _Primitive.PE_IndicatorRadioButton: paint.paint_radio_button,
    _Primitive.PE_PanelButtonTool: paint.paint_tool_button,
    _Primitive.PE_PanelMenu: paint.paint_panel,
    _Primitive.PE_FrameMenu: paint.paint_frame,
    _Primitive.PE_PanelTipLabel: paint.paint_panel,
    _Primitive.PE_FrameGroupBox: paint.paint_group_box,
    _Primitive.PE_Frame: paint.paint_frame,
    _Primitive.PE_FrameTabBarBase: paint.paint_tab_base,
    _Primitive.PE_FrameTabWidget: paint.paint_nothing,
    _Primitive.PE_FrameStatusBarItem: paint.paint_nothing,
    _Primitive.PE_PanelStatusBar: paint.paint_nothing,
    _Primitive.PE_IndicatorButtonDropDown: paint.paint_nothing,
    _Primitive.PE_PanelItemViewRow: paint.paint_nothing,
    _Primitive.PE_PanelItemViewItem: paint.paint_item_panel,
    _Primitive.PE_IndicatorArrowUp: paint.paint_arrow_up,
    _Primitive.PE_IndicatorArrowDown: paint.paint_arrow_down,
    _Primitive.PE_IndicatorArrowLeft: paint.paint_arrow_left,
    _Primitive.PE_IndicatorArrowRight: paint.paint_arrow_right,
    _Primitive.PE_IndicatorHeaderArrow: paint.paint_sort_arrow,
}
_CONTROLS: dict[QStyle.ControlElement, _Painting] = {
    _Element.CE_PushButtonBevel: paint.paint_push_button,
    _Element.CE_HeaderSection: paint.paint_header_section,
    _Element.CE_HeaderEmptyArea: paint.paint_header_section,
    _Element.CE_MenuBarItem: paint.paint_menu_bar_item,
    _Element.CE_MenuBarEmptyArea: paint.paint_nothing,
    _Element.CE_ProgressBarGroove: paint.paint_progress_groove,
    _Element.CE_ProgressBarContents: paint.paint_progress_contents,
    _Element.CE_Splitter: paint.paint_splitter,
    _Element.CE_TabBarTabShape: paint.paint_tab,
    _Element.CE_ToolBar: paint.paint_nothing,
}
_ComplexPainting = Callable[[QStyleOptionComplex, QPainter, Look, QStyle, QWidget | None], None]
_COMPLEX: dict[QStyle.ComplexControl, _ComplexPainting] = {
    QStyle.ComplexControl.CC_ComboBox: paint.paint_combo_box,
    QStyle.ComplexControl.CC_SpinBox: paint.paint_spin_box,
    QStyle.ComplexControl.CC_ScrollBar: paint.paint_scroll_bar,
}


class LearnpathStyle(QProxyStyle):
    """The style of every widget of the window."""

    def __init__(self, look: Look) -> None:
        super().__init__("Fusion")
        self._look = look

    def drawPrimitive(
        self,
        element: QStyle.PrimitiveElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        """Paint a part of a control."""
        if element == _Primitive.PE_FrameFocusRect:
            if not isinstance(widget, QPushButton):
                paint.paint_focus(option, painter, self._look, in_view=isinstance(widget, QAbstractItemView))
            return
        painting = _PRIMITIVES.get(element)
        if painting is None:
            super().drawPrimitive(element, option, painter, widget)
        else:
            painting(option, painter, self._look, widget)

    def drawControl(
        self,
        element: QStyle.ControlElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        """Paint a control that has one part."""
        painting = _CONTROLS.get(element)
        if painting is not None:
            painting(option, painter, self._look, widget)
        elif element == _Element.CE_PushButtonLabel and isinstance(option, QStyleOptionButton):
            label = QStyleOptionButton(option)
            label.palette = paint.label_palette(option, self._look, widget)
            super().drawControl(element, label, painter, widget)
        elif element == _Element.CE_HeaderLabel and isinstance(option, QStyleOptionHeader):
            palette = QPalette(option.palette)
            palette.setColor(QPalette.ColorRole.ButtonText, self._look.color("muted"))
            option.palette = palette
            super().drawControl(element, option, painter, widget)
        elif element == _Element.CE_MenuItem and isinstance(option, QStyleOptionMenuItem):
            paint.paint_menu_highlight(option, painter, self._look)
            item = QStyleOptionMenuItem(option)
            item.state = option.state & ~QStyle.StateFlag.State_Selected
            super().drawControl(element, item, painter, widget)
        else:
            super().drawControl(element, option, painter, widget)

    def drawComplexControl(
        self,
        control: QStyle.ComplexControl,
        option: QStyleOptionComplex,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        """Paint a control that has several parts."""
        painting = _COMPLEX.get(control)
        if control == QStyle.ComplexControl.CC_ToolButton and paint.opens_menu(option):
            painting = paint.paint_menu_button
        if painting is None:
            super().drawComplexControl(control, option, painter, widget)
        else:
            painting(option, painter, self._look, self, widget)

    def pixelMetric(
        self, metric: QStyle.PixelMetric, option: QStyleOption | None = None, widget: QWidget | None = None
    ) -> int:
        """Return a length in logical pixels."""
        if metric in _FIXED_METRICS:
            return _FIXED_METRICS[metric]
        if metric in _SCALED_METRICS:
            return self._look.px(_SCALED_METRICS[metric])
        return super().pixelMetric(metric, option, widget)

    def styleHint(
        self,
        hint: QStyle.StyleHint,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
        returnData: QStyleHintReturn | None = None,  # noqa: N803
    ) -> int:
        """Return how something behaves."""
        if hint in _HINTS:
            return _HINTS[hint]
        return super().styleHint(hint, option, widget, returnData)

    def sizeFromContents(
        self, kind: QStyle.ContentsType, option: QStyleOption, size: QSize, widget: QWidget | None = None
    ) -> QSize:
        """Return the size of a control around its content: one height for everything on a line."""
        if kind == _Contents.CT_PushButton:
            padding = 16 if widget is not None and widget.property("quiet") else 26
            height = max(size.height() + self._look.px(8), self._look.px(CONTROL_HEIGHT))
            return QSize(size.width() + self._look.px(padding), height)
        result = super().sizeFromContents(kind, option, size, widget)  # pyright: ignore[reportArgumentType]
        least = _LEAST_HEIGHTS.get(kind)
        if least is not None and not _is_separator(option):
            result.setHeight(max(result.height(), self._look.px(least)))
        if kind == _Contents.CT_SpinBox:
            # The content is the line edit, which has the height of a control already.
            result.setHeight(max(size.height(), self._look.px(CONTROL_HEIGHT)))
        elif kind == _Contents.CT_ComboBox:
            result.setWidth(result.width() + self._look.px(14))
        elif kind == _Contents.CT_ToolButton and isinstance(option, QStyleOptionComplex):
            result.setWidth(result.width() + self._look.px(14 if paint.opens_menu(option) else 4))
        elif kind == _Contents.CT_LineEdit:
            result.setWidth(result.width() + self._look.px(12))
        return result

    def subElementRect(self, element: QStyle.SubElement, option: QStyleOption, widget: QWidget | None = None) -> QRect:
        """Return where a part of a control lies."""
        rect = super().subElementRect(element, option, widget)  # pyright: ignore[reportArgumentType]
        if element == QStyle.SubElement.SE_LineEditContents:
            framed = isinstance(option, QStyleOptionFrame) and option.lineWidth > 0
            if framed:
                return rect.adjusted(self._look.px(7), 0, -self._look.px(7), 0)
        return rect

    def subControlRect(
        self,
        control: QStyle.ComplexControl,
        option: QStyleOptionComplex,
        part: QStyle.SubControl,
        widget: QWidget | None = None,
    ) -> QRect:
        """Return where a part of a control with several parts lies."""
        if control == QStyle.ComplexControl.CC_ScrollBar and isinstance(option, QStyleOptionSlider):
            return paint.scroll_bar_part(option, part)
        if control == QStyle.ComplexControl.CC_ComboBox and part == QStyle.SubControl.SC_ComboBoxEditField:
            frame: QRect = option.rect
            field = frame.adjusted(self._look.px(9), 1, -self._look.px(28), -1)
            return self.visualRect(option.direction, frame, field)
        if control == QStyle.ComplexControl.CC_SpinBox and part == QStyle.SubControl.SC_SpinBoxEditField:
            field = super().subControlRect(control, option, part, widget)  # pyright: ignore[reportArgumentType]
            return field.adjusted(self._look.px(5), 0, 0, 0)
        return super().subControlRect(control, option, part, widget)  # pyright: ignore[reportArgumentType]


def _is_separator(option: QStyleOption | None) -> bool:
    return (
        isinstance(option, QStyleOptionMenuItem) and option.menuItemType == QStyleOptionMenuItem.MenuItemType.Separator
    )
