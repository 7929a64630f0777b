"""What the panels of a credential and of a program share: buttons, the focus that stays.

Belongs here: what does not depend on the kind of record. What is shown of it belongs to its screen.
"""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget

from learnpath.gui.infra.context import GuiContext
from learnpath.gui.widgets.flow_layout import FlowLayout
from learnpath.gui.widgets.inspector import Inspector
from learnpath.gui.widgets.plain_label import PlainLabel


class RecordInspector(Inspector):
    """A panel that shows one record, or what can be done with several. `left()`: Esc was pressed in it.

    `invitation` is the sentence for a panel without a record.
    """

    left = Signal()

    def __init__(self, context: GuiContext, invitation: str, parent: QWidget | None = None) -> None:
        super().__init__(context.theme, "", parent)
        self.setAccessibleName(self.tr("Details"))
        self._context = context
        self._invitation = invitation
        self.show_nothing()

    def show_nothing(self) -> None:
        """Say what the panel is for."""
        self.clear()
        self.add_widget(PlainLabel(self._theme, self._invitation, "body", "muted", wrap=True))

    def focus_first(self) -> None:
        """Give the first button the focus."""
        button = self.findChild(QPushButton)
        if button is not None:
            button.setFocus(Qt.FocusReason.TabFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave on Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _button(self, name: str, text: str, run: Callable[[], object], *, primary: bool = False) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(name)
        button.setProperty("primary", primary)
        button.setAccessibleName(text)
        button.clicked.connect(run)
        return button

    def _add_buttons(self, *buttons: QWidget) -> None:
        box = QWidget()
        flow = FlowLayout(box, 8)
        for button in buttons:
            flow.addWidget(button)
        self.add_widget(box)
        self._add_space()

    def _add_space(self) -> None:
        self._column.insertSpacing(self._column.count() - 1, 8)

    def _focused_name(self) -> str:
        """Return the object name of what has the focus in the panel, for `_restore_focus` after it was filled anew."""
        # The stubs say that there always is one.
        focused: QWidget | None = self.focusWidget()
        return focused.objectName() if focused and focused.hasFocus() and self.isAncestorOf(focused) else ""

    def _restore_focus(self, name: str) -> None:
        if name:
            found: QWidget | None = self.findChild(QWidget, name)
            found.setFocus() if found is not None else self.focus_first()
