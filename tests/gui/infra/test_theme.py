import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette, QStyleHints
from PySide6.QtWidgets import QApplication, QTableView
from pytestqt.qtbot import QtBot

from learnpath.gui.infra.theme import Theme
from learnpath.gui.infra.tokens import TOKENS, ThemeName, Token, build_palette, read_theme

NAMES: tuple[ThemeName, ...] = ("light", "dark", "contrast")
TEXT_PAIRS: tuple[tuple[Token, Token], ...] = (
    *((ink, ground) for ink in ("text", "muted", "accent") for ground in ("bg", "surface", "side")),
    *((kind, f"{kind}-soft") for kind in ("ok", "warn", "bad", "plan", "accent")),
    *((kind, "surface") for kind in ("ok", "warn", "bad", "plan")),
    ("text", "accent-soft"),
    ("text", "warn-soft"),
    ("text", "bad-soft"),
    ("text", "ok-soft"),
    ("muted", "accent-soft"),
    ("accent", "warn-soft"),
    ("on-accent", "accent"),
    ("on-accent", "accent-strong"),
)
LINE_PAIRS: tuple[tuple[Token, Token], ...] = (
    ("accent", "surface"),
    ("accent", "bg"),
    ("accent", "track"),
    ("faint", "surface"),
    ("bad", "surface"),
)


def contrast(one: QColor, other: QColor) -> float:
    """WCAG 2.2, relative luminance and contrast ratio."""

    def luminance(color: QColor) -> float:
        parts = (color.redF(), color.greenF(), color.blueF())
        red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("name", NAMES)
def test_text_can_be_read(name: ThemeName) -> None:
    colors = read_theme(name)
    least = 7.0 if name == "contrast" else 4.5
    weak = {pair: contrast(colors[pair[0]], colors[pair[1]]) for pair in TEXT_PAIRS}
    assert {pair: ratio for pair, ratio in weak.items() if ratio < least} == {}


@pytest.mark.parametrize("name", NAMES)
def test_lines_that_mean_something_can_be_seen(name: ThemeName) -> None:
    colors = read_theme(name)
    ratios = {pair: contrast(colors[pair[0]], colors[pair[1]]) for pair in LINE_PAIRS}
    assert {pair: ratio for pair, ratio in ratios.items() if ratio < 3.0} == {}


@pytest.mark.parametrize("name", NAMES)
def test_palette_has_every_role_in_every_group(name: ThemeName) -> None:
    colors = read_theme(name)
    known = {color.rgb() for color in colors.values()}
    palette = build_palette(colors)
    for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive, QPalette.ColorGroup.Disabled):
        for role in QPalette.ColorRole:
            if role not in (QPalette.ColorRole.NoRole, QPalette.ColorRole.NColorRoles):
                assert palette.color(group, role).rgb() in known, (group, role)
    disabled = palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.ButtonText)
    assert disabled == colors["faint"]


def test_modes_apply_at_once_and_tell(theme: Theme, qtbot: QtBot, qapp: QApplication) -> None:
    with qtbot.waitSignal(theme.changed):
        theme.set_mode("dark")
    assert (theme.mode, theme.name, theme.is_dark) == ("dark", "dark", True)
    assert qapp.palette().color(QPalette.ColorRole.Window) == theme.color("bg") == QColor("#16181C")
    with qtbot.assertNotEmitted(theme.changed):
        theme.set_mode("dark")


def test_system_mode_follows_the_desktop(theme: Theme, qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    theme.set_mode("system")
    assert theme.name == "light"
    monkeypatch.setattr(QStyleHints, "colorScheme", lambda hints: Qt.ColorScheme.Dark)
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert (theme.mode, theme.name) == ("system", "dark")


def test_text_grows_with_the_scale(theme: Theme, qtbot: QtBot, qapp: QApplication) -> None:
    view = QTableView()
    qtbot.addWidget(view)
    before = theme.font().pointSizeF()
    with qtbot.waitSignal(theme.changed):
        theme.set_scale(1.5)
    assert theme.font().pointSizeF() == pytest.approx(before * 1.5)
    assert qapp.font().pointSizeF() == pytest.approx(before * 1.5, abs=0.1)
    assert theme.px(32) == 48
    assert view.verticalHeader().defaultSectionSize() == 54
    for wrong in (0.9, 2.1):
        with pytest.raises(ValueError, match="not between"):
            theme.set_scale(wrong)


def test_colors_handed_out_are_copies(theme: Theme) -> None:
    theme.color("accent").setAlpha(0)
    assert theme.color("accent").alpha() == 255
    half = theme.blend("accent", "surface", 0.5)
    assert half.red() == round((theme.color("accent").red() + 255) / 2)


def test_no_style_sheet(theme: Theme, qapp: QApplication) -> None:
    assert qapp.styleSheet() == ""


def test_theme_files_hold_exactly_the_tokens() -> None:
    for name in NAMES:
        assert set(read_theme(name)) == set(TOKENS)
