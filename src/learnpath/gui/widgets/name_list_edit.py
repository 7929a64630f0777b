"""A field for names separated by commas (or another sign), such as skills, that completes the name being typed."""

from collections.abc import Sequence
from itertools import chain, islice

from PySide6.QtCore import QStringListModel, Qt, Slot
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

# More than anybody reads; a whole dictionary of skills would hold up every key.
_MOST_OFFERED = 50
_VISIBLE = 8


class _NameCompleter(QCompleter):
    """Completes what stands after the last separator. Which names are offered is up to the field."""

    def __init__(self, separator: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._separator = separator

    def pathFromIndex(self, index: object) -> str:
        name = super().pathFromIndex(index)  # pyright: ignore[reportArgumentType]
        widget = self.widget()
        before = widget.text().rpartition(self._separator)[0] if isinstance(widget, QLineEdit) else ""
        return f"{before.strip()}{self._separator} {name}" if before.strip() else name


class NameListEdit(QLineEdit):
    """Names separated by commas or another sign. `names` are without blanks and doubles, in the order typed."""

    def __init__(self, placeholder: str, separator: str = ",", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(placeholder)
        self._separator = separator
        self._first: tuple[str, ...] = ()
        self._offered: list[tuple[str, str]] = []
        self._shown = QStringListModel(self)
        # Heard before the field asks its completer.
        self.textEdited.connect(self._find_names)

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names."""
        found = {" ".join(name.split()).casefold(): " ".join(name.split()) for name in reversed(self._parts())}
        return tuple(reversed([name for key, name in found.items() if key]))

    def set_names(self, names: Sequence[str]) -> None:
        """Show names."""
        self._first = tuple(names)
        self.setText(f"{self._separator} ".join(names))
        self.setCursorPosition(0)

    def offer(self, names: Sequence[str]) -> None:
        """Complete from these names: those that begin with what is typed first, then those that have it inside.

        A name with the separator in it is left out, as the field would take it for two.
        """
        self._offered = [(name.casefold(), name) for name in names if self._separator not in name]
        completer = _NameCompleter(self._separator, self)
        completer.setModel(self._shown)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setMaxVisibleItems(_VISIBLE)
        self.setCompleter(completer)

    def unknown(self) -> str:
        """Return the first name that is neither offered nor was shown at first; empty without one, or before any is."""
        if self.completer() is None:  # pyright: ignore[reportUnnecessaryComparison]
            return ""
        known = {name for name, _ in self._offered} | {" ".join(name.split()).casefold() for name in self._first}
        return next((name for name in self.names if name.casefold() not in known), "")

    def _parts(self) -> list[str]:
        """Return what stands between the separators; a name that was shown with one in it stays whole."""
        whole = [name for name in self._first if self._separator in name]
        parts: list[str] = []
        rest = self.text()
        while rest:
            rest = rest.lstrip()
            part = next((name for name in whole if rest.startswith(name)), rest.partition(self._separator)[0])
            parts.append(part)
            rest = rest[len(part) :].lstrip().removeprefix(self._separator)
        return parts

    @Slot(str)
    def _find_names(self, text: str) -> None:
        typed = " ".join(text.rpartition(self._separator)[2].split()).casefold()
        if not typed:
            self._shown.setStringList([])
            return
        starting = (name for key, name in self._offered if key.startswith(typed))
        inside = (name for key, name in self._offered if typed in key and not key.startswith(typed))
        self._shown.setStringList(list(islice(chain(starting, inside), _MOST_OFFERED)))


def set_up_completer(completer: QCompleter, names: Sequence[str]) -> None:
    """Give a completer names; any part of a name matches, whatever its case."""
    completer.setModel(QStringListModel(list(names), completer))
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    completer.setMaxVisibleItems(_VISIBLE)
