"""Shows what `Messages` asks for: a banner above the screen, a toast over its foot.

Belongs here: placing the two widgets and running what their buttons stand for.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from learnpath.gui.infra.context import GuiContext
from learnpath.gui.infra.messages import BannerMessage, MessageAction
from learnpath.gui.widgets.banner import Banner
from learnpath.gui.widgets.toast import Toast


class MessageArea(QObject):
    """One banner and one toast; a newer message replaces the one before. `frame` goes above the screens."""

    def __init__(self, context: GuiContext, undo: Callable[[], object], host: QWidget) -> None:
        """Make the banner for the layout of `host` and lay the toast over it; `undo` is what its button does."""
        super().__init__(host)
        self._context = context
        self._undo = undo
        self._host = host
        self._shown = BannerMessage("")
        self._offers_undo = False
        self._offered: MessageAction | None = None
        self.frame = QWidget(host)
        self.banner = Banner(context.theme, self.frame)
        self.toast = Toast(context.theme, host)
        layout = QVBoxLayout(self.frame)
        layout.setContentsMargins(18, 12, 18, 0)
        layout.addWidget(self.banner)
        self.frame.hide()
        self._connect()

    def _connect(self) -> None:
        messages = self._context.messages
        messages.toast_requested.connect(self._show_toast)
        messages.offer_requested.connect(self._show_offer)
        messages.banner_requested.connect(self._show_banner)
        messages.banner_dismissed.connect(self.banner.dismiss)
        self._context.bus.changed.connect(self._retire_undo)
        self.banner.action_chosen.connect(self._run_action)
        self.banner.closed.connect(self.frame.hide)
        self.toast.action_clicked.connect(self._run_toast_action)

    @Slot(str, bool)
    def _show_toast(self, text: str, undo: bool) -> None:
        self._offers_undo = undo
        self._offered = None
        self.toast.show_message(text, self.tr("Undo") if undo else "")
        self._announce(text)

    @Slot(str, object)
    def _show_offer(self, text: str, action: MessageAction) -> None:
        self._offers_undo = False
        self._offered = action
        self.toast.show_message(text, action.text)
        self._announce(text)

    @Slot()
    def _run_toast_action(self) -> None:
        if self._offered is None:
            self._undo()
        else:
            self._offered.handler()

    @Slot(object)
    def _show_banner(self, message: BannerMessage) -> None:
        self._shown = message
        text = f"{message.text} {message.hint}".strip()
        actions = [(str(position), action.text) for position, action in enumerate(message.actions)]
        self.banner.show_message(message.kind, text, actions)
        self.frame.show()
        self._announce(text)

    @Slot()
    def _retire_undo(self) -> None:
        """Take away an Undo that would by now take back something else than the toast says."""
        if self._offers_undo:
            self.toast.dismiss()

    @Slot(str)
    def _run_action(self, position: str) -> None:
        action = self._shown.actions[int(position)]
        self.banner.dismiss()
        action.handler()

    def _announce(self, text: str) -> None:
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._host, text))
