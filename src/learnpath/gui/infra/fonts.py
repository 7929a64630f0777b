"""Which typeface the window uses and the text roles with their sizes and weights.

Sizes are logical pixels at 100 %; the theme multiplies them. Fonts of the exported documents are not here.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication

TextRole = Literal[
    "body",
    "medium",
    "strong",
    "small",
    "small_strong",
    "tiny",
    "tiny_strong",
    "card_title",
    "brand",
    "heading",
    "title",
    "number",
]

# What a platform without a desktop reports: "whatever is there", not a chosen UI font.
_GENERIC = frozenset({"", "Sans", "Sans Serif", "Sans-Serif", "DejaVu Sans", "Bitstream Vera Sans", "Helvetica"})
_PREFERRED = ("Inter", "Noto Sans", "Cantarell", "Open Sans", "Liberation Sans")


@dataclass(frozen=True, slots=True)
class TextShape:
    """The size in logical pixels at 100 % and the weight of a text role."""

    pixels: float
    weight: QFont.Weight


_SHAPES: dict[TextRole, TextShape] = {
    "body": TextShape(13, QFont.Weight.Normal),
    "medium": TextShape(13, QFont.Weight.Medium),
    "strong": TextShape(13, QFont.Weight.DemiBold),
    "small": TextShape(12, QFont.Weight.Normal),
    "small_strong": TextShape(12, QFont.Weight.DemiBold),
    "tiny": TextShape(11.5, QFont.Weight.Normal),
    "tiny_strong": TextShape(11.5, QFont.Weight.DemiBold),
    "card_title": TextShape(13, QFont.Weight.DemiBold),
    "brand": TextShape(15, QFont.Weight.DemiBold),
    "heading": TextShape(16, QFont.Weight.DemiBold),
    "title": TextShape(17, QFont.Weight.DemiBold),
    "number": TextShape(26, QFont.Weight.DemiBold),
}


def choose_family(system_family: str, installed: Collection[str]) -> str:
    """Return the family to use: the system's own, or the first preferred one where the system names none."""
    if system_family not in _GENERIC:
        return system_family
    return next((family for family in _PREFERRED if family in installed), system_family)


def interface_family() -> str:
    """Return the family for the window on this computer."""
    system = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()
    return choose_family(system, frozenset(QFontDatabase.families()))


def make_font(family: str, role: TextRole, scale: float, *, tabular: bool = False) -> QFont:
    """Return the font of a role; `scale` 1.5 means text at 150 %, `tabular` gives figures of equal width."""
    shape = _SHAPES[role]
    font = QFont(family)
    # Pixel sizes are whole numbers in Qt, point sizes are not: 11.5 px needs points.
    screen = QGuiApplication.primaryScreen()
    font.setPointSizeF(shape.pixels * scale * 72 / screen.logicalDotsPerInchY())
    font.setWeight(shape.weight)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setStyleStrategy(QFont.StyleStrategy.PreferAntialias)
    if tabular:
        font.setFeature(QFont.Tag("tnum"), 1)
    return font
