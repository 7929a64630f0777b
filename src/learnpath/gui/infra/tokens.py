"""The named colours of a theme and the palette made of them.

The values are in `resources/themes/*.toml`; who uses them and when they change is in `theme`.
"""

import tomllib
from typing import Literal, Protocol, get_args

from PySide6.QtGui import QColor, QFont, QPalette

from learnpath.gui.infra.fonts import TextRole
from learnpath.resources import resource_path

ThemeMode = Literal["system", "light", "dark", "contrast"]
ThemeName = Literal["light", "dark", "contrast"]
Token = Literal[
    "bg",
    "surface",
    "side",
    "border",
    "control-border",
    "track",
    "text",
    "muted",
    "faint",
    "accent",
    "accent-strong",
    "accent-soft",
    "on-accent",
    "ok",
    "ok-soft",
    "warn",
    "warn-soft",
    "bad",
    "bad-soft",
    "plan",
    "plan-soft",
]
TOKENS: tuple[Token, ...] = get_args(Token)
SPACING = 4


def read_theme(name: ThemeName) -> dict[Token, QColor]:
    """Return the colours of a theme file.

    Raises KeyError when a token is missing and ValueError when one is no colour.
    """
    table = tomllib.loads(resource_path(f"themes/{name}.toml").read_text(encoding="utf-8"))["tokens"]
    colors: dict[Token, QColor] = {token: QColor(str(table[token])) for token in TOKENS}
    for token, color in colors.items():
        if not color.isValid():
            raise ValueError(f"theme {name}: {token} is no colour")
    return colors


def build_palette(colors: dict[Token, QColor]) -> QPalette:
    """Return the palette of a theme for all three groups; disabled text is faint."""
    palette = QPalette()
    role = QPalette.ColorRole
    roles: dict[QPalette.ColorRole, Token] = {
        role.Window: "bg",
        role.WindowText: "text",
        role.Base: "surface",
        role.AlternateBase: "bg",
        role.Text: "text",
        role.Button: "surface",
        role.ButtonText: "text",
        role.BrightText: "bad",
        role.Highlight: "accent-soft",
        role.HighlightedText: "text",
        role.Accent: "accent",
        role.Link: "accent",
        role.LinkVisited: "plan",
        role.PlaceholderText: "faint",
        role.ToolTipBase: "surface",
        role.ToolTipText: "text",
        role.Light: "surface",
        role.Midlight: "side",
        role.Mid: "border",
        role.Dark: "muted",
        role.Shadow: "border",
    }
    for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive, QPalette.ColorGroup.Disabled):
        for palette_role, token in roles.items():
            palette.setColor(group, palette_role, colors[token])
    for palette_role in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText, role.Link):
        palette.setColor(QPalette.ColorGroup.Disabled, palette_role, colors["faint"])
    palette.setColor(QPalette.ColorGroup.Disabled, role.Highlight, colors["side"])
    palette.setColor(QPalette.ColorGroup.Disabled, role.Accent, colors["faint"])
    return palette


class Look(Protocol):
    """What painting needs to know: colours, fonts and lengths in force."""

    def color(self, token: Token) -> QColor:
        """Return a token's colour."""
        ...

    def font(self, role: TextRole = "body", *, tabular: bool = False) -> QFont:
        """Return the font of a text role."""
        ...

    def px(self, pixels: float) -> int:
        """Return a length that grows with the text."""
        ...
