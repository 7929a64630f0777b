import pytest
from PySide6.QtGui import QFont, QFontMetricsF

from learnpath.gui.infra.fonts import choose_family
from learnpath.gui.infra.theme import Theme


@pytest.mark.parametrize(
    ("system", "installed", "chosen"),
    [
        ("Segoe UI", {"Inter", "Segoe UI"}, "Segoe UI"),
        ("Sans Serif", {"Noto Sans", "Inter"}, "Inter"),
        ("DejaVu Sans", {"DejaVu Sans", "Open Sans"}, "Open Sans"),
        ("DejaVu Sans", {"DejaVu Sans"}, "DejaVu Sans"),
    ],
)
def test_the_system_chooses_where_it_has_a_choice(system: str, installed: set[str], chosen: str) -> None:
    assert choose_family(system, installed) == chosen


def test_roles_differ_in_size_and_weight(theme: Theme) -> None:
    assert theme.font("number").pointSizeF() == pytest.approx(2 * theme.font("body").pointSizeF())
    assert theme.font("tiny").pointSizeF() < theme.font("small").pointSizeF()
    assert theme.font("title").weight() == QFont.Weight.DemiBold


def test_tabular_figures_are_equally_wide(theme: Theme) -> None:
    font = theme.font("body", tabular=True)
    assert QFont.Tag("tnum") in font.featureTags()
    metrics = QFontMetricsF(font)
    assert metrics.horizontalAdvance("1111") == pytest.approx(metrics.horizontalAdvance("8888"))
