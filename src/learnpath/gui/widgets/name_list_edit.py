"""A field for names separated by commas, such as skills and tags, that completes the name being typed."""

from collections.abc import Sequence

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget


class _NameCompleter(QCompleter):
    """Completes what stands after the last comma."""

    def splitPath(self, path: str) -> list[str]:
        return [path.rpartition(",")[2].strip()]

    def pathFromIndex(self, index: object) -> str:
        name = super().pathFromIndex(index)  # pyright: ignore[reportArgumentType]
        widget = self.widget()
        before = widget.text().rpartition(",")[0] if isinstance(widget, QLineEdit) else ""
        return f"{before.strip()}, {name}" if before.strip() else name


class NameListEdit(QLineEdit):
    """Names separated by commas. `names` are without blanks and doubles, in the order typed."""

    def __init__(self, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(placeholder)

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names."""
        found = {" ".join(name.split()).casefold(): " ".join(name.split()) for name in reversed(self.text().split(","))}
        return tuple(reversed([name for key, name in found.items() if key]))

    def set_names(self, names: Sequence[str]) -> None:
        """Show names."""
        self.setText(", ".join(names))
        self.setCursorPosition(0)

    def offer(self, names: Sequence[str]) -> None:
        """Complete from these names."""
        completer = _NameCompleter(self)
        set_up_completer(completer, names)
        self.setCompleter(completer)


def set_up_completer(completer: QCompleter, names: Sequence[str]) -> None:
    """Give a completer names; any part of a name matches, whatever its case."""
    completer.setModel(QStringListModel(list(names), completer))
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    completer.setMaxVisibleItems(8)
