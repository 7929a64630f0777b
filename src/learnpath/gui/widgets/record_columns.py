"""The columns of a record table: their widths, which are shown, the sort arrow, and the menu to choose them.

Belongs here: what the header does. Rows and selection are in `record_table`.
"""

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import QItemSelectionModel, QObject, QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHeaderView, QMenu, QTableView

from learnpath.gui.infra.theme import Theme
from learnpath.gui.models.paged_table import Column, PagedTableModel
from learnpath.settings import Json

_LEAST = 48
_LEAST_STRETCHED = 220
# Spare columns show only while this much is left for the wide one: its text matters more than they do.
_EASY_STRETCHED = 300


class RecordColumns(QObject):
    """Lays the columns of one table out; the column of width 0 takes what the others leave, but never too little."""

    def __init__(self, view: QTableView, model: PagedTableModel[Any], theme: Theme) -> None:
        super().__init__(view)
        self._view = view
        self._model = model
        self._theme = theme
        self._chosen: dict[str, int] = {}
        self._hidden = {column.key for column in model.columns if column.optional}
        self._insisted: set[str] = set()
        self._laying_out = False
        self._sort: tuple[str, bool] = ("", False)
        self._build()
        self._connect()
        self.lay_out()

    @property
    def sort(self) -> tuple[str, bool]:
        """Return the sort key in force and whether it descends; the key is empty when nothing was chosen."""
        return self._sort

    def show_sort(self, key: str, *, descending: bool) -> None:
        """Show the arrow at the column that sorts by `key`; asks for nothing."""
        self._sort = (key, descending)
        places = [place for place, column in enumerate(self._model.columns) if column.sort and column.sort == key]
        order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        self._header.setSortIndicator(places[0] if places else -1, order)

    def is_hidden(self, key: str) -> bool:
        """Return whether a column is hidden."""
        return key in self._hidden

    def set_hidden(self, key: str, *, hidden: bool) -> None:
        """Hide or show a column; the first one always stays."""
        if hidden and key != self._model.columns[0].key:
            self._hidden.add(key)
            self._insisted.discard(key)
        else:
            self._hidden.discard(key)
            self._insisted.add(key)
        self.lay_out()

    def fill_menu(self, menu: QMenu) -> None:
        """Put a checkable entry for each column into a menu, and one to go back to the first layout."""
        menu.clear()
        for column in self._model.columns[1:]:
            action = QAction(column.title, menu)
            action.setCheckable(True)
            action.setChecked(column.key not in self._hidden)
            action.toggled.connect(partial(self._on_toggled, column.key))
            menu.addAction(action)
        _ = menu.addSeparator()
        reset = QAction(self.tr("Reset columns"), menu)
        reset.triggered.connect(self.reset)
        menu.addAction(reset)

    def reset(self) -> None:
        """Go back to the columns and widths as they are at first."""
        self._chosen.clear()
        self._insisted.clear()
        self._hidden = {column.key for column in self._model.columns if column.optional}
        self.lay_out()

    def lay_out(self) -> None:
        """Set every width for the text size and the room there are."""
        self._laying_out = True
        room = self._view.viewport().width()
        shown = self._columns_in(room)
        stretched = -1
        for place, column in enumerate(self._model.columns):
            self._view.setColumnHidden(place, column.key not in shown)
            if column.key not in shown:
                continue
            width = self._width(column)
            if width:
                self._header.resizeSection(place, width)
                room -= width
            else:
                stretched = place
        if stretched >= 0:
            self._header.resizeSection(stretched, max(room, self._theme.px(_LEAST_STRETCHED)))
        self._laying_out = False

    def _columns_in(self, room: int) -> set[str]:
        """Return the keys of the columns to show: spare ones go, from the last, while there is too little room."""
        shown = {column.key: column for column in self._model.columns if column.key not in self._hidden}
        for column in reversed(self._model.columns):
            if self._needed(shown.values()) <= room:
                break
            if column.spare and column.key not in self._insisted:
                _ = shown.pop(column.key, None)
        return set(shown)

    def _needed(self, columns: Iterable[Column[Any]]) -> int:
        return sum(self._width(column) or self._theme.px(_EASY_STRETCHED) for column in columns)

    def save_state(self) -> dict[str, Json]:
        """Return widths the person chose, hidden columns and the sort order."""
        widths: dict[str, Json] = dict(self._chosen)
        hidden: list[Json] = [*sorted(self._hidden)]
        insisted: list[Json] = [*sorted(self._insisted)]
        return {
            "widths": widths,
            "hidden": hidden,
            "insisted": insisted,
            "sort": self._sort[0],
            "descending": self._sort[1],
        }

    def restore_state(self, state: Mapping[str, Json]) -> None:
        """Take back what `save_state` returned; columns that no longer exist are ignored."""
        keys = {column.key for column in self._model.columns}
        widths, hidden, sort = state.get("widths"), state.get("hidden"), state.get("sort")
        if isinstance(widths, dict):
            self._chosen = {
                key: width
                for key, width in widths.items()
                if key in keys and isinstance(width, int) and width >= _LEAST
            }
        if isinstance(hidden, list):
            self._hidden = {key for key in hidden if isinstance(key, str) and key in keys}
            self._hidden.discard(self._model.columns[0].key)
        if isinstance(insisted := state.get("insisted"), list):
            self._insisted = {key for key in insisted if isinstance(key, str) and key in keys}
        if isinstance(sort, str) and any(column.sort == sort for column in self._model.columns):
            self.show_sort(sort, descending=state.get("descending") is True)
        self.lay_out()

    def _build(self) -> None:
        header = self._header = self._view.horizontalHeader()
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(_LEAST)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        # To paint itself, a header asks for every row whether it is selected: with one of its own it has none to ask.
        header.setSelectionModel(QItemSelectionModel(self._model, self))
        # A press on a title would select all rows, because rows are selected as a whole.
        header.sectionPressed.disconnect()
        header.sectionEntered.disconnect()

    def _connect(self) -> None:
        self._header.sectionClicked.connect(self._on_clicked)
        self._header.sectionResized.connect(self._on_resized)
        self._header.customContextMenuRequested.connect(self._open_menu)
        self._theme.changed.connect(self.lay_out)

    def _width(self, column: Column[Any]) -> int:
        return self._theme.px(self._chosen.get(column.key, column.width))

    def _on_toggled(self, key: str, shown: bool) -> None:
        self.set_hidden(key, hidden=not shown)

    def _on_clicked(self, place: int) -> None:
        column = self._model.columns[place]
        if not column.sort:
            self.show_sort(self._sort[0], descending=self._sort[1])
            return
        again = self._sort[0] == column.sort
        descending = not self._sort[1] if again else column.descending
        self.show_sort(column.sort, descending=descending)
        self._model.sort(place, Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder)

    def _on_resized(self, place: int, _old: int, new: int) -> None:
        if not self._laying_out and new > 0:
            self._chosen[self._model.columns[place].key] = round(new / self._theme.scale)

    def _open_menu(self, place: QPoint) -> None:
        menu = QMenu(self._view)
        menu.aboutToHide.connect(menu.deleteLater)
        self.fill_menu(menu)
        menu.popup(self._header.mapToGlobal(place))
