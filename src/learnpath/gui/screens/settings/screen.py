"""The settings: cards one below the other, a field to find one by words; every change counts at once.

Belongs here: arranging the cards and reading what they show. What they change is in the card modules.
"""

from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from learnpath import __version__
from learnpath.domain.changes import ChangeSet
from learnpath.domain.records import Profile
from learnpath.gui.infra.context import GuiContext
from learnpath.gui.screens.settings.backup_card import BackupCard
from learnpath.gui.screens.settings.issuer_card import IssuerCard
from learnpath.gui.screens.settings.library_cards import LibraryCards
from learnpath.gui.screens.settings.look_card import LookCard
from learnpath.gui.screens.settings.profile_cards import ProfileCards
from learnpath.gui.screens.settings.setting_card import SettingCard
from learnpath.gui.shell.commands import EDIT_ISSUERS
from learnpath.gui.shell.screen import Screen
from learnpath.gui.widgets.plain_label import PlainLabel
from learnpath.gui.widgets.search_field import SearchField
from learnpath.paths import Paths
from learnpath.services.library_facts import LibraryFacts, library_facts
from learnpath.storage.library import Library

_WIDEST = 760


class SettingsScreen(Screen):
    """All settings on one page."""

    screen_id = "settings"
    icon_name = "settings"
    kinds = frozenset(("profile", "credential", "program", "path", "evidence_file"))

    def __init__(self, context: GuiContext, paths: Paths, parent: QWidget | None = None) -> None:
        """Make the page; `paths` are named so that the person finds the log."""
        super().__init__(context, parent)
        self.search = SearchField(context.theme, self.tr("Find a setting"))
        self.profile = ProfileCards(context, self)
        self.issuers = IssuerCard(context, self)
        self.look = LookCard(context, self)
        self.library = LibraryCards(context, self)
        self.backups = BackupCard(context, self)
        self.about = self._about_card(paths)
        self.nothing = PlainLabel(context.theme, self.tr("No setting matches."), "body", "muted")
        self._scroll = QScrollArea()
        self._column = QWidget()
        self._build()
        self._connect()

    @property
    def cards(self) -> tuple[SettingCard, ...]:
        """Return all cards in their order."""
        library, *others = self.library.cards
        return (*self.profile.cards, self.issuers.card, self.look.card, library, self.backups.card, *others, self.about)

    def title(self) -> str:
        """Return the title."""
        return self.tr("Settings")

    def refresh(self, change: ChangeSet | None) -> None:
        """Read the profile and the facts of the library again."""
        self.look.show_look()
        self._read()
        self.backups.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """Look at the backups each time: they are made, and grow old, while another screen is shown."""
        super().showEvent(event)
        self.backups.refresh()

    def focus_search(self) -> bool:
        """Focus the field that finds settings."""
        self.search.setFocus()
        self.search.selectAll()
        return True

    def run_command(self, command_id: str) -> None:
        """Open the list of issuers."""
        if command_id == EDIT_ISSUERS:
            self.issuers.open_list()

    def _about_card(self, paths: Paths) -> SettingCard:
        card = SettingCard(self.context.theme, self.tr("About"))
        card.add_row(
            self.tr("Learnpath {0}").format(__version__), None, self.tr("Free software under the MIT licence.")
        )
        card.add_row(
            self.tr("Privacy"),
            None,
            self.tr("Learnpath sends nothing anywhere: no telemetry, no account. Your records stay in your folder."),
        )
        card.add_row(self.tr("Log folder"), None, str(paths.logs))
        return card

    def _build(self) -> None:
        column = QVBoxLayout(self._column)
        column.setContentsMargins(18, 16, 18, 24)
        column.setSpacing(14)
        column.addWidget(self.search)
        for card in self.cards:
            column.addWidget(card)
        column.addWidget(self.nothing)
        self.nothing.hide()
        column.addStretch()
        middle = QWidget()
        row = QHBoxLayout(middle)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        row.addWidget(self._column, 100)
        row.addStretch(1)
        self._scroll.setWidget(middle)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._scroll)
        self._restyle()

    def _connect(self) -> None:
        self.search.textChanged.connect(self._narrow)
        self.library.facts_wanted.connect(self._read)
        self.context.theme.changed.connect(self._restyle)

    @Slot()
    def _read(self) -> None:
        self.context.operations.read(partial(_read_all, self.context.library), self._show, replaces="settings")

    def _show(self, found: tuple[Profile, LibraryFacts]) -> None:
        profile, facts = found
        self.profile.show_profile(profile)
        self.library.show_facts(facts)

    @Slot(str)
    def _narrow(self, text: str) -> None:
        found = [card.narrow(text) for card in self.cards]
        self.nothing.setVisible(not any(found))

    @Slot()
    def _restyle(self) -> None:
        self._column.setMaximumWidth(self.context.theme.px(_WIDEST))


def _read_all(library: Library) -> tuple[Profile, LibraryFacts]:
    return library.profile(), library_facts(library)
