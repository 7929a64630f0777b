"""One page with every widget in a state worth looking at, on a fixed day."""

from datetime import date, timedelta

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QSpinBox,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from learnpath.domain.dates import PartialDate
from learnpath.gui.infra.icons import Icons
from learnpath.gui.infra.theme import Theme
from learnpath.gui.widgets.banner import Banner
from learnpath.gui.widgets.bar_chart import BarChart
from learnpath.gui.widgets.card import Card
from learnpath.gui.widgets.chip import Chip
from learnpath.gui.widgets.date_field import DateField
from learnpath.gui.widgets.deadline_row import DeadlineRow
from learnpath.gui.widgets.duration_field import DurationField
from learnpath.gui.widgets.empty_state import EmptyState
from learnpath.gui.widgets.filter_chips import Filter, FilterChipBar
from learnpath.gui.widgets.gauges import ProgressLine, RingGauge
from learnpath.gui.widgets.heat_map import HeatMap
from learnpath.gui.widgets.inspector import Inspector
from learnpath.gui.widgets.plain_label import PlainLabel
from learnpath.gui.widgets.ribbon import Ribbon, RibbonItem
from learnpath.gui.widgets.search_field import SearchField
from learnpath.gui.widgets.toast import Toast

TODAY = date(2026, 11, 21)


class Gallery(QWidget):
    """Everything at once."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        grid = QGridLayout(self)
        grid.setContentsMargins(18, 18, 18, 18)
        grid.setSpacing(14)
        grid.addLayout(self._controls(), 0, 0, 1, 3)
        grid.addWidget(self._banner("warn", "The backup folder cannot be reached. Your library is safe."), 1, 0, 1, 2)
        grid.addWidget(self._banner("info", "5 reminders came due while Learnpath was closed."), 1, 2)
        grid.addWidget(self._numbers(), 2, 0, 1, 3)
        grid.addWidget(self._ribbon(), 3, 0, 1, 3)
        grid.addWidget(self._agenda(), 4, 0)
        grid.addWidget(self._fields(), 4, 1)
        grid.addWidget(self._inspector(), 4, 2, 3, 1)
        grid.addWidget(self._study(), 5, 0)
        grid.addWidget(self._years(), 5, 1)
        grid.addWidget(self._table(), 6, 0)
        grid.addWidget(self._empty(), 6, 1)
        for column, stretch in enumerate((5, 4, 4)):
            grid.setColumnStretch(column, stretch)
        self.toast = Toast(theme, self)

    def _controls(self) -> QHBoxLayout:
        row = QHBoxLayout()
        icons = Icons(self.theme)
        row.addWidget(SearchField(self.theme, "Search or run a command", "Ctrl K"), 1)
        combo = QComboBox()
        combo.addItems(["For Contoso, security role", "Plain"])
        check, partly, radio = QCheckBox("Summary"), QCheckBox("Scores"), QRadioButton("Modern")
        check.setChecked(True)
        partly.setTristate(True)
        partly.setCheckState(Qt.CheckState.PartiallyChecked)
        radio.setChecked(True)
        tool = QToolButton()
        tool.setIcon(icons.icon("filter"))
        tool.setAutoRaise(True)
        edit, off, primary = QPushButton("Edit"), QPushButton("Merge"), QPushButton("Add credential")
        edit.setIcon(icons.icon("edit"))
        off.setEnabled(False)
        primary.setProperty("primary", True)
        for widget in (combo, QSpinBox(), check, partly, QCheckBox("Costs"), radio, tool, edit, off, primary):
            row.addWidget(widget)
        return row

    def _banner(self, kind: str, text: str) -> Banner:
        banner = Banner(self.theme)
        banner.show_message(
            kind, text, [("open", "Choose a folder"), ("later", "Try again")][: 2 if kind == "warn" else 0]
        )
        return banner

    def _numbers(self) -> Card:
        card = Card(self.theme)
        row = QHBoxLayout()
        row.setSpacing(14)
        for share, title, note in (
            (0.7, "This week", "3 h 30 of 5 h · 2 days left"),
            (0.667, "Path", "6 of 9 steps"),
        ):
            ring = RingGauge(self.theme, title)
            ring.set_share(share)
            texts = QVBoxLayout()
            texts.addStretch()
            texts.addWidget(PlainLabel(self.theme, title, "strong"))
            texts.addWidget(PlainLabel(self.theme, note, "small", "muted"))
            texts.addStretch()
            row.addWidget(ring)
            row.addLayout(texts)
            row.addStretch(1)
        for title, number, note in (
            ("Valid credentials", "31", "4 expire soon"),
            ("Spent in 2026", "€ 486", "of € 800"),
        ):
            texts = QVBoxLayout()
            texts.setSpacing(2)
            texts.addWidget(PlainLabel(self.theme, title, "small", "muted"))
            texts.addWidget(PlainLabel(self.theme, number, "number", tabular=True))
            texts.addWidget(PlainLabel(self.theme, note, "small", "muted"))
            row.addLayout(texts)
            row.addStretch(1)
        card.body.addLayout(row)
        return card

    def _ribbon(self) -> Card:
        card = Card(self.theme, "Next 12 months")
        card.set_note("8 dates · 2 need action")
        ribbon = Ribbon(self.theme, "Next 12 months")
        what = (
            (17, "SC-200", "warn"),
            (32, "Terraform", "warn"),
            (60, "Security+ CEUs", "accent"),
            (62, "Claim exam fee", "bad"),
            (112, "AZ-700", "plan"),
            (135, "SC-100", "plan"),
            (171, "CKA", "plan"),
            (214, "ISC2 CC", "accent"),
            (340, "AZ-104 renewal", "warn"),
        )
        start = date(2026, 11, 1)
        ribbon.set_items([RibbonItem(n, start + timedelta(n), label, kind) for n, label, kind in what], start)
        card.add(ribbon)
        return card

    def _agenda(self) -> Card:
        card = Card(self.theme, "Next deadlines", "All deadlines")
        card.body.setSpacing(0)
        rows = (
            ("18 Nov", "Claim AZ-104 exam fee", "Reimbursement · 3 days overdue", "Overdue", "bad"),
            ("27 Nov", "SC-200 exam", "Pearson VUE, 09:30 · in 6 days", "Exam", "warn"),
            (
                "31 Dec",
                "Security+ cycle with 12 of 50 CEUs missing",
                "Cycle ends in 40 days",
                "CEU",
                "accent",
            ),
            ("15 Feb", "Azure Network Engineer", "Planned finish", "Target", "plan"),
        )
        for row in rows:
            card.add(DeadlineRow(self.theme, *row))
        card.body.addStretch()
        return card

    def _fields(self) -> Card:
        card = Card(self.theme, "Edit")
        good, bad = (
            DateField(self.theme, "Valid until", lambda: TODAY),
            DateField(self.theme, "Target", lambda: TODAY),
        )
        good.set_value(PartialDate("2027-02-27"))
        bad.edit.setText("3/4/2027")
        bad.validate()
        long = DurationField(self.theme, "Studied")
        long.set_minutes(90)
        for field in (good, bad, long, QLineEdit()):
            card.add(field)
        card.body.addStretch()
        return card

    def _inspector(self) -> Inspector:
        panel = Inspector(self.theme, "Details")
        chips = [("Earned", "ok"), ("Signature verified", "ok")]
        panel.set_heading("Microsoft Azure Administrator (AZ-104)", "Microsoft · Associate · Certification", chips)
        for name, value in (
            ("Earned", "14 Oct 2026"),
            ("Expires", "14 Oct 2027"),
            ("Credential ID", "8E2F-11B4-77A0"),
        ):
            panel.add_row(name, value)
        panel.add_row("Cost", "€ 165 exam + € 39 course, of which € 165 can be reclaimed from the employer")
        panel.add_section("Skills")
        panel.add_chips(
            [(n, "accent") for n in ("Azure compute", "Identity", "Virtual networks", "Storage", "Monitoring")]
        )
        panel.add_section("Part of")
        panel.add_row("Path", "Cloud Security Engineer, step 3 of 9", "muted")
        return panel

    def _study(self) -> Card:
        card = Card(self.theme, "Study time, last 30 weeks")
        card.set_note("96 h · best streak 11 weeks")
        heat = HeatMap(self.theme, "Study time")
        days = {TODAY - timedelta(n): (n * 37 % 11) * 12 for n in range(210) if n * 7 % 5 < 3}
        heat.set_days(days, TODAY)
        card.add(heat)
        line = ProgressLine(self.theme, "Cloud Security Engineer")
        line.set_share(0.67)
        card.add(line)
        card.body.addStretch()
        return card

    def _years(self) -> Card:
        card = Card(self.theme, "Credentials earned per year")
        chart = BarChart(self.theme, "Credentials earned per year")
        chart.set_bars([(str(2019 + n), value) for n, value in enumerate((3, 2, 5, 4, 7, 6, 8, 3))])
        card.add(chart)
        return card

    def _table(self) -> Card:
        card = Card(self.theme)
        bar = FilterChipBar(self.theme, "Status")
        bar.set_filters([Filter("all", "All", 38), Filter("earned", "Earned", 26), Filter("planned", "Planned", 7)])
        card.add(bar)
        model = QStandardItemModel(0, 3, card)
        model.setHorizontalHeaderLabels(["Title", "Issuer", "Earned"])
        for title in ("Azure Administrator", "Security+ (SY0-701)", "Terraform Associate"):
            model.appendRow([QStandardItem(text) for text in (title, "Microsoft", "14 Oct 2026")])
        view = QTableView()
        view.setModel(model)
        view.setShowGrid(False)
        view.verticalHeader().hide()
        view.setFrameShape(QTableView.Shape.NoFrame)
        view.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        view.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        view.horizontalHeader().setHighlightSections(False)
        view.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        view.selectRow(1)
        card.add(view)
        chips = QHBoxLayout()
        for kind in ("ok", "warn", "bad", "plan", "accent", "neutral"):
            chips.addWidget(Chip(self.theme, kind.capitalize(), kind))
        chips.addStretch()
        card.body.addLayout(chips)
        return card

    def _empty(self) -> Card:
        card = Card(self.theme)
        sentence = "What you have earned or plan to earn belongs here."
        card.add(EmptyState(self.theme, "credential", "No credentials yet", sentence, "Add credential", "Import…"))
        return card
