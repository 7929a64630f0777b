"""Files out: credentials as a table, the library as JSON, the portfolio as PDF. Written beside first, then renamed."""

import contextlib
import errno
import hashlib
import os
import secrets
from datetime import date
from pathlib import Path

from learnpath.domain.records import Portfolio
from learnpath.errors import KnownError, LibraryError, UsageError
from learnpath.interchange.csv_export import dump_credentials
from learnpath.interchange.library_json import dump_library
from learnpath.interchange.portfolio.document import PortfolioDocument, build_document
from learnpath.interchange.portfolio.pdf import RenderedPdf, render_pdf
from learnpath.storage.evidence_store import read_file
from learnpath.storage.library import Library

EXPORT_KINDS = ("pdf", "csv", "json")


def export_library(
    library: Library, kind: str, out: Path, *, today: date, portfolio_name: str | None = None
) -> tuple[str, ...]:
    """Write an export of a kind to a file; return notes for the person. KnownError when it cannot be written."""
    notes: tuple[str, ...] = ()
    match kind:
        case "csv":
            data = dump_credentials(library.contents())
        case "json":
            data, notes = library_json(library)
        case "pdf":
            return export_portfolio(library, find_portfolio(library, portfolio_name), out, today)
        case _:
            raise UsageError(f"There is no export “{kind}”.", f"Use one of: {', '.join(EXPORT_KINDS)}.")
    write_out(out, data)
    return notes


def export_portfolio(library: Library, portfolio: Portfolio, out: Path, today: date) -> tuple[str, ...]:
    """Write a portfolio version, stored or not, as PDF; return notes. KnownError when it cannot be written."""
    rendered = render_portfolio(library, portfolio, today)
    write_out(out, rendered.data)
    return rendered.notes


def library_json(library: Library) -> tuple[bytes, tuple[str, ...]]:
    """Return the whole library with its files as one JSON document, and a note for each file that is not in it."""
    contents = library.contents()
    files: dict[str, bytes] = {}
    notes: list[str] = []
    for record in (*contents.evidence, *contents.imports):
        try:
            data = read_file(library.files_folder, record.file_name)
        except LibraryError:
            notes.append(f"The file {record.file_name} is missing in the library, and so in the export.")
            continue
        if hashlib.sha256(data).hexdigest() == record.sha256:
            files[record.sha256] = data
        else:
            notes.append(f"The file {record.file_name} is not the one that was kept; it was left out of the export.")
    return dump_library(contents, files), tuple(notes)


def portfolio_document(library: Library, portfolio: Portfolio, today: date) -> PortfolioDocument:
    """Return what a portfolio version says on a day."""
    return build_document(library.contents(), portfolio, today=today)


def render_portfolio(library: Library, portfolio: Portfolio, today: date) -> RenderedPdf:
    """Return a portfolio version as PDF bytes with notes; the same bytes for the same data and day."""
    return render_pdf(portfolio_document(library, portfolio, today))


def list_portfolios(library: Library) -> list[Portfolio]:
    """Return the portfolio versions by name; a plain one that shows all while none has been made."""
    found = sorted(library.all(Portfolio), key=lambda one: one.name.casefold())
    return found or [Portfolio(name="Everything")]


def find_portfolio(library: Library, name: str | None) -> Portfolio:
    """Return the version with this name, the first one for None; UsageError when there is none."""
    portfolios = list_portfolios(library)
    if name is None:
        return portfolios[0]
    for portfolio in portfolios:
        if portfolio.name.casefold() == name.casefold():
            return portfolio
    raise UsageError(
        f"There is no portfolio named “{name}”.", f"There are: {', '.join(one.name for one in portfolios)}."
    )


def write_out(out: Path, data: bytes) -> None:
    """Write a file whole or not at all; KnownError with a sentence when the place does not take it."""
    beside = out.parent / f".{secrets.token_hex(8)}.part"
    try:
        if out.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        out.parent.mkdir(parents=True, exist_ok=True)
        with beside.open("xb") as stream:
            _ = stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        _ = beside.replace(out)
    except OSError as error:
        # Where a folder is no folder any more there is nothing to clean up either.
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
        if error.errno == errno.ENOSPC:
            raise KnownError(f"The disk is full: {out} was not written.", "Free some space and try again.") from error
        raise KnownError(f"{out} could not be written: {error.strerror}.", "Choose another place.") from error
