"""Lists of skills and of occupations on the import screen."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from tests.gui.screens.importing.conftest import OpenFiles
from tests.library_fixtures import add, earned
from tests.unit.interchange.list_files import ESCO, OCCUPATIONS

from learnpath.domain.records import Path as LearningPath
from learnpath.domain.records import Program, Skill
from learnpath.gui.infra.context import GuiContext
from learnpath.gui.screens.importing.desk import DeskState
from learnpath.gui.screens.importing.screen import ImportScreen
from learnpath.gui.screens.programs.program_dialog import ProgramDialog
from learnpath.gui.shell.window import MainWindow
from learnpath.interchange.plan import RowKind
from learnpath.services.programs import ProgramForm
from learnpath.storage.library import Library

SKILLS, JOBS = ESCO.decode(), OCCUPATIONS.decode()


def cells(screen: ImportScreen, column: str) -> list[str]:
    model = screen.page.model
    at = [one.key for one in model.columns].index(column)
    return [str(model.data(model.index(row, at))) for row in range(model.rowCount())]


def run_import(qtbot: QtBot, screen: ImportScreen) -> None:
    qtbot.mouseClick(screen.footer.import_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: screen.desk.state is DeskState.REPORT)


def test_skills_are_shown_counted_imported_and_taken_back(
    qtbot: QtBot, screen: ImportScreen, open_files: OpenFiles, library: Library
) -> None:
    _ = add(library, earned("Loom Licence"), skills=("Tint",))
    _ = open_files({"skills.csv": SKILLS})
    page = screen.page
    assert page.recognised.text() == "ESCO classification · 3 rows · recognised as a list of skills"
    assert page.kind_box.isHidden()
    kinds = (RowKind.NEW, RowKind.UPDATE, RowKind.UNDECIDED, RowKind.BROKEN)
    assert [page.chips.chip(kind).text() for kind in kinds] == ["New 1", "Update 1", "Check 0", "Error 1"]
    assert [column.title for column in page.model.columns] == ["What happens", "Title", "Also called", "Note"]
    assert cells(screen, "title") == ["weave cloth", "dye", ""]
    assert cells(screen, "others") == ["make cloth, weave", "colour, tint", ""]
    assert cells(screen, "note")[:2] == ["—", "adds address"]
    assert screen.footer.import_button.text() == "Import 2 skills"

    run_import(qtbot, screen)
    card = screen.report_card
    assert card.headline.text() == "Imported 2 skills"
    # Skills have no screen of their own.
    assert card.programs_button.isHidden()
    assert card.credentials_button.isHidden()
    assert card.paths_button.isHidden()
    assert {one.name for one in library.all(Skill)} == {"weave cloth", "Tint"}
    qtbot.waitUntil(card.undo_button.isEnabled)
    qtbot.mouseClick(card.undo_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: screen.desk.state is DeskState.OPEN and not screen.desk.is_reading)
    assert [(one.name, one.uri) for one in library.all(Skill)] == [("Tint", "")]


def test_an_occupation_is_chosen_and_leads_to_the_paths(
    qtbot: QtBot, window: MainWindow, screen: ImportScreen, open_files: OpenFiles, library: Library
) -> None:
    _ = open_files({"occupations.csv": JOBS})
    page = screen.page
    assert page.recognised.text().endswith("recognised as a list of paths to choose from")
    assert cells(screen, "effect") == ["Check", "Check", "Error"]
    assert cells(screen, "note")[0] == "choose the occupations you aim at"
    assert cells(screen, "description")[:2] == ["Dyes it.", "Weaves cloth."]
    assert screen.footer.import_button.text() == "Nothing to import"
    row = page.model.planned_row(0)
    assert row is not None
    menu = page.table.menu_for(row)
    assert [action.objectName() for action in menu.actions()] == ["new", "skip", "", "later"]

    screen.desk.decide(screen.desk.files[0].id, [1], "new")
    assert screen.footer.import_button.text() == "Import 1 path"
    run_import(qtbot, screen)
    assert screen.report_card.headline.text() == "Imported 1 path"
    assert [(one.title, one.description) for one in library.all(LearningPath)] == [("weaver", "Weaves cloth.")]
    assert not screen.report_card.paths_button.isHidden()
    qtbot.mouseClick(screen.report_card.paths_button, Qt.MouseButton.LeftButton)
    shown = window.stack.current
    qtbot.waitUntil(lambda: (screen := shown()) is not None and screen.screen_id == "paths")


def test_several_kinds_are_named_on_the_button(screen: ImportScreen, open_files: OpenFiles) -> None:
    _ = open_files({"skills.csv": SKILLS, "list.csv": "Title;Issuer\nCloud Basics;Guild\n"})
    assert screen.footer.import_button.text() == "Import 1 program and 2 skills"


def test_imported_skills_are_suggested(
    qtbot: QtBot, context: GuiContext, screen: ImportScreen, open_files: OpenFiles
) -> None:
    _ = open_files({"skills.csv": SKILLS})
    run_import(qtbot, screen)
    dialog = ProgramDialog(context, ProgramForm(program=Program(name="")), "EUR")
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: dialog.skills.completer() is not None)
    qtbot.keyClicks(dialog.skills, "Sewing, cloth")
    model = dialog.skills.completer().model()
    assert [model.index(row, 0).data() for row in range(model.rowCount())] == ["weave cloth"]
