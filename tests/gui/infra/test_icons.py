import pytest
from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QIcon, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from learnpath.gui.infra.icons import Icons, app_icon, icon_names
from learnpath.gui.infra.theme import Theme
from learnpath.resources import resource_path


def strongest(image: QImage) -> QColor:
    pixels = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return max(pixels, key=QColor.alpha)


@pytest.mark.parametrize("name", icon_names())
def test_every_icon_is_one_stroke_in_one_colour(name: str, theme: Theme) -> None:
    source = resource_path(f"icons/{name}.svg").read_text(encoding="utf-8")
    assert 'viewBox="0 0 24 24"' in source
    assert 'stroke-width="1.75"' in source
    assert "#" not in source
    assert QSvgRenderer(str(resource_path(f"icons/{name}.svg"))).isValid()
    image = Icons(theme).pixmap(name, 24, "accent").toImage()
    assert strongest(image).alpha() > 150
    edges = [image.pixelColor(p, q).alpha() for p in range(24) for q in (0, 23)]
    assert max(edges) < 60


def test_icons_follow_the_theme(theme: Theme) -> None:
    icon = Icons(theme).icon("star", "accent")
    light = strongest(icon.pixmap(QSize(64, 64), 1.0).toImage())
    theme.set_mode("dark")
    dark = strongest(icon.pixmap(QSize(64, 64), 1.0).toImage())
    assert (light, dark) == (QColor("#2F5BD7"), QColor("#8AA8FF"))


def test_disabled_icons_are_faint(theme: Theme) -> None:
    icon = Icons(theme).icon("star")
    image = icon.pixmap(QSize(64, 64), 1.0, QIcon.Mode.Disabled).toImage()
    assert strongest(image) == theme.color("faint")


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0, 3.0])
def test_icons_have_all_pixels_of_the_screen(theme: Theme, scale: float) -> None:
    pixmap = Icons(theme).icon("edit").pixmap(QSize(20, 20), scale)
    assert pixmap.width() == round(20 * scale)
    assert pixmap.devicePixelRatio() == scale


def test_icons_are_painted_by_buttons(theme: Theme, qtbot: QtBot) -> None:
    button = QPushButton()
    qtbot.addWidget(button)
    button.setIcon(Icons(theme).icon("circle", "bad"))
    button.setIconSize(QSize(32, 32))
    image = button.grab().toImage()
    colors = {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}
    assert theme.color("bad").name() in colors


def test_icons_can_be_painted_directly(theme: Theme) -> None:
    image = QImage(30, 30, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    Icons(theme).paint(painter, QRectF(0, 0, 30, 20), "check", "ok")
    painter.end()
    assert strongest(image).green() > strongest(image).red()


def test_a_name_that_is_not_in_the_set_is_refused(theme: Theme) -> None:
    with pytest.raises(FileNotFoundError):
        Icons(theme).icon("no-such-icon")


def test_the_app_icon_has_sizes(theme: Theme) -> None:
    assert {size.width() for size in app_icon().availableSizes()} >= {16, 32, 256}
    assert app_icon().pixmap(64, 64).toImage().pixelColor(32, 8).blue() > 150
