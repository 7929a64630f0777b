"""A short message at the foot of the window with one way back, gone after some seconds."""

from weakref import ReferenceType, ref

import shiboken6
from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QToolButton, QWidget

from learnpath.gui.infra.icons import Icons
from learnpath.gui.infra.shapes import paint_rounded
from learnpath.gui.infra.theme import Theme
from learnpath.gui.widgets.link_button import LinkButton
from learnpath.gui.widgets.plain_label import PlainLabel
from learnpath.gui.widgets.themed import ThemedWidget

LIFETIME_MS = 8000
_MARGIN = 20


class Toast(ThemedWidget):
    """Lies over `host` at the bottom in the middle. Its time stands still under the pointer or the focus.

    `action_clicked` is sent once per message, then it goes. Esc puts it away.
    """

    action_clicked = Signal()

    def __init__(self, theme: Theme, host: QWidget, lifetime_ms: int = LIFETIME_MS) -> None:
        super().__init__(theme, host)
        self._host = host
        self._text = PlainLabel(theme, "", "body", elide=True)
        self._action = LinkButton(theme, "")
        self._close = QToolButton()
        self._row = QHBoxLayout(self)
        # A strong reference would keep a widget of a screen alive after its window.
        self._focus_before: ReferenceType[QWidget] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(lifetime_ms)
        self._build()
        self._connect()
        self.hide()

    @property
    def text(self) -> str:
        """Return what it says."""
        return self._text.text()

    @property
    def is_counting(self) -> bool:
        """Return whether its time is running."""
        return self._timer.isActive()

    def show_message(self, text: str, action: str = "") -> None:
        """Show a message with an optional action such as Undo, instead of the one before."""
        self._text.setText(text)
        self._action.setText(action)
        self._action.setVisible(bool(action))
        self._action.setAccessibleName(f"{action}: {text}" if action else "")
        self.setAccessibleName(text)
        self._place()
        self.show()
        self.raise_()
        self._timer.start()

    def dismiss(self) -> None:
        """Put it away, and give the focus back to where it came from."""
        self._timer.stop()
        before = self._focus_before() if self._focus_before is not None else None
        self._focus_before = None
        has_focus = self._action.hasFocus() or self._close.hasFocus()
        if has_focus and before is not None and shiboken6.isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc puts it away."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the host's size; hold the time while a button has the focus."""
        kind = event.type()
        if watched is self._host and kind == QEvent.Type.Resize:
            self._place()
        elif watched is not self._host and kind in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self._hold(kind == QEvent.Type.FocusIn)
        return super().eventFilter(watched, event)

    def event(self, event: QEvent) -> bool:
        """Hold the time while the pointer is over it."""
        if event.type() in (QEvent.Type.Enter, QEvent.Type.Leave):
            self._hold(event.type() == QEvent.Type.Enter)
        elif event.type() == QEvent.Type.LayoutRequest:
            self._place()
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a raised surface."""
        painter = QPainter(self)
        theme = self._theme
        paint_rounded(painter, self.rect(), 10, theme.color("surface"), theme.color("faint"))

    def _build(self) -> None:
        row = self._row
        row.setContentsMargins(16, 8, 8, 8)
        row.setSpacing(16)
        row.addWidget(self._text, 1)
        row.addWidget(self._action)
        self._close.setAutoRaise(True)
        self._close.setIcon(Icons(self._theme).icon("x", "muted"))
        self._close.setAccessibleName(self.tr("Close message"))
        row.addWidget(self._close)

    def _connect(self) -> None:
        self._timer.timeout.connect(self.dismiss)
        self._close.clicked.connect(self.dismiss)
        self._action.clicked.connect(self._on_action)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._note_focus)
        for watched in (self._host, self._action, self._close):
            watched.installEventFilter(self)

    @Slot(QWidget, QWidget)
    def _note_focus(self, old: QWidget | None, new: QWidget | None) -> None:
        if new is not None and self.isAncestorOf(new) and old is not None and not self.isAncestorOf(old):
            self._focus_before = ref(old)

    def _on_action(self) -> None:
        self.dismiss()
        self.action_clicked.emit()

    def _hold(self, hold: bool) -> None:
        if hold:
            self._timer.stop()
        elif self.isVisible():
            self._timer.start()

    def _place(self) -> None:
        room = max(self._host.width() - 2 * _MARGIN, 0)
        hint = self._row.sizeHint()
        self.resize(min(hint.width(), room), hint.height())
        left = (self._host.width() - self.width()) // 2
        self.move(QPoint(left, self._host.height() - self.height() - _MARGIN))
