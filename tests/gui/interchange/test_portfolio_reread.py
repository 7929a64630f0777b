"""The portfolio read again by another program: Qt's PDF reader, the one behind the window's preview."""

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QModelIndex, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPdf import QPdfBookmarkModel, QPdfDocument, QPdfLinkModel
from PySide6.QtWidgets import QApplication
from tests.unit.interchange.portfolio.mira import EVERYTHING, TODAY, mira

from learnpath.interchange.portfolio.document import build_document
from learnpath.interchange.portfolio.pdf import render_pdf


@pytest.fixture
def reader(qapp: QApplication) -> QPdfDocument:
    rendered = render_pdf(build_document(mira(), EVERYTHING, today=TODAY))
    document = QPdfDocument(qapp)
    buffer = QBuffer(document)
    buffer.setData(QByteArray(rendered.data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document.load(buffer)
    assert document.status() is QPdfDocument.Status.Ready
    assert document.pageCount() == rendered.pages
    return document


def test_each_credential_is_read_whole_and_in_order(reader: QPdfDocument) -> None:
    pages = [reader.getAllText(page).text() for page in range(reader.pageCount())]
    text = " ".join(" ".join(pages).split())
    assert "Mira Kovács Cloud engineer moving into security · Budapest 18 valid credentials," in text
    assert (
        "Azure Administrator Associate (AZ-104) Microsoft · Issued 14 Oct 2025 · Valid until 20 Jan 2027 · "
        "ID A1B2-C3D4 · learn.microsoft.com/users/mira/credentials/a1b2c3d4 Certificate on file · "
        "Identity and access, Cloud networking, Cost management"
    ) in text
    assert "CISSP ISC2 · planned" in text
    assert "Cloud networking AZ-104, SAA-C03, AZ-900, N10-008 2025" in text


def test_title_outline_and_links_are_found(reader: QPdfDocument) -> None:
    assert reader.metaData(QPdfDocument.MetaDataField.Title) == "Portfolio of Mira Kovács"
    outline = QPdfBookmarkModel(reader)
    outline.setDocument(reader)
    titles = [outline.index(row, 0).data(QPdfBookmarkModel.Role.Title.value) for row in range(outline.rowCount())]
    assert titles[:2] == ["Credentials", "In progress and planned"]
    links = QPdfLinkModel(reader)
    links.setDocument(reader)
    links.setPage(0)
    urls = [
        links.index(row, 0).data(QPdfLinkModel.Role.Url.value).toString()
        for row in range(links.rowCount(QModelIndex()))
    ]
    assert "https://verify.comptia.org/7H3K9Q" in urls


def test_a_page_is_drawn(reader: QPdfDocument) -> None:
    size = reader.pagePointSize(0).toSize()
    paper = QImage(size, QImage.Format.Format_RGB32)
    paper.fill(Qt.GlobalColor.white)
    painter = QPainter(paper)
    painter.drawImage(0, 0, reader.render(0, size))
    painter.end()
    # The corner is paper, and the name is dark on it.
    assert paper.pixelColor(0, 0) == Qt.GlobalColor.white
    assert min(paper.pixelColor(x, y).lightness() for x in range(60, 200) for y in range(40, 70)) < 60
