"""What the window says without a dialog: toasts (passing) and banners (staying until dealt with).

Belongs here: the request for a message. Not here: the widgets that show it (`widgets`, placed by the shell).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QObject, Signal

from learnpath.errors import KnownError

BannerKind = Literal["info", "ok", "warn", "error"]
"""How a banner reads; never by colour alone, each kind has its icon too."""


@dataclass(frozen=True, slots=True)
class MessageAction:
    """A button on a banner: its text (a verb) and what it does."""

    text: str
    handler: Callable[[], object]


@dataclass(frozen=True, slots=True)
class BannerMessage:
    """One banner: a plain sentence, perhaps a second one that says what to do, and up to two buttons."""

    text: str
    kind: BannerKind = "info"
    hint: str = ""
    actions: tuple[MessageAction, ...] = ()


class Messages(QObject):
    """The way any part of the window says something. The shell shows it."""

    toast_requested = Signal(str, bool)
    offer_requested = Signal(str, object)
    banner_requested = Signal(object)
    banner_dismissed = Signal()

    def toast(self, text: str, *, undo: bool = True) -> None:
        """Show a passing message; with `undo`, a button takes back the latest change."""
        self.toast_requested.emit(text, undo)

    def offer(self, text: str, action: MessageAction) -> None:
        """Show a passing message with a button of its own instead of Undo (a file was written: Open)."""
        self.offer_requested.emit(text, action)

    def banner(
        self,
        text: str,
        kind: BannerKind = "info",
        actions: tuple[MessageAction, ...] = (),
        *,
        hint: str = "",
    ) -> None:
        """Show a message that stays until it is closed or replaced."""
        self.banner_requested.emit(BannerMessage(text, kind, hint, actions))

    def error(self, error: KnownError) -> None:
        """Show a known error as a banner."""
        self.banner(error.message, "error", hint=error.hint)

    def dismiss_banner(self) -> None:
        """Take the banner away, because what it asked for was done."""
        self.banner_dismissed.emit()
