"""The pages of a PDF, drawn by QtPdf. Import this only when there are pages to show: QtPdf is large.

Belongs here: what QPdfView lacks: zooming in steps, a frame around pages, keeping its place, and safe links.
"""

from PySide6.QtCore import QBuffer, QIODevice, QMargins, QPointF, QRect, QSizeF, Qt, QTimer, QUrl, Signal, Slot
from PySide6.QtGui import (
    QDesktopServices,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtPdf import QPdfDocument, QPdfLinkModel, QPdfPageRenderer
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QFrame, QLabel, QWidget

from learnpath.gui.infra.theme import Theme
from learnpath.gui.widgets.wording import tip_text

ZOOM_STEPS = (0.5, 0.67, 0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0)
_MARGIN = 20
_WIDEST = 820
_POINTS_PER_INCH = 72.0
# Two pages take about 120 milliseconds to be drawn.
_COVERED_MILLISECONDS = 200


class PageView(QPdfView):
    """All pages below one another, as wide as the place allows until the person zooms.

    The parent holds the documents. `zoomed()`: what `percent` says changed. `page_changed()`: what `page` says changed.
    """

    zoomed = Signal()
    page_changed = Signal()

    def __init__(self, theme: Theme, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        # Qt crashes when a document ends as a child of its view: the place that holds the view holds the documents
        # as well, and lets go of the view first.
        self._keeper = parent
        # The pages before stay until the next ones come: drawing threads may still look at them.
        self._documents: list[QPdfDocument] = []
        self._links = QPdfLinkModel(self)
        self._before = QLabel(self.viewport())
        self._is_drawn = False
        self._uncover = QTimer(self, singleShot=True, interval=_COVERED_MILLISECONDS)
        self.setAccessibleName(name)
        self.viewport().setMouseTracking(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setPageMode(QPdfView.PageMode.MultiPage)
        self.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self.setPageSpacing(_MARGIN)
        self._before.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._before.hide()
        for renderer in self.findChildren(QPdfPageRenderer):
            renderer.pageRendered.connect(self._on_drawn)
        for signal in (
            self._uncover.timeout,
            self.verticalScrollBar().valueChanged,
            self.horizontalScrollBar().valueChanged,
        ):
            signal.connect(self._before.hide)
        self.pageNavigator().currentPageChanged.connect(self.page_changed)
        theme.changed.connect(self._restyle)
        self._restyle()

    @property
    def is_drawn(self) -> bool:
        """Return whether a page of the present file has been drawn; until then the view shows blank ones."""
        return self._is_drawn

    @property
    def pages(self) -> int:
        """Return the number of pages."""
        return self.document().pageCount() if self._documents else 0

    @property
    def page(self) -> int:
        """Return the page in view, from 1."""
        return self.pageNavigator().currentPage() + 1

    @property
    def percent(self) -> int:
        """Return how large the pages are; 100 is their size on paper."""
        return round(self._factor() * 100)

    def show_pdf(self, data: bytes) -> None:
        """Show another file at the place where the one before stands."""
        before = self.viewport().grab() if self._documents else None
        self._is_drawn = False
        place = (self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        document = QPdfDocument(self._keeper)
        # The document reads as long as it lives, so the bytes go with it, not before.
        buffer = QBuffer(document)
        buffer.setData(data)
        buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        document.load(buffer)
        self._documents.append(document)
        self.setDocument(document)
        self._links.setDocument(document)
        self.horizontalScrollBar().setValue(place[0])
        self.verticalScrollBar().setValue(place[1])
        if before is not None:
            self._cover(before)
        while len(self._documents) > 2:
            self._documents.pop(0).deleteLater()

    def zoom(self, steps: int) -> None:
        """Make the pages larger (1) or smaller (-1), around the middle of the view."""
        factor = self._factor()
        if steps > 0:
            wanted = next((one for one in ZOOM_STEPS if one > factor + 0.01), ZOOM_STEPS[-1])
        else:
            wanted = next((one for one in reversed(ZOOM_STEPS) if one < factor - 0.01), ZOOM_STEPS[0])
        bar = self.verticalScrollBar()
        middle = (bar.value() + self.viewport().height() / 2) / max(factor, 0.01)
        self._before.hide()
        self.setZoomMode(QPdfView.ZoomMode.Custom)
        self.setZoomFactor(wanted)
        bar.setValue(round(middle * wanted - self.viewport().height() / 2))
        self.zoomed.emit()

    @Slot()
    def fit_width(self) -> None:
        """Make the pages as wide as the place allows again."""
        self.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self._fit()
        self.zoomed.emit()

    def link_at(self, place: QPointF) -> QUrl:
        """Return the address below a point of the viewport; an empty one where there is none to be opened."""
        at = place + QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        for page, rect in enumerate(self._page_rects()):
            if rect.contains(at.toPoint()):
                self._links.setPage(page)
                scale = self.document().pagePointSize(page).width() / rect.width()
                url = self._links.linkAt((at - QPointF(rect.topLeft())) * scale).url()
                return url if url.scheme() in ("http", "https") else QUrl()
        return QUrl()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give pages that fit the width their margins."""
        self._fit()
        self._before.hide()
        super().resizeEvent(event)
        self.zoomed.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom with Ctrl, otherwise scroll."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if event.angleDelta().y():
                self.zoom(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show by the pointer that there is a link, and by the tool tip where it leads."""
        url = self.link_at(event.position())
        shape = Qt.CursorShape.ArrowCursor if url.isEmpty() else Qt.CursorShape.PointingHandCursor
        self.viewport().setCursor(shape)
        self.viewport().setToolTip(tip_text(url.toString()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open links in the browser; Qt's own way would open whatever a link names."""
        if event.button() == Qt.MouseButton.LeftButton:
            url = self.link_at(event.position())
            if not url.isEmpty():
                QDesktopServices.openUrl(url)
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the pages with a line around each."""
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.setPen(self._theme.color("border"))
        painter.translate(-self.horizontalScrollBar().value(), -self.verticalScrollBar().value())
        for rect in self._page_rects():
            painter.drawRect(rect.adjusted(-1, -1, 0, 0))

    @Slot()
    def _on_drawn(self) -> None:
        self._is_drawn = True

    def _cover(self, picture: QPixmap) -> None:
        """Show the pages as they were until the new ones have been drawn, so that they do not flash white."""
        self._before.setPixmap(picture)
        self._before.setGeometry(self.viewport().rect())
        self._before.show()
        self._uncover.start()

    def _page_rects(self) -> list[QRect]:
        """Return where the pages are, as QPdfView lays them out (it does not tell)."""
        margins = self.documentMargins()
        room = self.viewport().width()
        sizes = [self._page_size(page) for page in range(self.pages)]
        widest = max((size.width() for size in sizes), default=0) + margins.left() + margins.right()
        top = margins.top()
        rects: list[QRect] = []
        for size in (one.toSize() for one in sizes):
            left = (max(int(widest), room) - size.width()) // 2
            rects.append(QRect(left, top, size.width(), size.height()))
            top += size.height() + self.pageSpacing()
        return rects

    def _page_size(self, page: int) -> QSizeF:
        return self.document().pagePointSize(page) * (self._factor() * self._resolution())

    def _factor(self) -> float:
        if self.zoomMode() != QPdfView.ZoomMode.FitToWidth or not self.pages:
            return self.zoomFactor()
        margins = self.documentMargins()
        room = self.viewport().width() - margins.left() - margins.right()
        return room / max(self.document().pagePointSize(0).width() * self._resolution(), 1)

    def _resolution(self) -> float:
        return self.screen().logicalDotsPerInch() / _POINTS_PER_INCH

    def _fit(self) -> None:
        side = max(_MARGIN, (self.viewport().width() - _WIDEST) // 2)
        if self.zoomMode() != QPdfView.ZoomMode.FitToWidth:
            side = _MARGIN
        if self.documentMargins().left() != side:
            self.setDocumentMargins(QMargins(side, _MARGIN, side, _MARGIN))

    @Slot()
    def _restyle(self) -> None:
        palette = QPalette(self.palette())
        palette.setColor(QPalette.ColorRole.Dark, self._theme.color("bg"))
        self.setPalette(palette)
        self.viewport().update()
