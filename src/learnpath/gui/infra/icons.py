"""The program's own icons, tinted with the theme's colours whenever they are painted.

Only files of `resources/icons` are rendered: a picture from outside never reaches the SVG renderer.
"""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from learnpath.gui.infra.theme import Theme
from learnpath.gui.infra.tokens import Token
from learnpath.resources import resource_path


@lru_cache(maxsize=256)
def _source(name: str) -> str:
    return resource_path(f"icons/{name}.svg").read_text(encoding="utf-8")


@lru_cache(maxsize=512)
def _renderer(name: str, color: str) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(_source(name).replace("currentColor", color).encode()))


def icon_names() -> tuple[str, ...]:
    """Return the names of all one-colour icons, sorted; the app icon is not among them."""
    return tuple(sorted(path.stem for path in resource_path("icons").glob("*.svg") if path.stem != "app"))


def app_icon() -> QIcon:
    """Return the program's icon with the sizes that desktops ask for."""
    icon = QIcon()
    renderer = _renderer("app", "")
    for size in (16, 24, 32, 48, 64, 128, 256):
        icon.addPixmap(_render(renderer, QSize(size, size)))
    return icon


def _render(renderer: QSvgRenderer, size: QSize, scale: float = 1.0) -> QPixmap:
    pixmap = QPixmap(size)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.render(painter, QRectF(0, 0, size.width(), size.height()))
    painter.end()
    pixmap.setDevicePixelRatio(scale)
    return pixmap


class _TintedEngine(QIconEngine):
    """Paints one file in a token's colour of the theme in force, so a theme switch needs a repaint only."""

    def __init__(self, theme: Theme, name: str, token: Token) -> None:
        super().__init__()
        self._theme = theme
        self._name = name
        self._token: Token = token

    def _color(self, mode: QIcon.Mode) -> QColor:
        return self._theme.color("faint" if mode == QIcon.Mode.Disabled else self._token)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Paint into the largest square in the middle of `rect`."""
        paint_icon(painter, QRectF(rect), self._name, self._color(mode))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """Return a picture of `size` device pixels."""
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        """Return a picture of `size` logical pixels for a screen with `scale` pixels per logical one."""
        return _render(_renderer(self._name, self._color(mode).name()), size * scale, scale)

    def clone(self) -> QIconEngine:
        """Return a second engine of the same icon."""
        return _TintedEngine(self._theme, self._name, self._token)

    def iconName(self) -> str:
        """Return the icon's name in the set."""
        return self._name

    def isNull(self) -> bool:
        """Return False: an icon of the set always paints something."""
        return False


def paint_icon(painter: QPainter, rect: QRectF, name: str, color: QColor) -> None:
    """Paint an icon of the set into the middle of `rect`, as large as fits."""
    side = min(rect.width(), rect.height())
    square = QRectF(0, 0, side, side)
    square.moveCenter(rect.center())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _renderer(name, color.name()).render(painter, square)
    painter.restore()


class Icons:
    """Makes icons of the set in the theme's colours. Cheap: all instances share one store of read files."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme

    def icon(self, name: str, tint: Token = "text") -> QIcon:
        """Return an icon in the token `tint` that follows the theme; faint when disabled.

        Raises FileNotFoundError for a name that is not in the set.
        """
        _source(name)
        return QIcon(_TintedEngine(self._theme, name, tint))

    def pixmap(self, name: str, size: int, tint: Token = "text", scale: float = 1.0) -> QPixmap:
        """Return a picture `size` logical pixels wide for a screen of `scale`, as the theme is now."""
        edge = round(size * scale)
        return _render(_renderer(name, self._theme.color(tint).name()), QSize(edge, edge), scale)

    def paint(self, painter: QPainter, rect: QRectF, name: str, tint: Token = "text") -> None:
        """Paint an icon in the theme's colour as it is now."""
        paint_icon(painter, rect, name, self._theme.color(tint))
