"""The dialogs for the names of one issuer, and for making one of several.

Belongs here: asking. What is stored is in `services.issuers`; the list they open from is in `issuers_dialog`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QCoreApplication, Signal, Slot
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QWidget

from learnpath.domain.names import fold_name
from learnpath.domain.records import Issuer
from learnpath.gui.infra.context import GuiContext
from learnpath.gui.infra.theme import Theme
from learnpath.gui.widgets.form_dialog import FormDialog
from learnpath.gui.widgets.name_list_edit import set_up_completer
from learnpath.gui.widgets.plain_label import PlainLabel
from learnpath.gui.widgets.text_area import TextArea
from learnpath.services.issuers import IssuerLine, find_issuer_mistakes

_NAMES_HEIGHT = 150
# So many of the issuers that go are named.
_MOST_NAMES = 4


def _tr(text: str) -> str:
    return QCoreApplication.translate("IssuerDialog", text)


class IssuerDialog(FormDialog):
    """Edits the name and the other names of an issuer. `saved(Issuer)` is sent once nothing is wrong."""

    saved = Signal(object)

    def __init__(self, context: GuiContext, issuer: Issuer, parent: QWidget | None = None) -> None:
        super().__init__(context.theme, _tr("Edit issuer"), _tr("Save changes"), parent)
        self._context = context
        self._issuer = issuer
        self.name = QLineEdit(issuer.name)
        self.aliases = TextArea(context.theme, "\n".join(issuer.aliases))
        self.aliases.setFixedHeight(context.theme.px(_NAMES_HEIGHT))
        self.aliases.setPlaceholderText(_tr("One name on each line, as files write it"))
        note = _tr(
            "A file that uses one of these names means this issuer. When you rename it, the name it has now becomes "
            "one of them."
        )
        self.add_field("name", _tr("Name"), self.name)
        self.add_field("aliases", _tr("Other names"), self.aliases)
        self.add_field("note", "", PlainLabel(context.theme, note, "small", "muted", wrap=True))
        self.name.setFocus()
        self.fit(520)
        self.submitted.connect(self._check)

    @Slot()
    def _check(self) -> None:
        names = tuple(self.aliases.toPlainText().splitlines())
        issuer = replace(self._issuer, name=self.name.text(), aliases=names)
        self.save_button.setEnabled(False)
        task = partial(find_issuer_mistakes, self._context.library, issuer)
        self._context.operations.read(task, partial(self._end, issuer), replaces="issuer.mistakes")

    def _end(self, issuer: Issuer, mistakes: Mapping[str, str]) -> None:
        self.save_button.setEnabled(True)
        if not self.show_mistakes(mistakes):
            self.saved.emit(issuer)
            self.accept()


class MergeIssuersDialog(FormDialog):
    """Asks which of several issuers stays. `chosen(id of the one kept, ids of the merged)`.

    Of one issuer it asks for the other one among `lines`; of several it asks which of those stays.
    """

    chosen = Signal(object, object)

    def __init__(
        self, theme: Theme, lines: Sequence[IssuerLine], merged: Sequence[IssuerLine], parent: QWidget | None = None
    ) -> None:
        one, many = _tr("Merge “{0}”"), _tr("Merge {0} issuers")
        title = one.format(merged[0].issuer.name) if len(merged) == 1 else many.format(f"{len(merged):,}")
        super().__init__(theme, title, _tr("Merge"), parent)
        ids = {one.id for one in merged}
        self._merged = ids
        self._offered = [one for one in lines if (one.id in ids) == (len(merged) > 1)]
        self.kept = QComboBox()
        self.kept.addItems([one.issuer.name for one in self._offered])
        if len(merged) == 1:
            self._let_type()
        else:
            used = [one.programs + one.credentials for one in self._offered]
            self.kept.setCurrentIndex(used.index(max(used)))
        self._merged_names = {one.id: one.issuer.name for one in merged}
        self.told = PlainLabel(theme, "", "body", wrap=True)
        note = _tr("What is merged goes to the issuer that stays. Undo makes them separate again.")
        self.add_field("kept", _tr("Into") if len(merged) == 1 else _tr("Keep"), self.kept)
        self.add_field("told", "", self.told)
        self.add_field("note", "", PlainLabel(theme, note, "small", "muted", wrap=True))
        self.fit(480)
        self.kept.setFocus()
        self._tell()
        self.kept.currentTextChanged.connect(self._tell)
        self.submitted.connect(self._choose)

    def _let_type(self) -> None:
        self.kept.setEditable(True)
        self.kept.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        completer = QCompleter(self)
        set_up_completer(completer, [one.issuer.name for one in self._offered])
        self.kept.setCompleter(completer)
        self.kept.setCurrentIndex(-1)
        self.kept.clearEditText()
        if (edit := self.kept.lineEdit()) is not None:
            edit.setPlaceholderText(_tr("Type to find the issuer that stays"))

    @Slot()
    def _tell(self) -> None:
        kept = self._kept_id()
        gone = [f"“{name}”" for one, name in self._merged_names.items() if one != kept]
        if not kept:
            text = _tr("The names of what is merged become other names of the issuer that stays.")
        elif len(gone) == 1:
            text = _tr("{0} becomes another name of “{1}”.")
        else:
            text = _tr("{0} become other names of “{1}”.")
        stays = next((one.issuer.name for one in self._offered if one.id == kept), "")
        more = [_tr("{0} more").format(f"{len(gone) - _MOST_NAMES:,}")] if len(gone) > _MOST_NAMES else []
        self.told.setText(text.format(", ".join([*gone[:_MOST_NAMES], *more]), stays))

    @Slot()
    def _choose(self) -> None:
        kept = self._kept_id()
        if self.show_mistakes({} if kept else {"kept": _tr("Choose an issuer of the list.")}):
            return
        self.chosen.emit(kept, sorted(self._merged - {kept}))
        self.accept()

    def _kept_id(self) -> int:
        """Return the id of the issuer that stays, 0 for none."""
        place, typed = self.kept.currentIndex(), fold_name(self.kept.currentText())
        if place >= 0 and fold_name(self._offered[place].issuer.name) == typed:
            return self._offered[place].id
        return next((one.id for one in self._offered if fold_name(one.issuer.name) == typed), 0)
