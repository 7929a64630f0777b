"""The dialog that lists the issuers with their other names, to edit one or to make one of several.

Belongs here: the list and what starts from it. Asking for names is in `issuer_dialog`.
"""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication, QSize, Qt, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from learnpath.domain.changes import ChangeSet
from learnpath.domain.records import Issuer
from learnpath.gui.infra.context import GuiContext
from learnpath.gui.models.paged_table import Column, PagedTableModel
from learnpath.gui.screens.settings.issuer_dialog import IssuerDialog, MergeIssuersDialog
from learnpath.gui.shell.commands import REDO, UNDO
from learnpath.gui.widgets.empty_state import EmptyState
from learnpath.gui.widgets.plain_label import PlainLabel
from learnpath.gui.widgets.record_table import RecordTable
from learnpath.gui.widgets.search_field import SearchField
from learnpath.gui.widgets.wording import tip_text
from learnpath.services.issuers import IssuerLine, list_issuers, merge_issuers, save_issuer

_SIZE = QSize(820, 600)
_MARGIN = 40
_KINDS = ("issuer", "program", "credential")


def _tr(text: str) -> str:
    return QCoreApplication.translate("IssuersDialog", text)


class IssuersDialog(QDialog):
    """Lists issuers; edits count at once, and Ctrl+Z takes them back here as everywhere."""

    def __init__(self, context: GuiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = context.theme
        self._context = context
        self._lines: dict[int, IssuerLine] = {}
        self.setWindowTitle(self.tr("Issuers"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.search = SearchField(theme, self.tr("Search issuers and their other names"), "Ctrl F")
        self.model: PagedTableModel[IssuerLine] = PagedTableModel(_columns(), _sentence, self)
        self.table = RecordTable(theme, self.model, self.tr("Issuers"))
        self.empty = EmptyState(
            theme, "award", "", self.tr("There are no issuers yet. They come with what you add or import.")
        )
        self.no_match = EmptyState(theme, "search", "", self.tr("No issuer matches."), self.tr("Show all"))
        self.note = PlainLabel(theme, "", "small", "muted", wrap=True)
        self.merge_button = QPushButton(self.tr("Merge…"))
        self.edit_button = QPushButton(self.tr("Edit…"))
        self.close_button = QPushButton(self.tr("Close"))
        self._pages = QStackedWidget()
        self._build()
        self._connect()
        self._read()

    def showEvent(self, event: QShowEvent) -> None:
        """Start with the search: of many issuers a few are meant."""
        super().showEvent(event)
        self.search.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F2 edits, as in every list."""
        if event.key() == Qt.Key.Key_F2:
            self._edit()
        else:
            super().keyPressEvent(event)

    # Building ----------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        theme = self._context.theme
        for page in (self.table, self.empty, self.no_match):
            self._pages.addWidget(page)
        self.edit_button.setProperty("primary", True)
        for button in (self.merge_button, self.edit_button, self.close_button):
            button.setAutoDefault(False)
        self.merge_button.setToolTip(self.tr("Select several with Ctrl or Shift, or one to choose the other from all."))
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.note, 1)
        for button in (self.close_button, self.merge_button, self.edit_button):
            buttons.addWidget(button)
        told = self.tr("Files call one issuer by different names. What you say here decides in every import.")
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(10)
        column.addWidget(PlainLabel(theme, self.windowTitle(), "heading", wrap=True))
        column.addWidget(PlainLabel(theme, told, "body", "muted", wrap=True))
        column.addWidget(self.search)
        column.addWidget(self._pages, 1)
        column.addLayout(buttons)
        wanted = QSize(theme.px(_SIZE.width()), theme.px(_SIZE.height()))
        parent = self.parentWidget()
        window = parent.window().size() if parent is not None else wanted
        self.resize(wanted.boundedTo(QSize(window.width() - _MARGIN, window.height() - _MARGIN)))

    def _connect(self) -> None:
        self._context.bus.changed.connect(self._on_change)
        self.model.rows_needed.connect(self._fill)
        self.search.textChanged.connect(self._narrow)
        self.search.returnPressed.connect(self._go_to_list)
        self.search.down_pressed.connect(self._go_to_list)
        self.search.left.connect(self.reject)
        self.no_match.primary_clicked.connect(self.search.clear)
        self.table.record_activated.connect(self._edit)
        self.table.selection_changed.connect(self._show_possible)
        self.merge_button.clicked.connect(self._merge)
        self.edit_button.clicked.connect(self._edit)
        self.close_button.clicked.connect(self.reject)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self).activated.connect(self.search.setFocus)
        for keys, command in (("Ctrl+Z", UNDO), ("Ctrl+Y", REDO), ("Ctrl+Shift+Z", REDO)):
            QShortcut(QKeySequence(keys), self).activated.connect(partial(self._run, command))

    def _run(self, command: str) -> None:
        if command in self._context.actions:
            self._context.actions.run(command)

    # Showing -----------------------------------------------------------------------------------------------------

    @Slot(object)
    def _on_change(self, change: ChangeSet) -> None:
        if change.touches(*_KINDS):
            self._read()

    def _read(self) -> None:
        self._context.operations.read(partial(list_issuers, self._context.library), self._show, replaces="issuers")

    def _show(self, lines: Sequence[IssuerLine]) -> None:
        self._lines = {line.id: line for line in lines}
        self._narrow()

    @Slot()
    def _narrow(self) -> None:
        words = self.search.text().casefold().split()
        found = [line.id for line in self._lines.values() if line.has_words(words)]
        self.model.set_ids(found)
        self._pages.setCurrentWidget(self.table if found else self.no_match if self._lines else self.empty)
        self._show_possible()

    @Slot(list)
    def _fill(self, ids: list[int]) -> None:
        self.model.fill([self._lines[one] for one in ids if one in self._lines])

    @Slot()
    def _show_possible(self) -> None:
        count = len(self._selected())
        self.edit_button.setEnabled(count == 1)
        self.merge_button.setEnabled(bool(count) and len(self._lines) > 1)
        self.merge_button.setText(self.tr("Merge {0}…").format(f"{count:,}") if count > 1 else self.tr("Merge…"))

    @Slot()
    def _go_to_list(self) -> None:
        if self.model.ids:
            self.table.setFocus()

    def _selected(self) -> list[IssuerLine]:
        return [self._lines[one] for one in self.table.selected_ids() if one in self._lines]

    # Changing ----------------------------------------------------------------------------------------------------

    @Slot()
    def _edit(self) -> None:
        selected = self._selected()
        if len(selected) == 1:
            dialog = IssuerDialog(self._context, selected[0].issuer, self)
            dialog.saved.connect(self._save)
            dialog.open()

    @Slot()
    def _merge(self) -> None:
        selected = self._selected()
        if selected:
            dialog = MergeIssuersDialog(self._context.theme, list(self._lines.values()), selected, self)
            dialog.chosen.connect(self._merge_into)
            dialog.open()

    @Slot(object)
    def _save(self, issuer: Issuer) -> None:
        said = self.tr("Saved “{0}”. Ctrl+Z takes it back.").format(" ".join(issuer.name.split()))
        self._context.operations.change(partial(save_issuer, self._context.library, issuer), partial(self._tell, said))

    @Slot(object, object)
    def _merge_into(self, kept: int, merged: Sequence[int]) -> None:
        said = self.tr("Merged into “{0}”. Ctrl+Z makes them separate again.").format(self._lines[kept].issuer.name)
        self._context.operations.change(
            partial(merge_issuers, self._context.library, kept, merged), partial(self._tell, said)
        )

    def _tell(self, said: str, kept: Issuer) -> None:
        self.note.setText(said)
        self.table.keep_after_reset(kept.id)
        self.table.setFocus()


def _columns() -> tuple[Column[IssuerLine], ...]:
    return (
        Column(key="name", title=_tr("Issuer"), text=_name, width=250, tip=_name_tip),
        Column(key="aliases", title=_tr("Other names"), text=_other_names, width=0, is_muted=True, tip=_names_tip),
        _number_column("programs", _tr("Programs"), _programs, 92),
        _number_column("credentials", _tr("Credentials"), _credentials, 104),
    )


def _number_column(key: str, title: str, text: Callable[[IssuerLine], str], width: int) -> Column[IssuerLine]:
    return Column(key=key, title=title, text=text, width=width, is_muted=True, is_number=True, spare=True)


def _sentence(line: IssuerLine) -> str:
    names = _tr("also called {0}").format(_other_names(line)) if line.issuer.aliases else ""
    numbers = _tr("{0} programs, {1} credentials").format(_programs(line) or "0", _credentials(line) or "0")
    return ", ".join(part for part in (line.issuer.name, names, numbers) if part)


def _name(line: IssuerLine) -> str:
    return line.issuer.name


def _name_tip(line: IssuerLine) -> str:
    return tip_text(line.issuer.name)


def _other_names(line: IssuerLine) -> str:
    return ", ".join(line.issuer.aliases)


def _names_tip(line: IssuerLine) -> str:
    return tip_text(_other_names(line))


def _programs(line: IssuerLine) -> str:
    return f"{line.programs:,}" if line.programs else ""


def _credentials(line: IssuerLine) -> str:
    return f"{line.credentials:,}" if line.credentials else ""
