import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QLabel,
    QScrollBar,
    QWidget,
)
from pytestqt.qtbot import QtBot
from tests.gui.widgets.gallery import Gallery

from learnpath.gui.infra.theme import Theme, ThemeName
from learnpath.gui.widgets.plain_label import PlainLabel


@pytest.fixture
def gallery(theme: Theme, qtbot: QtBot) -> Gallery:
    page = Gallery(theme)
    qtbot.addWidget(page)
    page.resize(1320, 1240)
    page.show()
    page.activateWindow()
    page.toast.show_message("Moved to the trash", "Undo")
    return page


def cut(widget: QWidget) -> bool:
    """Whether a widget is smaller than its text needs."""
    if isinstance(widget.parent(), QAbstractSpinBox):
        return False
    least = widget.minimumSizeHint()
    if isinstance(widget, QLabel) and widget.wordWrap():
        return widget.heightForWidth(widget.width()) > widget.height()
    if isinstance(widget, QAbstractButton):
        least = widget.sizeHint().boundedTo(widget.minimumSizeHint().expandedTo(least))
    return widget.width() < least.width() or widget.height() < least.height()


@pytest.mark.parametrize("name", ["light", "dark", "contrast"])
def test_every_theme_paints_itself(gallery: Gallery, theme: Theme, name: ThemeName) -> None:
    theme.set_mode(name)
    QApplication.processEvents()
    image = gallery.grab().toImage()
    step = range(0, image.height(), 3)
    seen = {image.pixelColor(x, y).name() for y in step for x in range(0, image.width(), 3)}
    for token in ("bg", "surface", "accent", "accent-soft", "ok-soft", "border"):
        assert theme.color(token).name() in seen
    assert image.pixelColor(4, 4) == theme.color("bg")


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_nothing_is_cut(theme: Theme, qtbot: QtBot, scale: float) -> None:
    theme.set_scale(scale)
    page = Gallery(theme)
    qtbot.addWidget(page)
    page.resize(page.minimumSizeHint().expandedTo(page.sizeHint()))
    page.show()
    shown = [widget for widget in page.findChildren(QWidget) if widget.isVisible()]
    views = (QScrollBar, QAbstractScrollArea)
    wrong = [widget for widget in shown if not isinstance(widget, views) and cut(widget)]
    assert [(type(widget).__name__, widget.accessibleName(), widget.size()) for widget in wrong] == []


def test_labels_show_all_of_their_text(gallery: Gallery, qtbot: QtBot) -> None:
    labels = [label for label in gallery.findChildren(PlainLabel) if label.isVisible() and not label.wordWrap()]
    assert len(labels) > 20
    for label in labels:
        assert label.fontMetrics().horizontalAdvance(label.text()) <= label.width() + 1, label.text()


def test_whatever_takes_the_focus_has_a_name(gallery: Gallery) -> None:
    own = [w for w in gallery.findChildren(QWidget) if type(w).__module__.startswith("learnpath")]
    focusable = [w for w in own if w.isVisible() and w.focusPolicy().value & 1]
    assert len(focusable) > 10
    for widget in focusable:
        interface = QAccessible.queryAccessibleInterface(widget)
        assert interface.text(QAccessible.Text.Name), type(widget).__name__


def test_a_live_switch_repaints_everything_and_back(gallery: Gallery, theme: Theme, qtbot: QtBot) -> None:
    gallery.toast.dismiss()
    qtbot.waitUntil(gallery.isActiveWindow)
    # A caret blinks, and whether it is seen has nothing to do with the theme.
    gallery.focusWidget().clearFocus()
    QApplication.processEvents()
    light = gallery.grab().toImage()
    theme.set_mode("dark")
    QApplication.processEvents()
    dark = gallery.grab().toImage()
    grounds = (theme.color("bg"), theme.color("surface"))
    places = [(x, y) for x in range(0, 1320, 8) for y in range(0, 1240, 8)]
    pale = [place for place in places if dark.pixelColor(*place) == "#FFFFFF"]
    assert pale == []
    assert sum(dark.pixelColor(*place) in grounds for place in places) > len(places) * 0.6
    theme.set_mode("light")
    QApplication.processEvents()
    assert gallery.grab().toImage() == light
