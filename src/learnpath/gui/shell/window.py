"""The main window: navigation, top bar, messages and the screens, and what connects them.

Belongs here: the frame. It knows screens only as `Screen` and `ScreenFactory`, and no record.
"""

import contextlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from weakref import ReferenceType, ref

import shiboken6
from PySide6.QtCore import QRect, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QHBoxLayout,
    QMainWindow,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from learnpath.gui.infra.actions import Command
from learnpath.gui.infra.context import GuiContext
from learnpath.gui.infra.icons import app_icon
from learnpath.gui.infra.navigation import Place
from learnpath.gui.infra.session import (
    DEFAULT_WINDOW,
    SMALLEST_WINDOW,
    WindowState,
    clamp_to_screens,
    load_window_state,
    save_window_state,
)
from learnpath.gui.shell import commands as table
from learnpath.gui.shell.help_dialog import HelpDialog
from learnpath.gui.shell.menu_bar import fill_menu_bar
from learnpath.gui.shell.message_area import MessageArea
from learnpath.gui.shell.navigation_pane import NavigationEntry, NavigationPane, SavedViewEntry
from learnpath.gui.shell.palette import CommandPalette, SearchRecords
from learnpath.gui.shell.screen import Screen, ScreenFactory
from learnpath.gui.shell.screen_stack import ScreenStack
from learnpath.gui.shell.top_bar import TopBar
from learnpath.gui.shell.undo import UndoController
from learnpath.gui.shell.undo_keys import UndoKeyRouter
from learnpath.settings import SettingsError

NARROW_BELOW = 1000
_DAY_CHECK_MILLISECONDS = 30_000


class MainWindow(QMainWindow):
    """The window. `files_dropped(list[Path])` is sent when no screen takes files; see `ScreenFactory.takes_files`."""

    files_dropped = Signal(list)
    saved_view_chosen = Signal(str)

    def __init__(
        self,
        context: GuiContext,
        factories: Sequence[ScreenFactory],
        search_records: SearchRecords | None = None,
    ) -> None:
        """Build the frame and register its commands; `restore` shows the first screen."""
        super().__init__()
        self._context = context
        self._factories = tuple(factories)
        self._day = context.today()
        self._day_timer = QTimer(self)
        self._last_focused: dict[str, ReferenceType[QWidget]] = {}
        self._register_commands()
        self._build(search_records)
        self._connect()

    def restore(self) -> None:
        """Come back as the window was left: place, size, screen, and what each screen remembers."""
        state = load_window_state(self._context.settings)
        available = [screen.availableGeometry() for screen in QGuiApplication.screens()]
        if state.geometry is None:
            self.resize(DEFAULT_WINDOW.boundedTo(available[0].size()) if available else DEFAULT_WINDOW)
        else:
            self.setGeometry(clamp_to_screens(QRect(*state.geometry), available))
        self.stack.restore_states(state.screens)
        known = self.stack.knows(state.screen_id)
        self._context.navigate.to_screen(state.screen_id if known else self._factories[0].screen_id)
        if state.maximized:
            self.showMaximized()

    def save(self) -> None:
        """Remember how the window is now."""
        geometry = self.normalGeometry() if self.isMaximized() else self.geometry()
        current = self.stack.current()
        save_window_state(
            self._context.settings,
            WindowState(
                geometry=(geometry.x(), geometry.y(), geometry.width(), geometry.height()),
                maximized=self.isMaximized(),
                screen_id=current.screen_id if current else "",
                screens=self.stack.save_states(),
            ),
        )

    def set_count(self, screen_id: str, count: int, *, urgent: bool = False) -> None:
        """Show a number beside a screen in the navigation; nothing for 0."""
        self.navigation.set_count(screen_id, count, urgent=urgent)

    def set_saved_views(self, views: Sequence[SavedViewEntry]) -> None:
        """Replace the saved views in the navigation."""
        self.navigation.set_saved_views(views)

    def open_files(self, paths: Sequence[Path]) -> None:
        """Lead files to the screen that takes them, and come to the front (dropped here or handed over)."""
        if not self.isActiveWindow():
            self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
            self.raise_()
            self.activateWindow()
        if not paths:
            return
        for factory in self._factories:
            if factory.takes_files:
                self._context.navigate.to_screen(factory.screen_id)
                self.stack.visit(factory.screen_id).open_files(paths)
                return
        self.files_dropped.emit(list(paths))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember how the window was left. That the settings cannot be written must not keep it open."""
        with contextlib.suppress(SettingsError):
            self.save()
        super().closeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the navigation its icons only when there is little room."""
        super().resizeEvent(event)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter press the button that has the focus, as in a dialog: Qt leaves that to the desktop."""
        button = QApplication.focusWidget()
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat()
        if enter and isinstance(button, QAbstractButton) and not isinstance(button, QCheckBox | QRadioButton):
            button.click()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files, wherever they are dropped."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Lead dropped files to the import."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.open_files(paths)

    # Commands ---------------------------------------------------------------------------------------------------

    def _register_commands(self) -> None:
        actions, navigate = self._context.actions, self._context.navigate
        for factory in self._factories:
            for command in factory.commands:
                actions.add(self._bound(factory.screen_id, command))
        number = 0
        for factory in self._factories:
            go = partial(navigate.to_screen, factory.screen_id)
            if factory.go is not None:
                actions.add(factory.go(go))
            else:
                number += 1
                actions.add(table.screen_command(factory.screen_id, factory.title, factory.icon_name, number, go))
        self._undo = UndoController(
            self._context.library,
            self._context.operations,
            self._context.bus,
            actions,
            self._context.messages,
            self,
        )
        actions.add_all(table.record_commands(self._runner, self._asker))
        actions.add_all(table.search_commands(self._find, self._open_palette))
        actions.add_all(
            table.go_commands(
                navigate.back, navigate.forward, lambda: navigate.can_go_back, lambda: navigate.can_go_forward
            )
        )
        actions.add(table.help_command(self._show_help))
        actions.add(table.quit_command(self.close))

    def _bound(self, screen_id: str, command: Command) -> Command:
        if command.handler is not None:
            return command
        return replace(command, handler=partial(self._run_on, screen_id, command.id))

    def _run_on(self, screen_id: str, command_id: str) -> None:
        current = self.stack.current()
        if current is None or current.screen_id != screen_id:
            self._context.navigate.to_screen(screen_id)
        self.stack.visit(screen_id).run_command(command_id)

    def _runner(self, command_id: str) -> Callable[[], object]:
        return partial(self._run_on_current, command_id)

    def _asker(self, command_id: str) -> Callable[[], bool]:
        return partial(self._can_run_on_current, command_id)

    def _run_on_current(self, command_id: str) -> None:
        current = self._current()
        if current is not None and current.can_run(command_id):
            current.run_command(command_id)

    def _can_run_on_current(self, command_id: str) -> bool:
        current = self._current()
        return current is not None and current.can_run(command_id)

    def _current(self) -> Screen | None:
        # Commands are registered, and asked, before the stack is built.
        stack: ScreenStack | None = getattr(self, "stack", None)
        return None if stack is None else stack.current()

    @Slot()
    def _find(self) -> None:
        current = self.stack.current()
        if current is None or not current.focus_search():
            self.palette_list.open()

    @Slot()
    def _open_palette(self) -> None:
        self.palette_list.open()

    @Slot()
    def _show_help(self) -> None:
        context = self._context
        dialog = HelpDialog(context.actions.shortcut_list(), context.library.folder, context.theme, self)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    # Frame ------------------------------------------------------------------------------------------------------

    def _build(self, search_records: SearchRecords | None) -> None:
        context = self._context
        theme, icons, actions = context.theme, context.icons, context.actions
        self.setWindowTitle("Learnpath")
        self.setWindowIcon(app_icon())
        self.setAcceptDrops(True)
        self.setMinimumSize(SMALLEST_WINDOW)
        self.navigation = NavigationPane(self._entries(), theme, icons)
        self.top_bar = TopBar(actions, actions.key_hint(table.PALETTE), theme)
        self.stack = ScreenStack(context, self._factories)
        centre = QWidget(self)
        content = QWidget(centre)
        self.messages = MessageArea(context, self._undo.undo, content)
        rows = QVBoxLayout(content)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.top_bar)
        rows.addWidget(self.messages.frame)
        rows.addWidget(self.stack, 1)
        columns = QHBoxLayout(centre)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(0)
        columns.addWidget(self.navigation)
        columns.addWidget(content, 1)
        self.setCentralWidget(centre)
        self.palette_list = CommandPalette(self.top_bar.field, actions, theme, icons, search_records, centre)
        fill_menu_bar(self.menuBar(), actions)
        # A command without menu still has its keys.
        self.addActions([actions.action(command.id) for command in actions if command.menu is None])

    def _entries(self) -> list[NavigationEntry]:
        return [
            NavigationEntry(
                factory.screen_id,
                factory.title,
                factory.icon_name,
                factory.at_foot,
                self._foot_hint(factory) if factory.at_foot else "",
            )
            for factory in self._factories
        ]

    def _foot_hint(self, factory: ScreenFactory) -> str:
        if factory.go is None:
            return ""
        command_id = factory.go(self.close).id
        return self._context.actions.key_hint(command_id)

    def _connect(self) -> None:
        context = self._context
        homes = {kind: factory.screen_id for factory in self._factories for kind in factory.opens}
        context.navigate.set_homes(homes)
        context.navigate.place_changed.connect(self._show_place)
        context.navigate.moved.connect(context.actions.refresh)
        self.palette_list.left.connect(self._focus_screen)
        self.navigation.screen_chosen.connect(context.navigate.to_screen)
        self.navigation.saved_view_chosen.connect(self.saved_view_chosen)
        self.palette_list.opened.connect(context.navigate.to_record)
        context.theme.changed.connect(self._fit)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            self._undo_keys = UndoKeyRouter(application, self)
        self._day_timer.timeout.connect(self._check_day)
        self._day_timer.start(_DAY_CHECK_MILLISECONDS)

    @Slot(object)
    def _show_place(self, place: Place) -> None:
        before: Screen | None = self.stack.current()
        focused: QWidget | None = self.focusWidget()
        in_navigation = bool(focused and self.navigation.isAncestorOf(focused))
        self._note_focus(before)
        leaves = before is not None and before.screen_id != place.screen_id
        if leaves and focused and before and (focused is before or before.isAncestorOf(focused)):
            # Hidden with the focus in it, Qt would hand it around the window, as if somebody had pressed Tab.
            focused.clearFocus()
        screen = self.stack.visit(place.screen_id)
        if screen is not before and not in_navigation:
            self._focus_screen()
        title = screen.title()
        self.navigation.select(place.screen_id)
        self.top_bar.show_screen(title, screen.primary_command, screen.secondary_command)
        self.setWindowTitle(f"{title} – Learnpath")
        if place.record_id:
            screen.show_record(place.record_id)
        self._context.actions.refresh()

    def _note_focus(self, screen: Screen | None) -> None:
        focused = QApplication.focusWidget()
        if screen is not None and focused is not None and screen.isAncestorOf(focused):
            self._last_focused[screen.screen_id] = ref(focused)

    @Slot()
    def _focus_screen(self) -> None:
        """Put the focus into the screen: where it was there before, else at its beginning."""
        screen = self.stack.current()
        if screen is None:
            return
        noted = self._last_focused.get(screen.screen_id)
        last = noted() if noted is not None else None
        if last is not None and shiboken6.isValid(last) and last.isVisibleTo(screen) and last.isEnabled():
            last.setFocus()
            return
        screen.focus_start()

    @Slot()
    def _fit(self) -> None:
        self.navigation.set_narrow(self.width() < self._context.theme.px(NARROW_BELOW))
        if self.palette_list.isVisible():
            self.palette_list.place()

    @Slot()
    def _check_day(self) -> None:
        """Refresh everything when a new day has begun: every status depends on it."""
        today = self._context.today()
        if today != self._day:
            self._day = today
            self.stack.mark_stale()
