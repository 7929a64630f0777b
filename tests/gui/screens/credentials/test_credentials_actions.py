"""What is done with credentials: adding by keyboard, earning, stages, proof, costs, study time, deleting, undo."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from tests.gui.screens.credentials.conftest import Bench

from learnpath.domain.dates import PartialDate
from learnpath.domain.records import CostLine, Credential, EvidenceFile, Issuer, Skill, Stage, StudySession
from learnpath.gui.screens.credentials.dialog import CredentialDialog
from learnpath.gui.screens.credentials.inspector_parts import link_text
from learnpath.gui.screens.credentials.small_dialogs import CostDialog, LetGoDialog, StudyDialog
from learnpath.gui.widgets.date_dialog import DateDialog

Key = Qt.Key
Control = Qt.KeyboardModifier.ControlModifier
NEW = "Kubernetes Network Basics"


def type_here(qtbot: QtBot, text: str) -> None:
    """Type into whatever has the focus."""
    focused = QApplication.focusWidget()
    assert focused is not None
    qtbot.keyClicks(focused, text)


def press(qtbot: QtBot, key: Qt.Key) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    qtbot.keyClick(focused, key)


def named(bench: Bench, name: str) -> QWidget:
    """Return a part of the inspector."""
    found = bench.screen.inspector.findChild(QWidget, name)
    assert found is not None
    return found


def open_dialog(bench: Bench, kind: type[CredentialDialog]) -> CredentialDialog:
    dialog = bench.dialog()
    assert isinstance(dialog, kind)
    bench.settle()
    return dialog


def stored(bench: Bench, title: str) -> Credential:
    return next(one for one in bench.context.library.all(Credential) if one.title == title)


def test_adding_by_keyboard_alone(bench: Bench, qtbot: QtBot) -> None:
    qtbot.keyClick(bench.screen.table, Key.Key_N, Control)
    dialog = open_dialog(bench, CredentialDialog)
    assert dialog.title.hasFocus()
    type_here(qtbot, NEW)
    press(qtbot, Key.Key_Tab)
    assert dialog.issuer.hasFocus()
    type_here(qtbot, "The Linux Foundation")
    press(qtbot, Key.Key_Tab)
    press(qtbot, Key.Key_Tab)
    assert dialog.target_on.edit.hasFocus()
    type_here(qtbot, "27 feb")
    press(qtbot, Key.Key_Return)
    bench.closed()
    one = stored(bench, NEW)
    assert (one.stage, one.target_on) == (Stage.PLANNED, PartialDate("2027-02-27"))
    assert bench.screen.table.current_id == one.id
    assert bench.heading() == NEW
    assert bench.screen.table.hasFocus()
    issuers = [issuer.name for issuer in bench.context.library.all(Issuer)]
    assert issuers.count("The Linux Foundation") == 1
    bench.context.actions.run("edit.undo")
    bench.settle()
    assert NEW not in bench.titles()


def test_adding_as_earned_with_its_proof_is_one_change(bench: Bench, qtbot: QtBot, tmp_path: Path) -> None:
    proof = tmp_path / "certificate.pdf"
    proof.write_bytes(b"%PDF-1.7 mine")
    bench.screen.run_command("credential.add")
    dialog = open_dialog(bench, CredentialDialog)
    dialog.title.setText(NEW)
    dialog.stage.setFocus()
    dialog.set_stage(Stage.EARNED)
    assert dialog.awarded_on.value == PartialDate("2026-11-21")
    assert dialog.is_shown("proof")
    assert not dialog.is_shown("target_on")
    dialog.awarded_on.edit.setText("march 2026")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(proof))])
    none = Qt.KeyboardModifier.NoModifier
    drop = QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, none)
    dialog.proof.dropEvent(drop)
    dialog.skills.setText("Kubernetes, Networking, kubernetes")
    qtbot.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)
    bench.closed()
    one = stored(bench, NEW)
    assert (one.stage, one.awarded_on) == (Stage.EARNED, PartialDate("2026-03"))
    assert len(bench.context.library.where(EvidenceFile, "credential_id = ?", (one.id,))) == 1
    assert len(one.skill_ids) == 2
    bench.context.actions.run("edit.undo")
    bench.settle()
    assert NEW not in bench.titles()


def test_mistakes_stand_beside_their_fields(bench: Bench, qtbot: QtBot) -> None:
    bench.screen.run_command("credential.add")
    dialog = open_dialog(bench, CredentialDialog)
    dialog.set_stage(Stage.BOOKED)
    dialog.exam_time.setText("25:99")
    press(qtbot, Key.Key_Return)
    errors = {key: row.error.text for key, row in dialog._rows.items() if row.error.text}  # pyright: ignore[reportPrivateUsage]
    assert set(errors) == {"title", "exam_on", "exam_time"}
    assert dialog.title.hasFocus()
    dialog.title.setText(NEW)
    dialog.exam_time.setText("09:30")
    dialog.exam_on.edit.setText("31 feb")
    qtbot.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)
    assert dialog.exam_on.edit.hasFocus()
    assert dialog.exam_on.error
    dialog.exam_on.edit.setText("27 nov")
    qtbot.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)
    bench.closed()
    assert stored(bench, NEW).exam_on == PartialDate("2026-11-27")


def test_the_catalogue_fills_the_form(bench: Bench, qtbot: QtBot) -> None:
    bench.screen.run_command("credential.add")
    dialog = open_dialog(bench, CredentialDialog)
    type_here(qtbot, "terra")
    completer = dialog.title.completer()
    qtbot.waitUntil(lambda: completer.popup().isVisible())
    qtbot.keyClick(completer.popup(), Key.Key_Down)
    qtbot.keyClick(completer.popup(), Key.Key_Return)
    qtbot.waitUntil(lambda: bool(dialog.issuer.text()))
    assert dialog.issuer.text() == "HashiCorp"
    assert dialog.skills.names
    assert dialog.form.credential.program_id
    qtbot.keyClick(dialog, Key.Key_Escape)
    bench.closed()


def test_editing_keeps_what_is_not_shown_and_recomputes_the_end(bench: Bench, qtbot: QtBot) -> None:
    record = bench.select("Terraform Associate (003)")
    before = bench.stored(record)
    qtbot.keyClick(bench.screen.table, Key.Key_F2)
    dialog = open_dialog(bench, CredentialDialog)
    assert dialog.save_button.text() == "Save changes"
    assert dialog.title.text() == before.title
    dialog.awarded_on.edit.setText("2 Jan 2025")
    dialog.notes.setPlainText("Renewed")
    qtbot.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)
    bench.closed()
    after = bench.stored(record)
    assert (after.notes, after.awarded_on) == ("Renewed", PartialDate("2025-01-02"))
    assert before.valid_for
    assert after.valid_until == PartialDate("2027-01-02")
    assert (after.program_id, after.issuer_id, after.skill_ids) == (
        before.program_id,
        before.issuer_id,
        before.skill_ids,
    )


def test_space_marks_as_earned_today_and_takes_it_back(bench: Bench, qtbot: QtBot) -> None:
    planned = next(one for one in bench.context.library.all(Credential) if one.stage is Stage.PLANNED)
    record = bench.select(planned.title)
    qtbot.keyClick(bench.screen.table, Key.Key_Space)
    assert isinstance(bench.dialog(), DateDialog)
    press(qtbot, Key.Key_Return)
    bench.closed()
    assert (bench.stored(record).stage, bench.stored(record).awarded_on) == (Stage.EARNED, PartialDate("2026-11-21"))
    assert bench.screen.table.current_id == record
    bench.screen.table.setFocus()
    qtbot.keyClick(bench.screen.table, Key.Key_Space)
    bench.settle()
    assert bench.stored(record).stage is Stage.ENROLLED
    bench.context.actions.run("edit.undo")
    bench.settle()
    assert bench.stored(record).stage is Stage.EARNED


def test_delete_asks_nothing_and_can_be_undone(bench: Bench, qtbot: QtBot) -> None:
    record = bench.select("Advanced SQL")
    place = bench.screen.model.place_of(record)
    toasts: list[str] = []
    bench.context.messages.toast_requested.connect(lambda text, _undo: toasts.append(text))
    qtbot.keyClick(bench.screen.table, Key.Key_Delete)
    bench.settle()
    assert "Advanced SQL" not in bench.titles()
    assert toasts == ["Deleted Advanced SQL"]
    assert bench.screen.table.currentIndex().row() == place
    bench.context.actions.run("edit.undo")
    bench.settle()
    assert "Advanced SQL" in bench.titles()


def test_several_are_changed_together(bench: Bench, qtbot: QtBot) -> None:
    bench.screen.table.select_record(bench.screen.model.ids[0])
    bench.screen.table.setFocus()
    for _ in range(2):
        qtbot.keyClick(bench.screen.table, Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    ids = bench.screen.table.selected_ids()
    assert len(ids) == 3
    bench.settle()
    button = named(bench, "delete")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    bench.settle()
    assert not set(ids) & set(bench.screen.model.ids)


def test_stages_are_set_from_the_menu(bench: Bench, qtbot: QtBot) -> None:
    planned = next(one for one in bench.context.library.all(Credential) if one.stage is Stage.PLANNED)
    record = bench.select(planned.title)
    more = named(bench, "more")
    assert isinstance(more, QPushButton)
    entries = {action.text(): action for action in more.menu().actions() if action.text()}
    entries["Set to in progress"].trigger()
    bench.settle()
    assert bench.stored(record).stage is Stage.ENROLLED
    more = named(bench, "more")
    assert isinstance(more, QPushButton)
    next(action for action in more.menu().actions() if action.text() == "Let go…").trigger()
    assert isinstance(bench.dialog(), LetGoDialog)
    type_here(qtbot, "No time")
    press(qtbot, Key.Key_Return)
    bench.closed()
    assert (bench.stored(record).stage, bench.stored(record).let_go_reason) == (Stage.LET_GO, "No time")


def test_the_inspector_shows_everything(bench: Bench) -> None:
    bench.select("Identity and Access Administrator Associate")
    from learnpath.gui.widgets.chip import Chip
    from learnpath.gui.widgets.plain_label import PlainLabel

    texts = {label.text() for label in bench.screen.inspector.findChildren(PlainLabel)}
    assert {"25 Mar 2026", "25 Mar 2027", "SAMPLE-3C00-90D1-52E8", "Proof", "Notes", "Part of"} <= texts
    assert any("1 year from 25 Mar 2026" in text and "renewal open since" in text for text in texts)
    chips = [chip.text for chip in bench.screen.inspector.findChildren(Chip)]
    assert chips[0] == "Renewable"
    assert "Zero Trust" in chips
    copy = named(bench, "copy")
    assert isinstance(copy, QAbstractButton)
    copy.click()
    assert QGuiApplication.clipboard().text() == "SAMPLE-3C00-90D1-52E8"


def test_only_web_addresses_are_opened(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toString()) or True)
    for address in ("https://verify.example/1", "file:///etc/passwd", "javascript:alert(1)", "https://", "mailto:x@y"):
        bench.screen.actions_on.open_link(address)
    assert opened == ["https://verify.example/1"]
    assert link_text("https://user@evil.example/learn.microsoft.com/x/y?z=1") == "evil.example/…/y"
    assert link_text("https://www.аpple.com/") == "xn--pple-43d.com"


def test_links_lead_to_path_and_program(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(type(bench.context.navigate), "to_record", lambda _self, kind, _id: asked.append(kind))
    bench.select("Advanced SQL")
    record = bench.select("Identity and Access Administrator Associate")
    for name in ("path0", "program"):
        link = named(bench, name)
        assert isinstance(link, QAbstractButton)
        link.click()
    assert asked == ["path", "program"]
    assert bench.stored(record).program_id


def test_proof_is_attached_by_dropping_and_removed(bench: Bench, qtbot: QtBot, tmp_path: Path) -> None:
    record = bench.select("Advanced SQL")
    proof = tmp_path / "result.pdf"
    proof.write_bytes(b"%PDF-1.7 result")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(proof))])
    none = Qt.KeyboardModifier.NoModifier
    drop = QDropEvent(QPointF(50, 50), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, none)
    bench.screen.inspector.dropEvent(drop)
    bench.settle()
    files = bench.context.library.where(EvidenceFile, "credential_id = ?", (record,))
    assert [file.original_name for file in files] == ["result.pdf"]
    qtbot.waitUntil(lambda: bench.screen.inspector.findChild(QWidget, "unfile0") is not None)
    remove = named(bench, "unfile0")
    assert isinstance(remove, QAbstractButton)
    remove.click()
    bench.settle()
    assert not bench.context.library.where(EvidenceFile, "credential_id = ?", (record,))


def test_only_files_a_viewer_shows_are_opened(bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(Path(url.toLocalFile()).suffix) or True)
    record = bench.select("Advanced SQL")
    for name in ("a.pdf", "b.desktop"):
        path = tmp_path / name
        path.write_text(name)
        bench.screen.actions_on.attach(record, [path])
    bench.settle()
    for file in bench.context.library.where(EvidenceFile, "credential_id = ?", (record,)):
        bench.screen.actions_on.open_file(file)
    assert opened == [".pdf", ""]


def test_costs_are_added_changed_and_removed(bench: Bench, qtbot: QtBot) -> None:
    record = bench.select("Advanced SQL")
    costs: Callable[[], list[CostLine]] = lambda: bench.context.library.where(  # noqa: E731
        CostLine, "credential_id = ?", (record,)
    )
    add = named(bench, "addcost")
    assert isinstance(add, QAbstractButton)
    add.click()
    dialog = bench.dialog()
    assert isinstance(dialog, CostDialog)
    press(qtbot, Key.Key_Return)
    assert dialog.amount.hasFocus()
    type_here(qtbot, "39,50")
    press(qtbot, Key.Key_Return)
    bench.closed()
    assert [cost.price.minor for cost in costs()] == [3950]
    edit = named(bench, "cost0")
    assert isinstance(edit, QAbstractButton)
    edit.click()
    again = bench.dialog()
    assert isinstance(again, CostDialog)
    again.amount.setText("40")
    again.currency.setText("e1")
    qtbot.mouseClick(again.save_button, Qt.MouseButton.LeftButton)
    assert again.currency.hasFocus()
    again.currency.setText("usd")
    qtbot.mouseClick(again.save_button, Qt.MouseButton.LeftButton)
    bench.closed()
    assert [(cost.price.minor, cost.price.currency) for cost in costs()] == [(4000, "USD")]
    remove = named(bench, "uncost0")
    assert isinstance(remove, QAbstractButton)
    remove.click()
    bench.settle()
    assert costs() == []


def test_study_time_is_logged_for_the_selected_credential(bench: Bench, qtbot: QtBot) -> None:
    record = bench.select("Advanced SQL")
    qtbot.keyClick(bench.screen.table, Key.Key_L, Control)
    dialog = bench.dialog()
    assert isinstance(dialog, StudyDialog)
    assert dialog.length.edit.hasFocus()
    press(qtbot, Key.Key_Return)
    assert bench.dialog() is dialog
    type_here(qtbot, "1:30")
    press(qtbot, Key.Key_Return)
    bench.closed()
    sessions = bench.context.library.where(StudySession, "credential_id = ?", (record,))
    assert [(one.minutes, one.studied_on.text) for one in sessions if one.studied_on.text == "2026-11-21"][-1:] == [
        (90, "2026-11-21")
    ]


def test_study_for_an_unknown_name_is_asked_again(bench: Bench, qtbot: QtBot) -> None:
    bench.screen.run_command("study.log")
    dialog = bench.dialog()
    assert isinstance(dialog, StudyDialog)
    dialog.length.edit.setText("20")
    dialog.about.setText("no such thing")
    qtbot.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)
    assert dialog.about.hasFocus()
    dialog.about.setText("")
    qtbot.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)
    bench.closed()
    general = bench.context.library.where(StudySession, "credential_id IS NULL AND minutes = 20")
    assert len(general) == 1


def test_skills_complete_after_a_comma(bench: Bench, qtbot: QtBot) -> None:
    name = bench.context.library.all(Skill)[0].name
    bench.screen.run_command("credential.add")
    dialog = open_dialog(bench, CredentialDialog)
    dialog.skills.setFocus()
    type_here(qtbot, f"First, {name[:4].lower()}")
    completer = dialog.skills.completer()
    assert completer is not None
    qtbot.waitUntil(lambda: completer.popup().isVisible())
    qtbot.keyClick(completer.popup(), Key.Key_Down)
    qtbot.keyClick(completer.popup(), Key.Key_Return)
    assert dialog.skills.names[0] == "First"
    assert len(dialog.skills.names) == 2
    qtbot.keyClick(dialog, Key.Key_Escape)
    bench.closed()
