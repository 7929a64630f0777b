"""The portfolio by what a person does: choices are stored, drawn and undone, and the file comes out."""

from collections.abc import Callable
from pathlib import Path

import pytest
import typst
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from learnpath.domain.records import Portfolio, Profile
from learnpath.gui.infra.context import GuiContext
from learnpath.gui.infra.messages import BannerMessage, MessageAction
from learnpath.gui.screens.exporting import EXPORT_PDF
from learnpath.gui.screens.portfolio import NEW_VERSION
from learnpath.gui.screens.portfolio.name_dialog import NameDialog
from learnpath.gui.screens.portfolio.page_view import PageView
from learnpath.gui.screens.portfolio.screen import PortfolioScreen
from learnpath.services.exporting import list_portfolios
from learnpath.services.profile import save_profile

Open = Callable[[GuiContext], PortfolioScreen]


@pytest.fixture
def open_screen(qtbot: QtBot) -> Open:
    def show(context: GuiContext) -> PortfolioScreen:
        screen = PortfolioScreen(context)
        qtbot.addWidget(screen)
        screen.resize(1112, 760)
        screen.show()
        qtbot.waitExposed(screen)
        settle(qtbot, context)
        return screen

    return show


def settle(qtbot: QtBot, context: GuiContext) -> None:
    qtbot.waitUntil(lambda: not context.operations.busy)


def pages(screen: PortfolioScreen) -> PageView:
    assert screen.preview.view is not None
    return screen.preview.view


def text_of(screen: PortfolioScreen) -> str:
    view = pages(screen)
    document = view.document()
    return "\n".join(document.getAllText(page).text() for page in range(view.pages))


def drawn_again(qtbot: QtBot, screen: PortfolioScreen, before: object) -> None:
    qtbot.waitUntil(lambda: pages(screen).document() is not before)
    settle(qtbot, screen.context)


def stored(context: GuiContext) -> Portfolio:
    return list_portfolios(context.library)[0]


def row_of(screen: PortfolioScreen, title: str) -> int:
    model = screen.choices.candidate_model
    return next(row for row in range(model.rowCount()) if model.index(row, 0).data() == title)


def click_row(qtbot: QtBot, view: object, row: int) -> None:
    rect = view.visualRect(view.model().index(row, 0))  # pyright: ignore[reportAttributeAccessIssue]
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(30, rect.center().y()))  # pyright: ignore[reportAttributeAccessIssue]


def test_the_pages_of_the_first_version_are_shown(open_screen: Open, sample_context: GuiContext) -> None:
    screen = open_screen(sample_context)
    assert "Mira Kovács" in text_of(screen)
    assert pages(screen).pages == 2
    assert screen.preview.pages.text() == "Page 1 of 2"
    model = screen.choices.section_model
    notes = [str(model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole)) for row in range(5)]
    assert notes[1] == "Credentials 16 of 16"
    assert screen.preview.name_line.isHidden()


def test_it_says_when_its_pages_have_been_drawn(open_screen: Open, sample_context: GuiContext, qtbot: QtBot) -> None:
    screen = open_screen(sample_context)
    qtbot.waitUntil(lambda: not screen.is_drawing)
    pages(screen).show_pdf(b"")
    assert screen.is_drawing


def test_leaving_a_credential_out_is_stored_drawn_and_undone(
    open_screen: Open, sample_context: GuiContext, qtbot: QtBot
) -> None:
    screen = open_screen(sample_context)
    before = pages(screen).document()
    out = stored(sample_context).excluded_ids
    row = row_of(screen, "GitHub Foundations")
    screen.choices.candidates.scrollTo(screen.choices.candidate_model.index(row, 0))
    click_row(qtbot, screen.choices.candidates, row)
    drawn_again(qtbot, screen, before)
    assert set(stored(sample_context).excluded_ids) > set(out)
    assert "GitHub Foundations" not in text_of(screen)
    assert screen.choices.candidate_model.counts == (15, 16)

    before = pages(screen).document()
    sample_context.operations.change(sample_context.library.undo)
    drawn_again(qtbot, screen, before)
    assert stored(sample_context).excluded_ids == out
    assert "GitHub Foundations" in text_of(screen)
    assert screen.choices.candidate_model.counts == (16, 16)


def test_sections_toggle_with_space_and_move_with_alt_and_arrows(
    open_screen: Open, sample_context: GuiContext, qtbot: QtBot
) -> None:
    screen = open_screen(sample_context)
    before = pages(screen).document()
    sections = screen.choices.sections
    sections.setFocus()
    sections.setCurrentIndex(screen.choices.section_model.index(2, 0))
    qtbot.keyClick(sections, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert sections.currentIndex().row() == 1
    qtbot.keyClick(sections, Qt.Key.Key_Down)
    qtbot.keyClick(sections, Qt.Key.Key_Space)
    drawn_again(qtbot, screen, before)
    assert stored(sample_context).sections == ("summary", "skills", "paths")
    # The section that is out keeps its place in the list, to come back there.
    qtbot.keyClick(sections, Qt.Key.Key_Space)
    settle(qtbot, sample_context)
    assert stored(sample_context).sections == ("summary", "skills", "credentials", "paths")


def test_sections_are_dragged_by_their_handle(open_screen: Open, sample_context: GuiContext, qtbot: QtBot) -> None:
    screen = open_screen(sample_context)
    view = screen.choices.sections
    right = view.viewport().width() - 8
    first, last = (view.visualRect(view.model().index(row, 0)).center().y() for row in (0, 4))
    qtbot.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(right, first))
    qtbot.mouseMove(view.viewport(), QPoint(right, last))
    qtbot.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(right, last))
    settle(qtbot, sample_context)
    assert stored(sample_context).sections == ("credentials", "skills", "paths", "summary")


def test_options_change_the_document(open_screen: Open, sample_context: GuiContext, qtbot: QtBot) -> None:
    screen = open_screen(sample_context)
    assert "mira.kovacs" not in text_of(screen)
    candidates = screen.choices.candidate_model.rowCount()
    before = pages(screen).document()
    for name in ("show_email", "show_expired", "show_planned"):
        screen.choices.options[name].click()
    drawn_again(qtbot, screen, before)
    version = stored(sample_context)
    assert (version.show_email, version.show_expired, version.show_planned) == (True, True, True)
    assert "mira.kovacs" in text_of(screen)
    assert screen.choices.candidate_model.rowCount() > candidates
    before = pages(screen).document()
    screen.choices.options["show_links"].click()
    screen.choices.options["show_license_numbers"].click()
    drawn_again(qtbot, screen, before)
    assert "SAMPLE-" not in text_of(screen)
    assert "verify.example" not in text_of(screen)


def test_none_all_valid_and_search(open_screen: Open, sample_context: GuiContext, qtbot: QtBot) -> None:
    screen = open_screen(sample_context)
    choices = screen.choices
    choices.none.click()
    assert choices.candidate_model.counts == (0, 16)
    settle(qtbot, sample_context)
    assert len(stored(sample_context).excluded_ids) >= 16
    choices.all_valid.click()
    assert choices.candidate_model.counts == (16, 16)
    qtbot.keyClicks(choices.search, "azure adm")
    assert [choices.candidate_model.index(0, 0).data()] == ["Azure Administrator Associate"]
    assert choices.candidate_model.rowCount() == 1
    qtbot.keyClicks(choices.search, "zzz")
    assert (choices.candidate_model.rowCount(), choices.nothing.isHidden()) == (0, False)
    qtbot.keyClick(choices.search, Qt.Key.Key_Escape)
    assert choices.candidate_model.rowCount() == 16
    settle(qtbot, sample_context)


def test_a_new_version_is_named_renamed_and_deleted(
    open_screen: Open, sample_context: GuiContext, qtbot: QtBot
) -> None:
    screen = open_screen(sample_context)
    toasts: list[str] = []
    sample_context.messages.toast_requested.connect(lambda text, _undo: toasts.append(text))
    screen.run_command(NEW_VERSION)
    dialog = screen.findChild(NameDialog)
    dialog.edit.setText("my PORTFOLIO")
    qtbot.keyClick(dialog.edit, Qt.Key.Key_Return)
    assert dialog.error.text == "Another version has this name."
    dialog.edit.clear()
    qtbot.keyClicks(dialog.edit, "For Contoso")
    qtbot.keyClick(dialog.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: screen.choices.versions.currentText() == "For Contoso")
    assert [one.name for one in list_portfolios(sample_context.library)] == ["For Contoso", "My portfolio"]
    settle(qtbot, sample_context)

    choose(screen, "rename")
    renaming = next(one for one in screen.findChildren(NameDialog) if one.isVisible())
    renaming.edit.setText("For Fabrikam")
    qtbot.keyClick(renaming.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: screen.choices.versions.currentText() == "For Fabrikam")

    choose(screen, "delete")
    qtbot.waitUntil(lambda: screen.choices.versions.currentText() == "My portfolio")
    assert toasts == ["Deleted version For Fabrikam"]
    settle(qtbot, sample_context)


def choose(screen: PortfolioScreen, command: str) -> None:
    actions = (*screen.choices.version_choices.actions(), *screen.choices.more_choices.actions())
    next(one for one in actions if one.data() == command).trigger()


def test_the_plain_version_is_made_by_the_first_choice(
    open_screen: Open, context: GuiContext, qtbot: QtBot, sample_context: GuiContext
) -> None:
    with context.library.change("Remove versions") as change:
        change.delete(Portfolio, [one.id for one in context.library.all(Portfolio)])
    screen = open_screen(context)
    assert [one.isEnabled() for one in screen.choices.version_choices.actions()] == [True, False, False]
    screen.choices.options["show_email"].click()
    screen.choices.options["show_expired"].click()
    settle(qtbot, context)
    (made,) = context.library.all(Portfolio)
    assert (made.name, made.show_email, made.show_expired) == ("Everything", True, True)
    assert screen.save_state() == {"version": made.id}


def test_without_credentials_the_next_step_is_offered(open_screen: Open, context: GuiContext) -> None:
    screen = open_screen(context)
    assert screen.empty.isVisible()
    assert screen.preview.view is None
    assert not screen.focus_search()


def test_without_a_name_the_way_to_settings_is_offered(
    open_screen: Open, sample_context: GuiContext, qtbot: QtBot
) -> None:
    save_profile(sample_context.library, Profile())
    screen = open_screen(sample_context)
    assert screen.preview.name_line.isVisible()
    places: list[object] = []
    sample_context.navigate.place_changed.connect(lambda place: places.append(place.screen_id))
    screen.preview.name_link.click()
    assert places == ["settings"]


def test_the_place_is_kept_and_ctrl_wheel_zooms(open_screen: Open, sample_context: GuiContext, qtbot: QtBot) -> None:
    screen = open_screen(sample_context)
    view = pages(screen)
    view.verticalScrollBar().setValue(300)
    before = view.document()
    screen.choices.options["show_license_numbers"].click()
    drawn_again(qtbot, screen, before)
    assert view.verticalScrollBar().value() == 300
    assert view.percent < 110
    screen.preview.zoom_in.click()
    larger = view.percent
    turn(view, 120)
    assert view.percent > larger
    turn(view, -120)
    screen.preview.zoom_out.click()
    assert view.percent < larger
    screen.preview.fit.click()
    assert screen.preview.percent.text() == f"{view.percent} %"


def turn(view: PageView, by: int) -> None:
    place = QPointF(100, 100)
    buttons, ctrl = Qt.MouseButton.NoButton, Qt.KeyboardModifier.ControlModifier
    event = QWheelEvent(
        place, view.mapToGlobal(place), QPoint(), QPoint(0, by), buttons, ctrl, Qt.ScrollPhase.NoScrollPhase, False
    )
    QApplication.sendEvent(view.viewport(), event)


def test_links_open_in_the_browser_and_only_there(
    open_screen: Open, sample_context: GuiContext, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toString()))
    screen = open_screen(sample_context)
    view = pages(screen)
    found = [
        QPoint(x, y)
        for y in range(0, view.viewport().height(), 6)
        for x in range(0, view.viewport().width(), 40)
        if not view.link_at(QPointF(x, y)).isEmpty()
    ]
    assert found
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=found[0])
    assert opened == [view.link_at(QPointF(found[0])).toString()]
    assert opened[0].startswith("https://verify.example/")
    hover(view, found[0])
    assert view.viewport().cursor().shape() == Qt.CursorShape.PointingHandCursor
    hover(view, QPoint(2, 2))
    assert view.viewport().cursor().shape() == Qt.CursorShape.ArrowCursor
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(2, 2))
    assert len(opened) == 1


def test_links_are_where_their_blue_letters_are(open_screen: Open, sample_context: GuiContext, qtbot: QtBot) -> None:
    screen = open_screen(sample_context)
    view = pages(screen)

    def blue_places() -> list[QPointF]:
        image = view.viewport().grab().toImage()
        places = ((x, y) for x in range(0, image.width(), 2) for y in range(0, image.height(), 2))
        colors = ((place, image.pixelColor(*place)) for place in places)
        return [QPointF(*place) for place, color in colors if color.blue() > 150 and color.blue() - color.red() > 90]

    qtbot.waitUntil(lambda: len(blue_places()) > 300)
    places = blue_places()
    linked = [place for place in places if not view.link_at(place).isEmpty()]
    # The rule below the name and the first heading are blue as well.
    assert len(linked) > 100
    below_heading = [place for place in places if place.y() > 230 * view.percent / 100]
    assert sum(not view.link_at(place).isEmpty() for place in below_heading) > 0.95 * len(below_heading)


def hover(view: PageView, place: QPoint) -> None:
    at, none = QPointF(place), Qt.MouseButton.NoButton
    kind = QEvent.Type.MouseMove
    event = QMouseEvent(kind, at, view.mapToGlobal(at), none, none, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(view.viewport(), event)


def test_the_pdf_is_exported_and_can_be_opened(
    open_screen: Open, sample_context: GuiContext, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    offers: list[tuple[str, MessageAction]] = []
    sample_context.messages.offer_requested.connect(lambda text, action: offers.append((text, action)))
    screen = open_screen(sample_context)
    screen.choices.export.click()
    out = tmp_path / "out.pdf"
    answer_file_dialog(out)
    qtbot.waitUntil(lambda: bool(offers))
    assert out.read_bytes().startswith(b"%PDF-1.7")
    assert offers[0][0] == "Saved out.pdf"
    offers[0][1].handler()
    assert opened[0].toLocalFile() == str(out)


def answer_file_dialog(out: Path) -> None:
    dialog = next(one for one in QApplication.topLevelWidgets() if isinstance(one, QFileDialog) and one.isVisible())
    dialog.findChild(QLineEdit).setText(str(out))
    dialog.accept()


def test_more_exports_the_table_and_the_library(
    open_screen: Open, sample_context: GuiContext, qtbot: QtBot, tmp_path: Path
) -> None:
    screen = open_screen(sample_context)
    for kind in ("csv", "json"):
        choose(screen, kind)
        answer_file_dialog(tmp_path / f"out.{kind}")
        settle(qtbot, sample_context)
    assert "Azure Administrator" in (tmp_path / "out.csv").read_text(encoding="utf-8-sig")
    assert '"credentials"' in (tmp_path / "out.json").read_text(encoding="utf-8")


def test_a_place_that_takes_no_file_is_said_in_a_banner(
    open_screen: Open, sample_context: GuiContext, qtbot: QtBot, tmp_path: Path
) -> None:
    banners: list[str] = []
    sample_context.messages.banner_requested.connect(lambda message: banners.append(message.text))
    screen = open_screen(sample_context)
    screen.run_command(EXPORT_PDF)
    (tmp_path / "file").write_text("")
    # The folder was there when the place was chosen, and is gone when it is written.
    dialog = next(one for one in QApplication.topLevelWidgets() if isinstance(one, QFileDialog) and one.isVisible())
    dialog.fileSelected.emit(str(tmp_path / "file" / "out.pdf"))
    dialog.reject()
    qtbot.waitUntil(lambda: bool(banners))
    assert "could not be written" in banners[0]


def test_notes_are_shown_under_the_pages(open_screen: Open, sample_context: GuiContext, qtbot: QtBot) -> None:
    save_profile(sample_context.library, Profile(name="Mira \U0001f980"))
    screen = open_screen(sample_context)
    assert screen.preview.notes.isVisible()
    assert "1 character" in screen.preview.notes.text()
    settle(qtbot, sample_context)


@pytest.mark.parametrize("mode", ["light", "dark", "contrast"])
def test_nothing_is_wider_than_the_panel_in_a_small_window(
    open_screen: Open, sample_context: GuiContext, mode: str
) -> None:
    sample_context.theme.set_mode(mode)  # pyright: ignore[reportArgumentType]
    screen = open_screen(sample_context)
    screen.resize(840, 520)
    QApplication.processEvents()
    choices = screen.choices
    right = choices.width() - 16
    shown = (choices.versions, choices.sections, choices.search, choices.candidates, choices.export, choices.more)
    for widget in (*shown, *choices.options.values()):
        assert widget.mapTo(choices, QPoint(widget.width(), 0)).x() <= right + 1
        assert widget.width() >= widget.minimumSizeHint().width()
    assert not screen.grab().isNull()


def test_pages_that_cannot_be_made_are_told_in_a_sentence_and_tried_again(
    open_screen: Open, sample_context: GuiContext, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> bytes:
        error = typst.TypstError("no such thing")
        error.diagnostic = ""
        raise error

    banners: list[BannerMessage] = []
    sample_context.messages.banner_requested.connect(banners.append)
    with monkeypatch.context() as patch:
        patch.setattr(typst, "compile", refuse)
        screen = open_screen(sample_context)
    assert banners[0].text == screen.preview.waiting.text() == "The portfolio could not be made (no such thing)."
    screen.choices.options["show_email"].click()
    qtbot.waitUntil(lambda: screen.preview.view is not None)
    settle(qtbot, sample_context)
    assert pages(screen).pages == 2
