"""How the window looks on this machine: theme and text size, applied at once."""

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QComboBox

from learnpath.errors import KnownError
from learnpath.gui.infra.context import GuiContext
from learnpath.gui.infra.tokens import ThemeMode
from learnpath.gui.screens.settings.setting_card import SettingCard
from learnpath.settings import TEXT_SCALE, THEME, Json

_PERCENTS = (100, 110, 125, 150, 175, 200)


class LookCard(QObject):
    """The card Look."""

    def __init__(self, context: GuiContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self.card = SettingCard(context.theme, self.tr("Look"))
        self.theme = QComboBox()
        self.text_size = QComboBox()
        self._build()
        self.theme.activated.connect(self._take_theme)
        self.text_size.activated.connect(self._take_text_size)

    def show_look(self) -> None:
        """Show what is in force."""
        self.theme.setCurrentIndex(self.theme.findData(self._context.theme.mode))
        percent = round(self._context.theme.scale * 100)
        if self.text_size.findData(percent) < 0:
            self.text_size.addItem(f"{percent}%", percent)
        self.text_size.setCurrentIndex(self.text_size.findData(percent))

    def _build(self) -> None:
        modes: tuple[tuple[ThemeMode, str], ...] = (
            ("system", self.tr("As the system")),
            ("light", self.tr("Light")),
            ("dark", self.tr("Dark")),
            ("contrast", self.tr("High contrast")),
        )
        for mode, text in modes:
            self.theme.addItem(text, mode)
        for percent in _PERCENTS:
            self.text_size.addItem(f"{percent}%", percent)
        self.card.add_row(self.tr("Theme"), self.theme, self.tr("Light, dark or high contrast."), wide=True)
        self.card.add_row(self.tr("Text size"), self.text_size, self.tr("Everything grows with the text."), wide=True)

    @Slot()
    def _take_theme(self) -> None:
        mode: ThemeMode = self.theme.currentData()
        self._context.theme.set_mode(mode)
        self._keep(THEME, mode)

    @Slot()
    def _take_text_size(self) -> None:
        scale = int(self.text_size.currentData()) / 100
        self._context.theme.set_scale(scale)
        self._keep(TEXT_SCALE, scale)

    def _keep(self, key: str, value: Json) -> None:
        try:
            self._context.settings.set(key, value)
        except KnownError as error:
            self._context.messages.error(error)
