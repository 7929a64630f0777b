"""What an exported library would bring, by kind of record: such a file has no rows to choose from."""

from PySide6.QtWidgets import QGridLayout, QWidget

from learnpath.gui.infra.theme import Theme
from learnpath.gui.screens.importing.wording import number_text, say
from learnpath.gui.widgets.plain_label import PlainLabel
from learnpath.services.library_merge import LibraryMerge

_GROUPS = {
    "issuers": "Issuers",
    "skills": "Skills",
    "tags": "Tags",
    "programs": "Programs",
    "credentials": "Credentials",
    "evidence": "Proofs",
    "costs": "Costs",
    "sessions": "Study time",
    "paths": "Paths",
    "steps": "Steps of paths",
    "portfolios": "Portfolios",
    "imports": "Imported files",
}


class LibrarySummary(QWidget):
    """A small table: kinds of record, how many are new, how many change."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(10, 4, 10, 4)
        self._grid.setHorizontalSpacing(32)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(3, 1)

    def show_merge(self, merge: LibraryMerge | None) -> None:
        """Show what a merge adds and changes; kinds that it leaves alone are left out."""
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        if merge is None:
            return
        self._add_line(0, say("What"), say("New"), say("Update"), is_head=True)
        line = 1
        for group in _GROUPS:
            new, updated = len(getattr(merge.new, group)), len(getattr(merge.updated, group))
            if new or updated:
                self._add_line(line, _group_text(group), number_text(new), number_text(updated))
                line += 1
        if line == 1:
            self._grid.addWidget(PlainLabel(self._theme, say("Everything in it is here already."), "body"), 1, 0, 1, 4)

    def _add_line(self, line: int, what: str, new: str, updated: str, *, is_head: bool = False) -> None:
        for column, text in enumerate((what, new, updated)):
            label = PlainLabel(self._theme, text, "tiny_strong" if is_head else "body", "muted" if is_head else "text")
            self._grid.addWidget(label, line, column)


def _group_text(group: str) -> str:
    return say(_GROUPS[group])
