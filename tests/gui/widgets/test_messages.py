import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from learnpath.gui.infra.theme import Theme
from learnpath.gui.widgets.banner import Banner
from learnpath.gui.widgets.card import Card
from learnpath.gui.widgets.deadline_row import DeadlineRow
from learnpath.gui.widgets.empty_state import EmptyState
from learnpath.gui.widgets.inspector import Inspector
from learnpath.gui.widgets.link_button import LinkButton
from learnpath.gui.widgets.plain_label import PlainLabel
from learnpath.gui.widgets.toast import Toast


def test_banner_offers_actions_and_goes(theme: Theme, qtbot: QtBot) -> None:
    banner = Banner(theme)
    qtbot.addWidget(banner)
    assert not banner.isVisible()
    banner.show_message("warn", "The folder is gone.", [("old", "Old")])
    banner.show_message("error", "The disk is full.", [("free", "Free space"), ("retry", "Try again")])
    qtbot.waitUntil(lambda: sum(link.isVisible() for link in banner.findChildren(LinkButton)) == 2)
    links = [link for link in banner.findChildren(LinkButton) if link.isVisible()]
    assert [link.text() for link in links] == ["Free space", "Try again"]
    with qtbot.waitSignal(banner.action_chosen) as sent:
        links[1].click()
    assert sent.args == ["retry"]
    assert banner.accessibleName() == banner.text == "The disk is full."
    with qtbot.waitSignal(banner.closed):
        qtbot.keyClick(banner, Qt.Key.Key_Escape)
    assert not banner.isVisible()


@pytest.fixture
def host(qtbot: QtBot) -> QWidget:
    page = QWidget()
    qtbot.addWidget(page)
    page.resize(600, 400)
    QVBoxLayout(page).addWidget(QLineEdit())
    page.show()
    return page


def test_toast_goes_by_itself(theme: Theme, qtbot: QtBot, host: QWidget) -> None:
    toast = Toast(theme, host, lifetime_ms=20)
    toast.show_message("Moved to the trash")
    assert toast.isVisible()
    assert host.rect().contains(toast.geometry())
    qtbot.waitUntil(toast.isHidden)


def test_toast_waits_for_the_keyboard_and_undoes_once(theme: Theme, qtbot: QtBot, host: QWidget) -> None:
    toast = Toast(theme, host)
    toast.show_message("Moved to the trash", "Undo")
    undo = toast.findChild(LinkButton)
    assert undo is not None
    assert toast.is_counting
    host.activateWindow()
    undo.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(undo.hasFocus)
    assert not toast.is_counting
    host.findChild(QLineEdit).setFocus()
    assert toast.is_counting
    with qtbot.waitSignal(toast.action_clicked):
        qtbot.keyClick(undo, Qt.Key.Key_Space)
    assert toast.isHidden()


def test_toast_stays_inside_of_its_host(theme: Theme, host: QWidget) -> None:
    toast = Toast(theme, host)
    toast.show_message("A very long title that goes on and on " * 6, "Undo")
    host.resize(300, 200)
    assert host.rect().contains(toast.geometry())


def test_labels_never_read_markup(theme: Theme, qtbot: QtBot) -> None:
    label = PlainLabel(theme, "<b>bold</b> <img src='x'>", elide=True)
    qtbot.addWidget(label)
    label.resize(40, 20)
    label.show()
    assert label.textFormat() == Qt.TextFormat.PlainText
    assert "<img" not in label.toolTip()
    assert "&lt;img" in label.toolTip()
    label.resize(2000, 20)
    assert label.toolTip() == ""


def test_labels_change_role_and_colour(theme: Theme, qtbot: QtBot) -> None:
    label = PlainLabel(theme, "Text", "small", "muted")
    qtbot.addWidget(label)
    label.set_role("number")
    label.set_color("bad")
    assert label.font().pointSizeF() == pytest.approx(theme.font("number").pointSizeF(), abs=0.1)
    assert label.palette().windowText().color() == theme.color("bad")
    theme.set_mode("dark")
    assert label.palette().windowText().color() == theme.color("bad")


def test_card_has_title_note_and_link(theme: Theme, qtbot: QtBot) -> None:
    card = Card(theme, "Paths", "All paths")
    qtbot.addWidget(card)
    card.add(PlainLabel(theme, "Body"))
    card.set_note("3 of 4")
    assert card.accessibleName() == "Paths"
    with qtbot.waitSignal(card.link_clicked):
        card.findChild(LinkButton).click()
    card.resize(200, 100)
    image = card.grab().toImage()
    assert image.pixelColor(100, 96) == theme.color("surface")
    assert image.pixelColor(100, 99) == theme.color("border")


def test_deadline_row_opens_by_mouse_and_keyboard(theme: Theme, qtbot: QtBot) -> None:
    row = DeadlineRow(
        theme, "27 Nov", "SC-200 exam of the security operations analyst", "in 6 days", "Exam", "warn", key=7
    )
    qtbot.addWidget(row)
    assert row.accessibleName() == "27 Nov, SC-200 exam of the security operations analyst, in 6 days, Exam"
    with qtbot.waitSignal(row.activated) as sent:
        qtbot.mouseClick(row, Qt.MouseButton.LeftButton)
    assert sent.args == [7]
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Return):
        with qtbot.waitSignal(row.activated):
            qtbot.keyClick(row, key)
    row.resize(row.minimumSizeHint())
    row.show()
    assert "SC-200" in row.toolTip()


def test_empty_state_offers_the_next_step(theme: Theme, qtbot: QtBot) -> None:
    state = EmptyState(theme, "path", "No paths yet", "A path leads to a role.", "Plan a path")
    qtbot.addWidget(state)
    primary, secondary = state.findChildren(QPushButton)
    assert primary.property("primary") is True
    assert secondary.isHidden()
    with qtbot.waitSignal(state.primary_clicked):
        primary.click()


def test_inspector_is_filled_anew(theme: Theme, qtbot: QtBot) -> None:
    panel = Inspector(theme, "Details")
    qtbot.addWidget(panel)
    panel.set_heading("First", "Issuer", [("Earned", "ok")])
    panel.add_row("Cost", "€ 165")
    panel.set_heading("Second")
    panel.add_section("Skills")
    panel.add_row("Level", "3")
    panel.show()
    texts = {label.text() for label in panel.findChildren(PlainLabel) if label.isVisible()}
    assert texts == {"Second", "Skills", "Level", "3"}
    assert panel.grab().toImage().pixelColor(200, 500) == theme.color("surface")
