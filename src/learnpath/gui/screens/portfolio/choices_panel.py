"""The left side of the portfolio: which version, which sections, which credentials, what to show, and export.

Belongs here: widgets that turn clicks into another `Portfolio` value. Storing it is the screen's part.
"""

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from learnpath.domain.records import Portfolio
from learnpath.gui.infra.context import GuiContext
from learnpath.gui.screens.portfolio.candidate_model import CandidateModel
from learnpath.gui.screens.portfolio.check_list import ROW, CheckList
from learnpath.gui.screens.portfolio.section_model import SectionModel
from learnpath.gui.widgets.link_button import LinkButton
from learnpath.gui.widgets.plain_label import PlainLabel
from learnpath.gui.widgets.search_field import SearchField
from learnpath.gui.widgets.wording import duration_text, tip_text
from learnpath.services.portfolio_preview import PortfolioOverview, PortfolioPreview

_WIDTH = 330
_LEAST_ROWS = 5
_OPTIONS = ("show_links", "show_license_numbers", "show_email", "show_expired", "show_planned")


class ChoicesPanel(QWidget):
    """Shows a version and sends `edited(Portfolio)` when the person changes it.

    `version_chosen(id)`; `asked(command)` with "new", "rename", "delete", "pdf", "csv" or "json".
    """

    edited = Signal(object)
    version_chosen = Signal(object)
    asked = Signal(str)

    def __init__(self, context: GuiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = context.theme
        self._context = context
        self._portfolio = Portfolio(name="")
        self._overview: PortfolioOverview | None = None
        self._notes: Mapping[str, str] = {}
        self._room = 2 * context.theme.px(_WIDTH)
        self.versions = QComboBox()
        self.version_menu = QToolButton()
        self.version_choices = QMenu(self)
        self.more_choices = QMenu(self)
        self.section_model = SectionModel(self)
        self.sections = CheckList(context.theme, self.tr("Sections"), movable=True)
        self.search = SearchField(context.theme, self.tr("Search credentials"))
        self.candidate_model = CandidateModel(self)
        self.candidates = CheckList(context.theme, self.tr("Credentials in the portfolio"))
        self.nothing = PlainLabel(context.theme, self.tr("No credential matches."), "small", "muted")
        self.all_valid = LinkButton(context.theme, self.tr("All valid"), "small")
        self.none = LinkButton(context.theme, self.tr("None"), "small")
        self.options = {name: QCheckBox() for name in _OPTIONS}
        self.export = QPushButton(self.tr("Export PDF"))
        self.more = QToolButton()
        self._scroll = QScrollArea()
        self._build()
        self._connect()
        self._restyle()

    def show_overview(self, overview: PortfolioOverview, portfolio: Portfolio) -> None:
        """Show what there is to choose from and a version of it."""
        self._overview = overview
        self.versions.blockSignals(True)
        self.versions.clear()
        for version in overview.versions:
            self.versions.addItem(version.name, version.id)
        self.versions.setCurrentIndex(max(0, self.versions.findData(portfolio.id)))
        self.versions.blockSignals(False)
        for action in self._stored_actions:
            action.setEnabled(portfolio.id != 0)
        tip = "" if overview.owner.email else self.tr("Add your e-mail address in Settings first.")
        self.options["show_email"].setToolTip(tip_text(tip))
        self.show_portfolio(portfolio)

    def show_portfolio(self, portfolio: Portfolio) -> None:
        """Show a version as it is now."""
        self._portfolio = portfolio
        self.section_model.show_sections(portfolio.sections)
        if self._overview is not None:
            self.candidate_model.show_candidates(self._overview.candidates, portfolio)
        for name, box in self.options.items():
            box.blockSignals(True)
            box.setChecked(bool(getattr(portfolio, name)))
            box.blockSignals(False)
        self._show_counts()

    def show_sizes(self, preview: PortfolioPreview) -> None:
        """Say how much is in the sections that have to be counted from the document."""
        study = duration_text(preview.study_minutes) if preview.study_minutes else self.tr("none")
        self._notes = {"skills": str(preview.skills), "paths": str(preview.paths), "study": study}
        self._show_counts()

    def fit_into(self, room: int) -> None:
        """Take the panel's share of a screen `room` pixels wide: never more than half."""
        self._room = room
        self.setFixedWidth(min(self._theme.px(_WIDTH), room // 2))

    def minimumSizeHint(self) -> QSize:
        """Return the width of the panel, which does not follow its texts."""
        return QSize(self.width(), 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground and the line at its right."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("surface"))
        painter.fillRect(self.width() - 1, 0, 1, self.height(), self._theme.color("border"))
        if self._scroll.verticalScrollBar().maximum():
            # What is cut off below the foot's edge is to look cut off.
            painter.fillRect(0, self._scroll.geometry().bottom() + 1, self.width(), 1, self._theme.color("border"))

    # Building ---------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(16, 14, 16, 12)
        column.setSpacing(6)
        self._build_version(column)
        column.addSpacing(8)
        column.addWidget(self._title(self.tr("Sections")))
        self.sections.setModel(self.section_model)
        self.sections.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column.addWidget(self.sections)
        column.addSpacing(8)
        self._build_candidates(column)
        column.addSpacing(8)
        column.addWidget(self._title(self.tr("Show")))
        self._build_options(column)
        self._scroll.setWidget(inner)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for widget in (self._scroll.viewport(), inner):
            widget.setAutoFillBackground(False)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 1, 0)
        outer.setSpacing(0)
        outer.addWidget(self._scroll, 1)
        outer.addLayout(self._foot())

    def _build_version(self, column: QVBoxLayout) -> None:
        label = self._title(self.tr("Version"))
        self.versions.setAccessibleName(label.text())
        self.versions.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.versions.setMinimumContentsLength(6)
        self.versions.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.version_menu.setIcon(self._context.icons.icon("more", "muted"))
        self.version_menu.setAutoRaise(True)
        self.version_menu.setAccessibleName(self.tr("Change versions"))
        self.version_menu.setToolTip(self.tr("New version, rename, delete"))
        self.version_menu.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        menu = self.version_choices
        self._add_choice(menu, "new", self.tr("New version…"))
        self._stored_actions = [
            self._add_choice(menu, "rename", self.tr("Rename…")),
            self._add_choice(menu, "delete", self.tr("Delete version")),
        ]
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self.versions, 1)
        row.addWidget(self.version_menu)
        column.addWidget(label)
        column.addLayout(row)

    def _build_candidates(self, column: QVBoxLayout) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._title(self.tr("Credentials")), 1)
        self.all_valid.setAccessibleName(self.tr("Put all valid credentials in"))
        self.none.setAccessibleName(self.tr("Leave all credentials out"))
        head.addWidget(self.all_valid)
        head.addWidget(self.none)
        column.addLayout(head)
        column.addWidget(self.search)
        self.candidates.setModel(self.candidate_model)
        column.addWidget(self.candidates, 1)
        column.addWidget(self.nothing)
        self.nothing.hide()

    def _build_options(self, column: QVBoxLayout) -> None:
        texts = {
            "show_links": self.tr("Verification links"),
            "show_license_numbers": self.tr("Licence numbers"),
            "show_email": self.tr("E-mail address"),
            "show_expired": self.tr("Expired credentials"),
            "show_planned": self.tr("Planned and in progress"),
        }
        options = QVBoxLayout()
        options.setSpacing(0)
        for name, box in self.options.items():
            box.setText(texts[name])
            box.setProperty("option", name)
            options.addWidget(box)
        column.addLayout(options)

    def _foot(self) -> QHBoxLayout:
        self.export.setProperty("primary", True)
        self.more.setText(self.tr("More"))
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.more.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        menu = self.more_choices
        self._add_choice(menu, "csv", self.tr("Export credentials as CSV…"))
        self._add_choice(menu, "json", self.tr("Export library as JSON…"))
        self.more.setMenu(menu)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 10, 16, 12)
        foot.setSpacing(10)
        foot.addWidget(self.export)
        foot.addWidget(self.more)
        foot.addStretch()
        return foot

    def _add_choice(self, menu: QMenu, command: str, text: str) -> QAction:
        action = menu.addAction(text)
        action.setData(command)
        return action

    def _title(self, text: str) -> PlainLabel:
        return PlainLabel(self._theme, text, "strong", elide=True)

    def _connect(self) -> None:
        self.versions.activated.connect(self._choose_version)
        # Not the button's own menu, which would put an arrow beside the three dots.
        self.version_menu.clicked.connect(self._open_version_choices)
        for menu in (self.version_choices, self.more_choices):
            menu.triggered.connect(self._ask)
        self.export.clicked.connect(self._ask_for_pdf)
        self.sections.toggled.connect(self._toggle_section)
        self.sections.moved.connect(self.section_model.move)
        self.sections.dropped.connect(self._send_sections)
        self.search.textChanged.connect(self._search)
        self.candidates.toggled.connect(self._toggle_candidate)
        self.all_valid.clicked.connect(self._take_all_valid)
        self.none.clicked.connect(self._take_none)
        for box in self.options.values():
            box.toggled.connect(self._toggle_option)
        self._theme.changed.connect(self._restyle)

    # What the person does ---------------------------------------------------------------------------------------

    @Slot()
    def _choose_version(self) -> None:
        self.version_chosen.emit(self.versions.currentData())

    @Slot()
    def _open_version_choices(self) -> None:
        self.version_choices.popup(self.version_menu.mapToGlobal(self.version_menu.rect().bottomLeft()))

    @Slot(QAction)
    def _ask(self, action: QAction) -> None:
        self.asked.emit(str(action.data()))

    @Slot()
    def _ask_for_pdf(self) -> None:
        self.asked.emit("pdf")

    @Slot(int)
    def _toggle_section(self, row: int) -> None:
        self.section_model.toggle(row)
        self._send_sections()

    @Slot()
    def _send_sections(self) -> None:
        self._send(replace(self._portfolio, sections=self.section_model.sections))

    @Slot(str)
    def _search(self, text: str) -> None:
        self.candidate_model.search(text)
        self._show_counts()

    @Slot(int)
    def _toggle_candidate(self, row: int) -> None:
        self._exclude(set(self._portfolio.excluded_ids) ^ {self.candidate_model.id_at(row)})

    @Slot()
    def _take_all_valid(self) -> None:
        valid = {one.id for one in self._overview.candidates if one.group == "valid"} if self._overview else set[int]()
        self._exclude(set(self._portfolio.excluded_ids) - valid)

    @Slot()
    def _take_none(self) -> None:
        self._exclude(set(self._portfolio.excluded_ids).union(self.candidate_model.shown_ids))

    @Slot(bool)
    def _toggle_option(self, on: bool) -> None:
        box = self.sender()
        changes = {name: on for name, one in self.options.items() if one is box}
        self._send(replace(self._portfolio, **changes))  # pyright: ignore[reportArgumentType]

    def _exclude(self, ids: set[int]) -> None:
        self._send(replace(self._portfolio, excluded_ids=tuple(sorted(ids))))

    def _send(self, portfolio: Portfolio) -> None:
        if portfolio != self._portfolio:
            self.show_portfolio(portfolio)
            self.edited.emit(portfolio)

    # Showing ----------------------------------------------------------------------------------------------------

    def _show_counts(self) -> None:
        chosen, offered = self.candidate_model.counts
        chosen_text = self.tr("{0} of {1}").format(f"{chosen:,}", f"{offered:,}")
        self.section_model.set_notes({**self._notes, "credentials": chosen_text})
        none_found = self.candidate_model.rowCount() == 0
        self.nothing.setVisible(none_found)
        self.nothing.setText(
            self.tr("No credential matches.") if self.search.text() else self.tr("No credential is valid today.")
        )

    @Slot()
    def _restyle(self) -> None:
        theme = self._theme
        self.fit_into(self._room)
        self.sections.setFixedHeight(theme.px(ROW) * self.section_model.rowCount())
        self.candidates.setMinimumHeight(theme.px(ROW) * _LEAST_ROWS)
        self.more.setMinimumHeight(theme.px(32))
        self.version_menu.setFixedSize(theme.px(32), theme.px(32))
        self.update()
