"""The window, the clipboard and the command line come to the same records."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.command_line import CommandLine
from tests.gui.screens.importing.conftest import OpenFiles, wait_read
from tests.gui.screens.importing.files import CERTIFICATIONS, PROGRAMS
from tests.gui.screens.importing.test_import_screen import run_import
from tests.unit.interchange.badges.makers import CREDENTIAL, encoded

from learnpath.domain.contents import LibraryContents
from learnpath.gui.screens.importing.desk import DeskState
from learnpath.gui.screens.importing.screen import ImportScreen
from learnpath.storage.library import Library


def records(contents: LibraryContents) -> list[object]:
    """Return what a library holds, without ids."""
    issuers = {one.id: one.name for one in contents.issuers}
    skills = {one.id: one.name for one in contents.skills}

    def named(ids: tuple[int, ...]) -> tuple[str, ...]:
        return tuple(skills[one] for one in ids)

    programs = [
        (one.name, issuers.get(one.issuer_id or 0), one.price, one.estimated_minutes, one.level, named(one.skill_ids))
        for one in contents.programs
    ]
    credentials = [
        (one.title, issuers.get(one.issuer_id or 0), one.awarded_on, one.license_number, one.stage)
        for one in contents.credentials
    ]
    return [programs, credentials, sorted(issuers.values()), [one.original_name for one in contents.evidence]]


def test_files_come_in_alike(
    qtbot: QtBot, screen: ImportScreen, open_files: OpenFiles, library: Library, tmp_path: Path
) -> None:
    paths = open_files({"list.csv": PROGRAMS, "Certifications.csv": CERTIFICATIONS, "badge.json": encoded(CREDENTIAL)})
    run_import(qtbot, screen)
    line = CommandLine(tmp_path / "other")
    _ = line.run("import", *paths)
    assert records(line.contents()) == records(library.contents())
    assert len(library.contents().credentials) > 2


def test_pasted_rows_come_in_as_those_of_the_same_file(
    qtbot: QtBot, screen: ImportScreen, library: Library, tmp_path: Path
) -> None:
    qtbot.waitUntil(lambda: QApplication.focusWidget() is screen.drop_area.choose_button)
    QGuiApplication.clipboard().setText(CERTIFICATIONS)
    qtbot.keyClick(screen.drop_area.choose_button, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: screen.desk.state is DeskState.OPEN)
    wait_read(qtbot, screen)
    run_import(qtbot, screen)
    file = tmp_path / "Certifications.csv"
    _ = file.write_text(CERTIFICATIONS)
    line = CommandLine(tmp_path / "other")
    _ = line.run("import", file)
    assert records(line.contents()) == records(library.contents())
