"""The small rows of the inspector: links that fit, a value with a button, a file with its buttons."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from learnpath.gui.infra.icons import Icons
from learnpath.gui.infra.theme import Theme
from learnpath.gui.widgets.link_button import LinkButton
from learnpath.gui.widgets.wording import tip_text

_LINK_WIDTH = 206
_TOOL = 24


def make_link(theme: Theme, text: str, name: str, run: Callable[[], object], width: int = _LINK_WIDTH) -> LinkButton:
    """Return a link that is cut when it is too long and whole in its tool tip; `name` finds it again."""
    metrics = QFontMetrics(theme.font("body"))
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, theme.px(width))
    link = LinkButton(theme, shown.replace("&", "&&"), "body")
    link.setObjectName(name)
    link.setAccessibleName(text)
    link.setToolTip(tip_text(text) if shown != text else "")
    link.clicked.connect(run)
    return link


def make_tool(theme: Theme, icon: str, text: str, name: str, run: Callable[[], object]) -> QToolButton:
    """Return a button of one icon; `text` says what it does."""
    button = QToolButton()
    button.setIcon(Icons(theme).icon(icon, "muted"))
    button.setAutoRaise(True)
    button.setFixedSize(theme.px(_TOOL), theme.px(_TOOL))
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    button.setToolTip(tip_text(text))
    button.setAccessibleName(text)
    button.setObjectName(name)
    button.clicked.connect(run)
    return button


def make_line(first: QWidget, *others: QWidget, stretch: bool = False) -> QWidget:
    """Return widgets side by side; with `stretch` the first one takes the room."""
    box = QWidget()
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(4)
    row.addWidget(first, 1 if stretch else 0, Qt.AlignmentFlag.AlignVCenter)
    for other in others:
        row.addWidget(other, 0, Qt.AlignmentFlag.AlignVCenter)
    if not stretch:
        row.addStretch()
    box.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
    return box


def make_column(widgets: Sequence[QWidget], spacing: int = 2) -> QWidget:
    """Return widgets one below the other."""
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(spacing)
    for widget in widgets:
        column.addWidget(widget)
    return box


def link_text(address: str) -> str:
    """Return a web address for reading: the real host (never in look-alike letters) and the end of its path."""
    url = QUrl(address)
    host = url.host(QUrl.ComponentFormattingOption.FullyEncoded).removeprefix("www.")
    last = [part for part in url.path().split("/") if part]
    if not last:
        return host
    return f"{host}/{last[0]}" if len(last) == 1 else f"{host}/…/{last[-1]}"
