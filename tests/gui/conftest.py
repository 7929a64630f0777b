"""The theme of the window for tests that need one; set back to light at 100 % before each."""

import pytest
from PySide6.QtWidgets import QApplication

from learnpath.gui.infra.theme import Theme


@pytest.fixture(scope="session")
def _one_theme(qapp: QApplication) -> Theme:
    return Theme(qapp, "light")


@pytest.fixture
def theme(_one_theme: Theme) -> Theme:
    _one_theme.set_mode("light")
    _one_theme.set_scale(1.0)
    return _one_theme
