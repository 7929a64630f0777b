"""One file in the import: what it was recognised as, its open questions, its columns, and its rows."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from learnpath.gui.infra.icons import Icons
from learnpath.gui.infra.theme import Theme
from learnpath.gui.screens.importing.group_bar import GroupBar
from learnpath.gui.screens.importing.library_summary import LibrarySummary
from learnpath.gui.screens.importing.mapping_panel import MappingPanel
from learnpath.gui.screens.importing.no_match import NoMatch
from learnpath.gui.screens.importing.open_file import OpenFile
from learnpath.gui.screens.importing.preview_model import PreviewModel
from learnpath.gui.screens.importing.preview_table import PreviewTable
from learnpath.gui.screens.importing.questions import Questions
from learnpath.gui.screens.importing.reading import Reading
from learnpath.gui.screens.importing.row_filters import RowFilters
from learnpath.gui.screens.importing.row_kinds import LIKELY, PARTIAL, RowFilter, row_filter
from learnpath.gui.screens.importing.wording import problems_text, recognised_text
from learnpath.gui.widgets.link_button import LinkButton
from learnpath.gui.widgets.plain_label import PlainLabel

_SAID_AFTER_MILLISECONDS = 200


class FilePage(QWidget):
    """Shows an `OpenFile`. Signals tell what the person wants; the page changes nothing itself.

    Where there is little height (`set_tight`), what the file was recognised as is left to the boxes, and the columns
    take the place of the rows while they are open.

    `options_chosen(ReadingOptions)`, `choices_forgotten()`, `stop_clicked()`, `close_clicked()`, `searched(words)`,
    `skip_toggled(rows)`, `decided(rows, decision)`, `cell_typed(row, place, text, original)`, `taken_back(rows)`.
    """

    options_chosen = Signal(object)
    choices_forgotten = Signal()
    stop_clicked = Signal()
    close_clicked = Signal()
    searched = Signal(str)
    skip_toggled = Signal(list)
    decided = Signal(list, str)
    cell_typed = Signal(int, object, str, str)
    taken_back = Signal(list)

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._file: OpenFile | None = None
        self._shown: Reading | None = None
        self._shown_id = -1
        self._filters: dict[int, RowFilter | None] = {}
        self._shown_words = ""
        self._goes_to_rows = False
        self.title = PlainLabel(theme, "", "heading", elide=True)
        self.recognised = PlainLabel(theme, "", "body", "muted", elide=True)
        self.kind_box = QComboBox()
        self.columns_button = QPushButton()
        self.remembered = PlainLabel(theme, self.tr("Remembered mapping"), "small", "muted")
        self.reset_link = LinkButton(theme, self.tr("Reset"), "small")
        self.close_link = LinkButton(theme, self.tr("Remove file"), "small")
        self.busy = QProgressBar()
        self.stop_button = QPushButton(self.tr("Cancel"))
        self._busy_timer = QTimer(self)
        self.error = PlainLabel(theme, "", "medium", wrap=True)
        self.hint = PlainLabel(theme, "", "body", "muted", wrap=True)
        self.problems = PlainLabel(theme, "", "small", "warn", wrap=True)
        self.mapping = MappingPanel(theme)
        self.questions = Questions(theme)
        self.groups = GroupBar(theme)
        self._recognised_line = QHBoxLayout()
        self._is_tight = False
        self._rows = QVBoxLayout(self)
        self._below_columns = QWidget()
        self._below = QVBoxLayout(self._below_columns)
        self.filters = RowFilters(theme, self._recognised_line, (self.remembered, self.reset_link, self.close_link))
        self.chips, self.search = self.filters.chips, self.filters.search
        self.model = PreviewModel(self)
        self.table = PreviewTable(theme, icons, self.model)
        self.no_match = NoMatch(theme)
        self.show_all_button = self.no_match.show_all_button
        self.summary = LibrarySummary(theme)
        self._build()
        self._connect()

    # Showing ----------------------------------------------------------------------------------------------------

    def show_file(self, file: OpenFile, *, is_one_of_many: bool) -> None:
        """Show a file as it is now."""
        moved = self._file is not file
        self._file = file
        self.close_link.setVisible(is_one_of_many)
        self._show_busy(file)
        reading = file.reading
        failed = file.error is not None
        self.error.setText(file.error.message if file.error is not None else "")
        self.hint.setText(file.error.hint if file.error is not None else "")
        self.error.setVisible(failed)
        self.hint.setVisible(failed and bool(self.hint.text()))
        if reading is None or failed:
            self._show_nothing()
        elif moved or reading is not self._shown:
            self._show_reading(file, reading)
        self._shown = reading
        self._show_head()

    def set_tight(self, tight: bool) -> None:
        """Make do with little height, or no longer."""
        self._is_tight = tight
        for rows in (self._rows, self._below):
            rows.setSpacing(6 if tight else 10)
        self.questions.set_tight(tight)
        self._show_head()
        self._make_room()

    def refresh_decisions(self) -> None:
        """Show what decisions changed."""
        self.model.refresh_rows()

    def show_found(self) -> None:
        """Show the rows that were found, the current one still if it is among them."""
        file = self._file
        if file is None or file.reading is None:
            return
        is_other, self._shown_words = file.words != self._shown_words, file.words
        self._filter(file, self._filters.get(file.id), stays=True, else_first=is_other)
        self.table.go_on_typing(file.id)
        if self._goes_to_rows and self.search.hasFocus():
            self._go_to_rows()

    def focus_search(self) -> bool:
        """Focus the search field; return False for a file without one."""
        if not self.search.isVisible() or not self.isEnabled():
            return False
        self.search.setFocus()
        self.search.selectAll()
        return True

    def forget_files(self, kept: Sequence[int]) -> None:
        """Forget what was filtered in files that were closed, and let go of the rows of a closed file."""
        self._filters = {one: kind for one, kind in self._filters.items() if one in kept}
        if self._file is not None and self._file.id not in kept:
            self._file = self._shown = None
            self._show_nothing()

    @Slot()
    def _show_head(self) -> None:
        if self._file is None:
            return
        name, recognised = self._file.source.name, self.recognised.text()
        # The line is there anyway when the search field stands at its end.
        is_needed = not self._is_tight or self._shown is None or self.filters.is_search_above
        self.title.setText(self.tr("Import “{0}”").format(name) if is_needed else name)
        self.title.setAccessibleDescription("" if is_needed else recognised)
        self.recognised.setVisible(is_needed and bool(recognised))

    def _make_room(self) -> None:
        self._below_columns.setVisible(not self._is_tight or self.mapping.isHidden())

    def _show_busy(self, file: OpenFile) -> None:
        self._busy_timer.stop()
        if file.is_busy and file.reading is not None and self.busy.isHidden():
            # What was shown stays, and mostly it is read again in a moment: nothing should jump for that.
            self._busy_timer.start()
            return
        self.busy.setVisible(file.is_busy)
        self.stop_button.setVisible(file.is_busy)
        if file.is_busy and file.reading is None:
            self.recognised.setText(self.tr("Reading the file…"))

    @Slot()
    def _show_still_busy(self) -> None:
        self.busy.setVisible(self._file is not None and self._file.is_busy)
        self.stop_button.setVisible(not self.busy.isHidden())

    def _show_nothing(self) -> None:
        self.model.show_file(None, None)
        self.mapping.forget()
        self.questions.forget()
        if self._file is None or not self._file.is_busy:
            self.recognised.setText("")
        for widget in self._of_readings:
            widget.hide()

    def _show_reading(self, file: OpenFile, reading: Reading) -> None:
        parsed = reading.preview.parsed
        is_table = parsed.table is not None
        self.recognised.setText(recognised_text(parsed))
        self.remembered.setVisible(reading.is_remembered)
        self.reset_link.setVisible(reading.is_remembered)
        self.columns_button.setVisible(is_table)
        self.kind_box.setVisible(is_table)
        self.kind_box.setCurrentIndex(max(0, self.kind_box.findData(parsed.kind)))
        self.problems.setText(problems_text(parsed))
        self.problems.setVisible(bool(self.problems.text()))
        if self._reads_otherwise(reading):
            self.mapping.show_reading(reading)
        self.questions.show_reading(reading)
        self.groups.show_reading(reading)
        self._show_columns_button(reading)
        self.chips.show()
        likely, partial = len(reading.places[LIKELY]), len(reading.places[PARTIAL])
        self.chips.set_counts({**reading.preview.counts, LIKELY: likely, PARTIAL: partial})
        is_library = reading.preview.plan is None
        self.summary.setVisible(is_library)
        if is_library:
            self.summary.show_merge(reading.preview.merge)
        self.chips.setEnabled(not is_library)
        self._show_search(file, reading)
        self._filter(file, self._filters.get(file.id), stays=self._shown_id == file.id)
        self._shown_id = file.id
        self.table.set_titles(dict(reading.preview.titles))
        self.table.go_on_typing(file.id)

    def _reads_otherwise(self, reading: Reading) -> bool:
        """Return whether a file is read in another way than the one shown; making the boxes anew takes a while."""
        if self._shown is None:
            return True
        before, now = self._shown.preview, reading.preview
        return before.parsed.table != now.parsed.table or replace(before.options, corrections={}) != replace(
            now.options, corrections={}
        )

    def _show_search(self, file: OpenFile, reading: Reading) -> None:
        self.search.setVisible(reading.texts.is_offered)
        self._shown_words = file.words
        self.search.setText(file.words)
        self.filters.arrange()

    def _filter(self, file: OpenFile, kind: RowFilter | None, *, stays: bool = False, else_first: bool = False) -> None:
        if kind is not None and file.reading is not None and not file.reading.places[kind]:
            kind = None
        self._filters[file.id] = kind
        self.chips.set_current(kind)
        current = self.table.currentIndex()
        row_index = self.model.row_index(current.row()) if stays else -1
        self.model.show_file(file, kind)
        self._show_found(file)
        if not self.model.rowCount():
            return
        # A row that was mended may have left the rows in view: the next one takes its place.
        place = self.model.place_of(row_index) if row_index >= 0 else 0
        if place < 0:
            place = 0 if else_first else min(current.row(), self.model.rowCount() - 1)
        if not stays or self.table.currentIndex().row() != place:
            self.table.setCurrentIndex(self.model.index(place, max(0, current.column()) if stays else 0))

    def _show_found(self, file: OpenFile) -> None:
        is_list = file.reading is not None and file.reading.preview.plan is not None
        has_match = bool(self.model.rowCount()) or file.found is None
        # The one that comes first: the focus passes on to it when it was in the other.
        self.no_match.setVisible(is_list and not has_match)
        self.table.setVisible(is_list and has_match)

    def _show_columns_button(self, reading: Reading) -> None:
        shape = reading.preview.parsed.table
        if shape is None:
            self.mapping.hide()
            self._make_room()
            return
        used = len(set(shape.mapping.values()))
        sign = "▴" if self.columns_button.isChecked() else "▾"
        text = self.tr("Columns: {0} of {1} matched {2}").format(used, len(shape.columns), sign)
        self.columns_button.setText(text)
        self.columns_button.setAccessibleName(text.rstrip(" ▴▾"))
        self.mapping.setVisible(self.columns_button.isChecked())
        self._make_room()

    # Building ---------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self._fill_boxes()
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self.title, 1)
        for widget in (self.kind_box, self.columns_button):
            head.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        wait = QHBoxLayout()
        wait.setSpacing(12)
        wait.addWidget(self.busy, 1)
        wait.addWidget(self.stop_button)
        rows = self._rows
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(10)
        titles = QVBoxLayout()
        titles.setSpacing(0)
        titles.addLayout(head)
        self._recognised_line.setSpacing(10)
        self._recognised_line.addWidget(self.recognised, 1)
        titles.addLayout(self._recognised_line)
        rows.addLayout(titles)
        rows.addLayout(wait)
        for widget in (self.error, self.hint, self.mapping):
            rows.addWidget(widget)
        rows.addWidget(self._below_columns, 1)
        self._below.setContentsMargins(0, 0, 0, 0)
        self._below.setSpacing(10)
        for widget in (self.questions, self.problems, self.groups, self.filters):
            self._below.addWidget(widget)
        self._below.addWidget(self.table, 1)
        self._below.addWidget(self.no_match)
        self._below.addWidget(self.summary)
        head = (self.kind_box, self.columns_button, self.remembered, self.reset_link, self.mapping)
        strips = (self.questions, self.problems, self.groups, self.chips, self.search)
        self._of_readings = (*head, *strips, self.table, self.no_match, self.summary)
        self._show_nothing()

    def _fill_boxes(self) -> None:
        for label in (self.title, self.recognised):
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._below_columns.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.kind_box.setAccessibleName(self.tr("What the rows are"))
        self.kind_box.addItem(self.tr("Program list"), "programs")
        self.kind_box.addItem(self.tr("My credentials"), "credentials")
        self.columns_button.setCheckable(True)
        self.columns_button.setToolTip(self.tr("Which column is what, and how dates and amounts are read"))
        self._busy_timer.setSingleShot(True)
        self._busy_timer.setInterval(_SAID_AFTER_MILLISECONDS)
        self.busy.setRange(0, 0)
        self.busy.setTextVisible(False)
        self.busy.setFixedHeight(self._theme.px(6))
        self.busy.setAccessibleName(self.tr("Reading the file"))

    def _connect(self) -> None:
        self._busy_timer.timeout.connect(self._show_still_busy)
        self.kind_box.activated.connect(self._choose_kind)
        self.columns_button.toggled.connect(self._toggle_columns)
        self.reset_link.clicked.connect(self.choices_forgotten)
        self.close_link.clicked.connect(self.close_clicked)
        self.stop_button.clicked.connect(self.stop_clicked)
        self.mapping.options_chosen.connect(self.options_chosen)
        self.questions.options_chosen.connect(self.options_chosen)
        self.groups.options_chosen.connect(self.options_chosen)
        self.chips.chosen.connect(self._choose_filter)
        self.filters.arranged.connect(self._show_head)
        self.search.textChanged.connect(self._search)
        self.search.left.connect(self._go_to_rows)
        self.search.down_pressed.connect(self._go_to_rows)
        self.search.returnPressed.connect(self._go_to_rows)
        self.show_all_button.clicked.connect(self._show_all)
        self.table.skip_toggled.connect(self.skip_toggled)
        self.table.decided.connect(self.decided)
        self.table.taken_back.connect(self.taken_back)
        self.model.cell_typed.connect(self.cell_typed)

    @Slot(int)
    def _choose_kind(self, place: int) -> None:
        reading = self._file.reading if self._file is not None else None
        kind: object = self.kind_box.itemData(place)
        if reading is not None and kind != reading.preview.parsed.kind:
            # The other kind has other fields, so the columns are matched anew.
            options = replace(reading.preview.options, kind=kind, mapping=None)  # pyright: ignore[reportArgumentType]
            self.options_chosen.emit(options)

    @Slot(bool)
    def _toggle_columns(self, on: bool) -> None:
        if self._shown is not None:
            self._show_columns_button(self._shown)
        if on and self.mapping.isVisible():
            self.mapping.field("header_row").setFocus()

    @Slot(str)
    def _choose_filter(self, kind: str) -> None:
        if self._file is not None:
            self._filter(self._file, row_filter(kind) if kind else None)

    @Slot(str)
    def _search(self, text: str) -> None:
        file = self._file
        if file is not None and text != file.words:
            self._goes_to_rows = False
            self.searched.emit(text)

    @Slot()
    def _go_to_rows(self) -> None:
        # Until the rows were found, keys meant for these would go to others.
        self._goes_to_rows = self._file is not None and self._file.is_searching
        if self.table.isVisible() and not self._goes_to_rows:
            self.table.setFocus()

    @Slot()
    def _show_all(self) -> None:
        self.search.clear()
        self._choose_filter("")
        self.table.setFocus()
