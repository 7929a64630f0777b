import sys

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from learnpath.gui.interpreter import protect_singletons


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None cannot run out of references here")
def test_none_survives_more_calls_than_it_had_references(qtbot: QtBot) -> None:
    protect_singletons()
    thing = QObject()
    for _ in range(50_000):
        thing.setObjectName("name")
    assert sys.getrefcount(None) > 1 << 40
