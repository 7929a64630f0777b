"""Who the library belongs to, and what counts for it: name, headline, weekly goal, currency.

Belongs here: fields of the profile. They travel with the library and every edit can be undone.
"""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QComboBox, QLineEdit

from learnpath.domain.currencies import CURRENCIES
from learnpath.domain.records import Profile
from learnpath.gui.infra.context import GuiContext
from learnpath.gui.screens.settings.setting_card import SettingCard
from learnpath.gui.widgets.duration_field import DurationField
from learnpath.services.profile import save_profile


class ProfileCards(QObject):
    """The cards You, Study and Money. `show` fills them; what the person changes is stored at once."""

    def __init__(self, context: GuiContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._profile = Profile()
        theme = context.theme
        self.you = SettingCard(theme, self.tr("You"))
        self.study = SettingCard(theme, self.tr("Study"))
        self.money = SettingCard(theme, self.tr("Money"))
        self.name, self.headline, self.place, self.email = (QLineEdit() for _ in range(4))
        self.goal = DurationField(theme, self.tr("Weekly goal"))
        self.currency = QComboBox()
        self._build()
        self._connect()

    @property
    def cards(self) -> tuple[SettingCard, SettingCard, SettingCard]:
        """Return the cards in their order."""
        return (self.you, self.study, self.money)

    def show_profile(self, profile: Profile) -> None:
        """Fill the fields; one that is being edited keeps what is typed."""
        self._profile = profile
        texts = {
            self.name: profile.name,
            self.headline: profile.headline,
            self.place: profile.place,
            self.email: profile.email,
        }
        for field, text in texts.items():
            if field.text() != text and not (field.hasFocus() and field.isModified()):
                field.setText(text)
        if not self.goal.edit.hasFocus() or self.goal.minutes is None:
            self.goal.set_minutes(profile.week_goal_minutes)
        if self.currency.findText(profile.currency) < 0:
            self.currency.addItem(profile.currency)
        self.currency.setCurrentText(profile.currency)

    def _build(self) -> None:
        for field, name, note in (
            (self.name, self.tr("Name"), self.tr("Stands at the head of your portfolio.")),
            (self.headline, self.tr("Headline"), self.tr("What you do, in a few words.")),
            (self.place, self.tr("Place"), ""),
            (self.email, self.tr("E-mail address"), self.tr("Shown in a portfolio only when you choose so there.")),
        ):
            self.you.add_row(name, field, note, wide=True)
        self.study.add_row(
            self.tr("Weekly goal"), self.goal, self.tr("How much time you want to study in a week."), wide=True
        )
        self.currency.addItems(CURRENCIES)
        self.money.add_row(
            self.tr("Currency"), self.currency, self.tr("Offered first when you enter what something costs."), wide=True
        )

    def _connect(self) -> None:
        for field in (self.name, self.headline, self.place, self.email):
            field.editingFinished.connect(self._save_texts)
        self.goal.edit.editingFinished.connect(self._save_goal)
        self.currency.activated.connect(self._save_currency)

    @Slot()
    def _save_texts(self) -> None:
        for field in (self.name, self.headline, self.place, self.email):
            field.setModified(False)
        self._save(
            replace(
                self._profile,
                name=_tidy(self.name),
                headline=_tidy(self.headline),
                place=_tidy(self.place),
                email=_tidy(self.email),
            )
        )

    @Slot()
    def _save_goal(self) -> None:
        if self.goal.is_valid and self.goal.minutes is not None:
            self._save(replace(self._profile, week_goal_minutes=self.goal.minutes))
        elif self.goal.is_valid:
            self.goal.set_minutes(self._profile.week_goal_minutes)

    @Slot()
    def _save_currency(self) -> None:
        self._save(replace(self._profile, currency=self.currency.currentText()))

    def _save(self, profile: Profile) -> None:
        if profile != self._profile:
            self._profile = profile
            self._context.operations.change(partial(save_profile, self._context.library, profile))


def _tidy(field: QLineEdit) -> str:
    return " ".join(field.text().split())
