"""The table of credentials: chips, search, filters, order, what is kept, what explains itself."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, QSize, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel
from pytestqt.qtbot import QtBot
from tests.gui.conftest import TODAY
from tests.gui.screens.credentials.conftest import Bench, OpenWindow, open_bench
from tests.gui.screens.credentials.many import add_many

from learnpath.domain.listing import CredentialFilter, StatusGroup
from learnpath.domain.records import EvidenceFile
from learnpath.gui.infra.context import GuiContext
from learnpath.gui.infra.theme import Theme
from learnpath.gui.infra.tokens import ThemeMode
from learnpath.gui.infra.watch import EventLoopWatch
from learnpath.services.credential_listing import list_credentials

Key = Qt.Key


def test_chips_count_and_filter(bench: Bench, qtbot: QtBot) -> None:
    chips = bench.screen.filters.chips
    buttons = {one.text().rpartition(" ")[0]: one for one in chips.findChildren(QAbstractButton)}
    assert list(buttons) == ["All", "Earned", "In progress", "Planned", "Expired", "Let go"]
    counts = {name: int(one.text().rpartition(" ")[2]) for name, one in buttons.items()}
    assert counts["All"] == sum(count for name, count in counts.items() if name != "All")
    qtbot.mouseClick(buttons["Planned"], Qt.MouseButton.LeftButton)
    bench.settle()
    assert len(bench.screen.model.ids) == counts["Planned"]
    assert bench.screen.filters.wanted.group is StatusGroup.PLANNED


def test_three_letters_find_a_credential(bench: Bench, qtbot: QtBot) -> None:
    qtbot.keyClick(bench.screen.table, Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    search = bench.screen.filters.search
    assert search.hasFocus()
    qtbot.keyClicks(search, "ter")
    qtbot.waitUntil(lambda: any("Terraform" in title for title in bench.titles()) and len(bench.titles()) < 5)
    bench.settle()
    assert bench.stored(bench.screen.table.current_id).title == bench.titles()[0]
    qtbot.keyClick(search, Key.Key_Escape)
    qtbot.waitUntil(lambda: len(bench.titles()) > 20)
    qtbot.keyClick(search, Key.Key_Escape)
    assert bench.screen.table.hasFocus()


def test_a_search_without_a_hit_offers_to_show_all(bench: Bench, qtbot: QtBot) -> None:
    qtbot.keyClicks(bench.screen.filters.search, "zzzz")
    qtbot.waitUntil(bench.screen.no_match.isVisible)
    button = next(one for one in bench.screen.no_match.findChildren(QAbstractButton) if one.text() == "Show all")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(bench.screen.model.ids) > 20)
    assert bench.screen.table.isVisible()


@pytest.mark.parametrize("kind", ["issuer", "skill", "path", "tag"])
def test_filter_buttons_narrow_the_list(bench: Bench, qtbot: QtBot, kind: str) -> None:
    filters = bench.screen.filters
    button = {"issuer": filters.issuer, "skill": filters.skill, "path": filters.path, "tag": filters.tag}[kind]
    button.setFocus()
    qtbot.keyClick(button, Key.Key_Down)
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
    field = QApplication.focusWidget()
    assert field is not None
    qtbot.keyClick(field, Key.Key_Down)
    qtbot.keyClick(field, Key.Key_Return)
    bench.settle()
    assert button.current
    whole = list_credentials(bench.context.library, CredentialFilter(), TODAY, 200)
    wanted = CredentialFilter(**{f"{kind}_id": button.current})  # pyright: ignore[reportArgumentType]
    expected = list_credentials(bench.context.library, wanted, TODAY, 200)
    assert set(bench.screen.model.ids) == set(expected.ids)
    assert 0 < len(expected.ids) < len(whole.ids)
    qtbot.mouseClick(filters.clear_button, Qt.MouseButton.LeftButton)
    bench.settle()
    assert len(bench.screen.model.ids) == len(whole.ids)
    assert not button.current


def test_every_column_title_sorts(bench: Bench, qtbot: QtBot) -> None:
    header = bench.screen.table.horizontalHeader()
    orders: set[tuple[int, ...]] = set()
    for place, column in enumerate(bench.screen.model.columns):
        bench.screen.table.columns.set_hidden(column.key, hidden=False)
        if not column.sort:
            continue
        header.sectionClicked.emit(place)
        bench.settle()
        assert header.sortIndicatorSection() == place
        orders.add(tuple(bench.screen.model.ids))
    assert len(orders) >= 6


def test_the_order_of_titles_can_be_turned_round(bench: Bench) -> None:
    header = bench.screen.table.horizontalHeader()
    header.sectionClicked.emit(0)
    bench.settle()
    ascending = bench.titles()
    assert ascending == sorted(ascending, key=str.casefold)
    header.sectionClicked.emit(0)
    bench.settle()
    assert bench.titles() == ascending[::-1]


def test_cells_explain_themselves(bench: Bench) -> None:
    model = bench.screen.model
    columns = {column.key: place for place, column in enumerate(model.columns)}
    tips = [model.index(row, columns["ahead"]).data(Qt.ItemDataRole.ToolTipRole) for row in range(model.rowCount())]
    assert any("Dec 2026, in" in tip for tip in tips)
    texts = {model.index(row, columns["status"]).data() for row in range(model.rowCount())}
    assert {"Earned", "Expires in 11 days", "In progress", "Planned", "Expired", "Revoked", "Let go"} <= texts
    assert any(text.startswith("Grace: ") for text in texts)


def test_a_record_is_shown_although_a_filter_hides_it(bench: Bench, qtbot: QtBot) -> None:
    wanted = bench.screen.model.ids[-1]
    qtbot.keyClicks(bench.screen.filters.search, "zzzz")
    qtbot.waitUntil(bench.screen.no_match.isVisible)
    bench.context.navigate.to_record("credential", wanted)
    qtbot.waitUntil(lambda: bench.screen.table.current_id == wanted)
    bench.settle()
    assert bench.screen.filters.search.text() == ""
    assert bench.heading().startswith(bench.stored(wanted).title)


def test_how_the_screen_was_left_comes_back(bench: Bench, open_window: OpenWindow, qtbot: QtBot) -> None:
    screen = bench.screen
    screen.table.horizontalHeader().sectionClicked.emit(0)
    qtbot.keyClicks(screen.filters.search, "azure")
    bench.settle()
    qtbot.waitUntil(lambda: not screen.filters._pause.isActive())  # pyright: ignore[reportPrivateUsage]
    bench.settle()
    screen.table.select_record(screen.model.ids[2])
    state = screen.save_state()
    other = type(screen)(bench.context)
    qtbot.addWidget(other)
    other.restore_state(state)
    other.resize(screen.size())
    other.show()
    bench.settle()
    assert list(other.model.ids) == list(screen.model.ids)
    assert other.table.current_id == screen.table.current_id
    assert other.filters.search.text() == "azure"
    assert other.save_state() == state
    other.restore_state({"filters": 3, "table": "x", "details": None})


def test_a_change_from_elsewhere_keeps_the_selection(bench: Bench) -> None:
    from learnpath.services.credentials import delete_credentials, read_form, save_credential

    current = bench.select("Terraform Associate (003)")
    other = next(one for one in bench.screen.model.ids if one != current)
    form = read_form(bench.context.library, current)
    bench.context.operations.change(lambda: delete_credentials(bench.context.library, [other]))
    bench.settle()
    assert other not in bench.screen.model.ids
    assert bench.screen.table.current_id == current
    from dataclasses import replace

    renamed = replace(form, credential=replace(form.credential, title="Terraform renamed"))
    bench.context.operations.change(lambda: save_credential(bench.context.library, renamed))
    bench.settle()
    place = bench.screen.model.place_of(current)
    assert place is not None
    bench.qtbot.waitUntil(lambda: "Terraform renamed" in (bench.screen.model.index(place, 0).data() or ""))


def test_nothing_yet_offers_the_next_step(empty_bench: Bench, qtbot: QtBot) -> None:
    screen = empty_bench.screen
    assert screen.nothing.isVisible()
    assert not screen.inspector.isVisible()
    assert not screen.table.isVisible()
    button = next(one for one in screen.nothing.findChildren(QAbstractButton) if one.text() == "Add credential")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert empty_bench.dialog().windowTitle() == "Add credential"
    qtbot.keyClick(empty_bench.dialog(), Key.Key_Escape)
    empty_bench.closed()


def test_files_dropped_on_a_row_are_attached(bench: Bench, tmp_path: Path) -> None:
    proof = tmp_path / "score report.pdf"
    proof.write_bytes(b"%PDF-1.7 score")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(proof))])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    target = bench.screen.model.ids[3]
    place = QPointF(40, bench.screen.table.rowViewportPosition(3) + 10)
    bench.screen.table.dropEvent(QDropEvent(place, Qt.DropAction.CopyAction, mime, buttons, keys))
    bench.settle()
    names = [one.original_name for one in bench.context.library.where(EvidenceFile, "credential_id = ?", (target,))]
    assert "score report.pdf" in names
    assert bench.screen.table.current_id == target


@pytest.mark.parametrize("mode", ["light", "dark", "contrast"])
def test_no_label_is_cut_in_a_small_window(
    sample_context: GuiContext, open_window: OpenWindow, qtbot: QtBot, theme: Theme, mode: ThemeMode
) -> None:
    theme.set_mode(mode)
    bench = open_bench(sample_context, open_window, qtbot, QSize(900, 600))
    screen = bench.screen
    assert not screen.inspector.isVisible()
    qtbot.keyClick(screen.table, Key.Key_Return)
    bench.settle()
    assert screen.inspector.isVisible()
    assert not screen.grab().toImage().isNull()
    for label in screen.findChildren(QLabel):
        if label.isVisible() and label.wordWrap():
            assert label.height() >= label.heightForWidth(label.width()) - 1, label.text()
        elif label.isVisible() and label.text() and label.minimumSizeHint().width() == label.sizeHint().width():
            assert label.width() >= label.sizeHint().width() - 1, label.text()
    for button in screen.findChildren(QAbstractButton):
        if button.isVisible() and button.text():
            assert button.width() >= button.minimumSizeHint().width(), button.text()
    qtbot.keyClick(screen.inspector, Key.Key_Escape)
    assert not screen.inspector.isVisible()
    assert screen.table.hasFocus()


@pytest.mark.benchmark
def test_a_hundred_thousand_credentials_scroll_search_and_sort_without_a_stop(
    context: GuiContext, open_window: OpenWindow, qtbot: QtBot
) -> None:
    add_many(context.library, 100_000)
    bench = open_bench(context, open_window, qtbot, QSize(1320, 840))
    screen, model = bench.screen, bench.screen.model
    assert model.rowCount() == 100_000
    watch = EventLoopWatch()
    watch.start()
    bar = screen.table.verticalScrollBar()
    for step in range(12):
        place = step * 8000
        bar.setValue(place * screen.table.rowHeight(0))
        qtbot.waitUntil(lambda place=place: model.index(place, 0).data() is not None)
    qtbot.keyClicks(screen.filters.search, "cre")
    bench.settle()
    screen.table.horizontalHeader().sectionClicked.emit(1)
    bench.settle()
    watch.stop()
    assert watch.largest_gap < 250


def test_tab_goes_from_the_table_into_the_details_and_esc_back(bench: Bench, qtbot: QtBot) -> None:
    qtbot.keyClick(bench.screen.table, Key.Key_Tab)
    for _ in range(3):
        focused = QApplication.focusWidget()
        assert focused is not None
        if focused.objectName() == "edit":
            break
        qtbot.keyClick(focused, Key.Key_Tab)
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.objectName() == "edit"
    qtbot.keyClick(focused, Key.Key_Escape)
    assert bench.screen.table.hasFocus()


def test_the_details_can_be_put_away(bench: Bench, qtbot: QtBot) -> None:
    table, panel = bench.screen.table, bench.screen.inspector
    width = table.width()
    qtbot.mouseClick(bench.screen.filters.details_button, Qt.MouseButton.LeftButton)
    assert not panel.isVisible()
    qtbot.waitUntil(lambda: table.width() > width)
    qtbot.keyClick(table, Key.Key_Return)
    assert panel.isVisible()


def test_enter_in_the_search_goes_to_what_was_found(bench: Bench, qtbot: QtBot) -> None:
    search = bench.screen.filters.search
    search.setFocus()
    qtbot.keyClick(search, Key.Key_Return)
    assert bench.screen.table.hasFocus()


def test_what_is_no_longer_earned_shows_no_day(bench: Bench, qtbot: QtBot) -> None:
    record = bench.select("Advanced SQL")
    qtbot.keyClick(bench.screen.table, Key.Key_Space)
    bench.settle()
    place = bench.screen.model.place_of(record)
    assert place is not None
    column = next(at for at, one in enumerate(bench.screen.model.columns) if one.key == "awarded")
    qtbot.waitUntil(lambda: bench.screen.model.index(place, column).data() == "—")
