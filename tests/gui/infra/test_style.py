import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QMenu,
    QMenuBar,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QRadioButton,
    QScrollBar,
    QSpinBox,
    QStyle,
    QStyleOptionSlider,
    QTabBar,
    QTableWidget,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from learnpath.gui.infra.theme import Theme


def colors(image: QImage) -> set[str]:
    return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_controls_on_a_line_are_equally_high(theme: Theme, qtbot: QtBot, scale: float) -> None:
    theme.set_scale(scale)
    host = QWidget()
    qtbot.addWidget(host)
    row = QHBoxLayout(host)
    controls = [QPushButton("Edit"), QLineEdit(), QComboBox(), QSpinBox()]
    for control in controls:
        row.addWidget(control)
    heights = {control.sizeHint().height() for control in controls}
    assert heights == {theme.px(32)}


def test_the_primary_button_is_filled(theme: Theme, qtbot: QtBot) -> None:
    plain, primary = QPushButton("Add"), QPushButton("Add")
    qtbot.addWidget(plain)
    qtbot.addWidget(primary)
    primary.setProperty("primary", True)
    place = QPoint(10, 4)
    assert plain.grab().toImage().pixelColor(place) == theme.color("surface")
    assert primary.grab().toImage().pixelColor(place) == theme.color("accent")
    primary.setEnabled(False)
    assert primary.grab().toImage().pixelColor(place) == theme.color("side")


def test_quiet_buttons_have_no_frame_and_accent_text(theme: Theme, qtbot: QtBot) -> None:
    button = QPushButton("MMMM")
    qtbot.addWidget(button)
    button.setProperty("quiet", True)
    image = button.grab().toImage()
    assert image.pixelColor(image.width() // 2, 0) == theme.color("bg")
    assert theme.color("accent").name() in colors(image)


@pytest.mark.parametrize("kind", [QLineEdit, QPushButton, QCheckBox, QComboBox, QSpinBox])
def test_focus_is_seen(theme: Theme, qtbot: QtBot, kind: type[QWidget]) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    row = QHBoxLayout(host)
    other, widget = QLineEdit(), kind()
    row.addWidget(other)
    row.addWidget(widget)
    host.setTabOrder(other, widget)
    host.show()
    host.activateWindow()
    other.setFocus(Qt.FocusReason.TabFocusReason)
    before = widget.grab().toImage()
    assert theme.color("accent").name() not in colors(before)
    qtbot.keyClick(other, Qt.Key.Key_Tab)
    qtbot.waitUntil(widget.hasFocus)
    assert theme.color("accent").name() in colors(widget.grab().toImage())


def test_invalid_fields_are_red(theme: Theme, qtbot: QtBot) -> None:
    edit = QLineEdit()
    qtbot.addWidget(edit)
    edit.setProperty("invalid", True)
    assert theme.color("bad").name() in colors(edit.grab().toImage())


def test_checked_and_partly_checked_differ(theme: Theme, qtbot: QtBot) -> None:
    box = QCheckBox()
    qtbot.addWidget(box)
    box.setTristate(True)
    pictures = []
    for state in Qt.CheckState:
        box.setCheckState(state)
        pictures.append(box.grab().toImage())
    assert pictures[0] != pictures[1] != pictures[2] != pictures[0]
    assert theme.color("accent").name() not in colors(pictures[0])
    assert theme.color("accent").name() in colors(pictures[2])


def test_selected_rows_are_soft_and_rows_have_lines(theme: Theme, qtbot: QtBot) -> None:
    table = QTableWidget(3, 1)
    qtbot.addWidget(table)
    table.setShowGrid(False)
    table.verticalHeader().hide()
    table.selectRow(1)
    table.setFocus()
    rect = table.visualRect(table.model().index(1, 0))
    assert rect.height() == 36
    image = table.viewport().grab().toImage()
    assert image.pixelColor(rect.center()) == theme.color("accent-soft")
    assert image.pixelColor(rect.left() + 3, rect.bottom()) == theme.color("border")


def test_list_rows_are_high_enough(theme: Theme, qtbot: QtBot) -> None:
    view = QListWidget()
    qtbot.addWidget(view)
    view.addItem("Row")
    assert view.sizeHintForRow(0) == 36


def slider_part(bar: QScrollBar, part: QStyle.SubControl) -> QRect:
    option = QStyleOptionSlider()
    bar.initStyleOption(option)
    return bar.style().subControlRect(QStyle.ComplexControl.CC_ScrollBar, option, part, bar)


def test_scroll_bars_have_no_buttons_and_fill_their_length(theme: Theme, qtbot: QtBot) -> None:
    bar = QScrollBar(Qt.Orientation.Vertical)
    qtbot.addWidget(bar)
    bar.resize(12, 200)
    bar.setRange(0, 100)
    bar.setPageStep(100)
    sub = QStyle.SubControl
    assert slider_part(bar, sub.SC_ScrollBarAddLine).isEmpty()
    for value in (0, 37, 100):
        bar.setValue(value)
        names = (sub.SC_ScrollBarSubPage, sub.SC_ScrollBarSlider, sub.SC_ScrollBarAddPage)
        parts = [slider_part(bar, name) for name in names]
        assert sum(part.height() for part in parts) == 200
        assert parts[1].height() == 100


def test_progress_is_filled_by_its_share(theme: Theme, qtbot: QtBot) -> None:
    bar = QProgressBar()
    qtbot.addWidget(bar)
    bar.setTextVisible(False)
    bar.resize(200, 8)
    bar.setValue(50)
    image = bar.grab().toImage()
    assert image.pixelColor(50, 4) == theme.color("accent")
    assert image.pixelColor(150, 4) == theme.color("track")
    bar.setRange(0, 0)
    assert bar.grab().toImage().pixelColor(150, 4) not in (theme.color("track"), theme.color("accent"))


def test_menus_tabs_and_tool_buttons_are_painted_in_the_theme(theme: Theme, qtbot: QtBot) -> None:
    menu, bar, tabs, tool = QMenu(), QMenuBar(), QTabBar(), QToolButton()
    for widget in (menu, bar, tabs, tool):
        qtbot.addWidget(widget)
    action = menu.addAction("Edit")
    menu.addSeparator()
    menu.setActiveAction(action)
    assert theme.color("accent-soft").name() in colors(menu.grab().toImage())
    bar.addMenu("File")
    assert theme.color("text").name() in colors(bar.grab().toImage())
    tabs.addTab("One")
    tabs.addTab("Two")
    assert theme.color("accent").name() in colors(tabs.grab().toImage())
    tool.setText("Columns")
    plain = tool.sizeHint().width()
    tool.setMenu(QMenu(tool))
    tool.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    assert tool.sizeHint().width() > plain
    tool.setCheckable(True)
    tool.setChecked(True)
    assert theme.color("accent-soft").name() in colors(tool.grab().toImage())


def test_radio_buttons_show_their_choice(theme: Theme, qtbot: QtBot) -> None:
    radio = QRadioButton()
    qtbot.addWidget(radio)
    assert theme.color("accent").name() not in colors(radio.grab().toImage())
    radio.setChecked(True)
    assert theme.color("accent").name() in colors(radio.grab().toImage())


def test_text_starts_at_one_line_in_all_fields(theme: Theme, qtbot: QtBot) -> None:
    spin = QSpinBox()
    qtbot.addWidget(spin)
    spin.show()
    assert spin.findChild(QLineEdit).x() >= 6


def test_a_framed_editor_shows_the_focus(theme: Theme, qtbot: QtBot) -> None:
    editor = QPlainTextEdit()
    qtbot.addWidget(editor)
    editor.show()
    editor.activateWindow()
    editor.setFocus()
    qtbot.waitUntil(editor.hasFocus)
    assert editor.grab().toImage().pixelColor(0, 20) == theme.color("accent")
    editor.clearFocus()
    assert editor.grab().toImage().pixelColor(0, 20) == theme.color("border")
