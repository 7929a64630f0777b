"""The right side of the portfolio: the finished pages, their notes, and how large they are shown.

Belongs here: placing. Drawing pages is in `page_view`, which is imported with the first pages.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QToolButton, QVBoxLayout, QWidget

from learnpath.gui.infra.context import GuiContext
from learnpath.gui.widgets.link_button import LinkButton
from learnpath.gui.widgets.plain_label import PlainLabel
from learnpath.gui.widgets.themed import ThemedWidget
from learnpath.interchange.portfolio.pdf import RenderedPdf

if TYPE_CHECKING:
    from learnpath.gui.screens.portfolio.page_view import PageView


_ROOM_FOR_PERCENT = 260


class _Strip(ThemedWidget):
    """A bar above or below the pages with a hairline at one side."""

    def __init__(self, context: GuiContext, edge: Qt.Edge, parent: QWidget) -> None:
        super().__init__(context.theme, parent)
        self._edge = edge

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground and the line."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("surface"))
        top = 0 if self._edge == Qt.Edge.TopEdge else self.height() - 1
        painter.fillRect(0, top, self.width(), 1, self._theme.color("border"))


class PreviewPane(QWidget):
    """Shows a `RenderedPdf`. `settings_wanted`: the person follows the line that asks for a name."""

    settings_wanted = Signal()

    def __init__(self, context: GuiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        theme = context.theme
        self.view: PageView | None = None
        self.name_line = _Strip(context, Qt.Edge.BottomEdge, self)
        self.name_link = LinkButton(theme, self.tr("Add your name in Settings"))
        self.waiting = PlainLabel(theme, self.tr("The pages are being made."), "body", "muted")
        self.notes = PlainLabel(theme, "", "small", "muted", wrap=True)
        self.bar = _Strip(context, Qt.Edge.TopEdge, self)
        self.pages = PlainLabel(theme, "", "small", "muted", elide=True, tabular=True)
        self.zoom_out = self._button("minus", self.tr("Make the pages smaller"))
        self.zoom_in = self._button("plus", self.tr("Make the pages larger"))
        self.percent = PlainLabel(theme, "", "small", "muted", tabular=True)
        self.fit = LinkButton(theme, self.tr("Fit width"), "small")
        self._place = QStackedLayout()
        self._build()

    def set_name_missing(self, missing: bool) -> None:
        """Show or hide the line that asks for the person's name."""
        self.name_line.setVisible(missing)

    def show_pdf(self, pdf: RenderedPdf) -> None:
        """Show pages and what is less than perfect in them."""
        if self.view is None:
            self._make_view()
        if self.view is not None:
            self.view.show_pdf(pdf.data)
            self._place.setCurrentWidget(self.view)
        self.notes.setText("\n".join(pdf.notes))
        self.notes.setVisible(bool(pdf.notes))
        self._show_state()

    def show_failure(self, sentence: str) -> None:
        """Say in place of the first pages why there are none; pages that are there stay."""
        self.waiting.setText(sentence)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out of the bar what large text has no room for."""
        super().resizeEvent(event)
        self.percent.setVisible(self.width() >= self._context.theme.px(_ROOM_FOR_PERCENT))

    def _make_view(self) -> None:
        from learnpath.gui.screens.portfolio.page_view import PageView

        self.view = PageView(self._context.theme, self.tr("Pages of the portfolio"), self)
        self.view.zoomed.connect(self._show_state)
        self.view.page_changed.connect(self._show_state)
        self._place.addWidget(self.view)
        self.bar.setVisible(True)
        # The eye comes to the pages before it comes to the bar below them.
        QWidget.setTabOrder(self.name_link, self.view)
        QWidget.setTabOrder(self.view, self.zoom_out)

    def _build(self) -> None:
        line = QHBoxLayout(self.name_line)
        line.setContentsMargins(20, 6, 20, 7)
        line.setSpacing(6)
        missing = PlainLabel(
            self._context.theme, self.tr("The document has no name on it yet."), "body", "muted", elide=True
        )
        line.addWidget(missing)
        line.addWidget(self.name_link)
        line.addStretch(1)
        self.waiting.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.waiting.setWordWrap(True)
        self._place.addWidget(self.waiting)
        bar = QHBoxLayout()
        bar.setSpacing(6)
        bar.addWidget(self.pages, 1)
        for widget in (self.fit, self.zoom_out, self.percent, self.zoom_in):
            bar.addWidget(widget)
        self.percent.setAlignment(Qt.AlignmentFlag.AlignCenter)
        foot = QVBoxLayout(self.bar)
        foot.setContentsMargins(20, 6, 20, 6)
        foot.addWidget(self.notes)
        foot.addLayout(bar)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.name_line)
        outer.addLayout(self._place, 1)
        outer.addWidget(self.bar)
        for widget in (self.name_line, self.bar, self.notes):
            widget.hide()
        self.name_link.clicked.connect(self.settings_wanted)
        self.fit.clicked.connect(self._fit_width)
        self.zoom_out.clicked.connect(self._zoom_out)
        self.zoom_in.clicked.connect(self._zoom_in)

    def _button(self, icon: str, name: str) -> QToolButton:
        button = QToolButton()
        button.setIcon(self._context.icons.icon(icon, "muted"))
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.setAccessibleName(name)
        button.setToolTip(name)
        return button

    @Slot()
    def _fit_width(self) -> None:
        if self.view is not None:
            self.view.fit_width()

    @Slot()
    def _zoom_in(self) -> None:
        if self.view is not None:
            self.view.zoom(1)

    @Slot()
    def _zoom_out(self) -> None:
        if self.view is not None:
            self.view.zoom(-1)

    @Slot()
    def _show_state(self) -> None:
        if self.view is None:
            return
        pages = self.view.pages
        one = self.tr("1 page")
        self.pages.setText(one if pages == 1 else self.tr("Page {0} of {1}").format(self.view.page, pages))
        self.percent.setText(f"{self.view.percent}%")
        self.percent.setMinimumWidth(self._context.theme.px(44))
