"""The one place of colours, fonts and sizes; applies them to the application and follows the system.

How a control is painted is in `style`; pictures are in `icons`.
"""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QApplication, QWidget

from learnpath.gui.infra.fonts import TextRole, interface_family, make_font
from learnpath.gui.infra.style import LearnpathStyle
from learnpath.gui.infra.tokens import SPACING, ThemeMode, ThemeName, Token, build_palette, read_theme


class Theme(QObject):
    """The colours, fonts and sizes in force. Owns the look of the whole application.

    `changed` is sent after the palette, the style and the font have been applied.
    """

    changed = Signal()

    def __init__(
        self,
        application: QApplication,
        mode: ThemeMode = "system",
        scale: float = 1.0,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._application = application
        self._mode: ThemeMode = mode
        self._scale = scale
        self._family = interface_family()
        self._name: ThemeName = self._effective_name()
        self._colors = read_theme(self._name)
        self._fonts: dict[tuple[TextRole, bool], QFont] = {}
        self._style = LearnpathStyle(self)
        application.setStyle(self._style)
        self._apply()
        self._connect()

    @property
    def mode(self) -> ThemeMode:
        """Return what the person chose."""
        return self._mode

    @property
    def name(self) -> ThemeName:
        """Return the theme in force, with `system` resolved."""
        return self._name

    @property
    def is_dark(self) -> bool:
        """Return whether light text stands on a dark ground."""
        return self._colors["bg"].lightness() < 128

    @property
    def scale(self) -> float:
        """Return the text scale, 1.0 to 2.0."""
        return self._scale

    @property
    def spacing(self) -> int:
        """Return the step of all distances in logical pixels."""
        return SPACING

    def set_mode(self, mode: ThemeMode) -> None:
        """Choose a theme, or `system` to follow the desktop's setting."""
        self._mode = mode
        self._follow()

    def set_scale(self, scale: float) -> None:
        """Set the size of text: 1.0 is 100 %, 2.0 is 200 %.

        Raises ValueError outside of that range.
        """
        if not 1.0 <= scale <= 2.0:
            raise ValueError(f"text scale {scale} is not between 1 and 2")
        if scale != self._scale:
            self._scale = scale
            self._fonts.clear()
            self._apply()
            # Views and layouts ask the style for lengths once and again only after this event.
            for widget in self._application.allWidgets():
                QApplication.sendEvent(widget, QEvent(QEvent.Type.StyleChange))
            self.changed.emit()

    def color(self, token: Token) -> QColor:
        """Return a token's colour in the theme in force."""
        return QColor(self._colors[token])

    def blend(self, over: Token, under: Token, share: float) -> QColor:
        """Return `share` (0 to 1) of one token's colour over another's."""
        top, ground = self._colors[over], self._colors[under]
        return QColor(
            round(top.red() * share + ground.red() * (1 - share)),
            round(top.green() * share + ground.green() * (1 - share)),
            round(top.blue() * share + ground.blue() * (1 - share)),
        )

    def font(self, role: TextRole = "body", *, tabular: bool = False) -> QFont:
        """Return the font of a text role at the scale in force; `tabular` for dates and money."""
        key = (role, tabular)
        if key not in self._fonts:
            self._fonts[key] = make_font(self._family, role, self._scale, tabular=tabular)
        return QFont(self._fonts[key])

    def px(self, pixels: float) -> int:
        """Return a length that grows with the text, such as the height of a control (32) or a row (36)."""
        return round(pixels * self._scale)

    def _connect(self) -> None:
        hints = self._application.styleHints()
        hints.colorSchemeChanged.connect(self._follow)
        self._application.focusChanged.connect(self._mark_focus)
        accessibility = getattr(hints, "accessibility", None)
        if accessibility is not None:
            accessibility().contrastPreferenceChanged.connect(self._follow)

    def _mark_focus(self, old: QWidget | None, now: QWidget | None) -> None:
        # The ring shows where the keyboard is: not on what was clicked, but on what the program focused.
        if now is not None:
            by_mouse = QApplication.mouseButtons() != Qt.MouseButton.NoButton
            now.window().setAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange, not by_mouse)

    def _effective_name(self) -> ThemeName:
        if self._mode != "system":
            return self._mode
        hints = self._application.styleHints()
        accessibility = getattr(hints, "accessibility", None)
        if accessibility is not None:
            preference = accessibility().contrastPreference()
            if preference == Qt.ContrastPreference.HighContrast:
                return "contrast"
        return "dark" if hints.colorScheme() == Qt.ColorScheme.Dark else "light"

    def _follow(self) -> None:
        name = self._effective_name()
        if name != self._name:
            self._name = name
            self._colors = read_theme(name)
            self._apply()
            self.changed.emit()

    def _apply(self) -> None:
        self._application.setPalette(build_palette(self._colors))
        self._application.setFont(self.font("body"))
        # The stubs say bytes, the binding takes text only.
        self._application.setFont(self.font("tiny_strong"), "QHeaderView")  # pyright: ignore[reportArgumentType]
        self._application.setFont(self.font("small"), "QToolTip")  # pyright: ignore[reportArgumentType]
