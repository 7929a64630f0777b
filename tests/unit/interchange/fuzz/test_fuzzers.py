"""Nearly valid files of every format. `pytest -m heavy tests/unit/interchange/fuzz` tries far more of them."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from tests.unit.interchange.fuzz import (
    badge_documents,
    badge_packings,
    json_lists,
    personal_files,
    text_tables,
    workbook_files,
)
from tests.unit.interchange.fuzz.fuzzer import Fuzzer
from tests.unit.interchange.fuzz.invariants import check_import, read
from tests.unit.interchange.fuzz.odd_values import damaged
from tests.unit.interchange.list_files import CERTIFICATE

from learnpath.interchange.formats import format_names
from learnpath.interchange.personal import pdf_certificate
from learnpath.storage.library import Library

FUZZERS = (
    *badge_documents.FUZZERS,
    *badge_packings.FUZZERS,
    *json_lists.FUZZERS,
    *personal_files.FUZZERS,
    *text_tables.FUZZERS,
    *workbook_files.FUZZERS,
)
BY_NAME = {one.name: one for one in FUZZERS}
EXAMPLES, MANY_EXAMPLES = 40, 4000
IMPORTED, MANY_IMPORTED = 6, 300


def try_files(fuzzer: Fuzzer, count: int, one: Callable[[bytes], object]) -> None:
    """Call a function with so many files of a fuzzer."""
    every = settings(
        max_examples=max(3, round(count * fuzzer.weight)),
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
    )
    every(given(fuzzer.files)(one))()


def test_every_format_has_a_fuzzer() -> None:
    assert {one.format for one in FUZZERS} | {"pdf_certificate", None} == {*format_names(), None}
    assert len(BY_NAME) == len(FUZZERS)


@pytest.mark.parametrize("name", BY_NAME)
def test_what_goes_wrong_was_valid(name: str) -> None:
    fuzzer = BY_NAME[name]
    for format_name in {fuzzer.format, None}:
        found = [parsed for _, parsed in read(fuzzer.valid, fuzzer.file_name, format_name)]
        assert all(parsed.format == fuzzer.format for parsed in found if fuzzer.format)
        assert any(parsed.contents or any(row.draft for row in parsed.rows) for parsed in found)


@pytest.mark.parametrize("name", BY_NAME)
def test_a_nearly_valid_file_is_read_or_refused(name: str) -> None:
    _read_many(BY_NAME[name], EXAMPLES)


@pytest.mark.heavy
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("name", BY_NAME)
def test_many_nearly_valid_files_are_read_or_refused(name: str) -> None:
    _read_many(BY_NAME[name], MANY_EXAMPLES)


@pytest.mark.parametrize("name", BY_NAME)
def test_what_was_read_can_be_imported_and_exported(name: str, library: Library) -> None:
    _import_many(BY_NAME[name], IMPORTED, library)


@pytest.mark.heavy
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("name", BY_NAME)
def test_what_was_read_of_many_files_can_be_imported_and_exported(name: str, library: Library) -> None:
    _import_many(BY_NAME[name], MANY_IMPORTED, library)


def test_any_text_of_a_certificate_is_read_or_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    # The text stands for the PDF that it would be of: starting a process for each would take long.
    _read_certificates(monkeypatch, 200)


@pytest.mark.heavy
def test_any_text_of_many_certificates_is_read_or_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    _read_certificates(monkeypatch, 20_000)


def test_a_damaged_pdf_is_read_or_refused() -> None:
    # Each in the process that reads it for the app.
    try_files(Fuzzer("PDF", "pdf_certificate", CERTIFICATE, damaged(CERTIFICATE)), 5, _read_pdf)


@pytest.mark.heavy
@pytest.mark.timeout(1200)
def test_many_damaged_pdfs_are_read_or_refused() -> None:
    try_files(Fuzzer("PDF", "pdf_certificate", CERTIFICATE, damaged(CERTIFICATE)), 500, _read_pdf)


def _read_many(fuzzer: Fuzzer, count: int) -> None:
    def one(data: bytes) -> None:
        _ = read(data, fuzzer.file_name, fuzzer.format)
        _ = read(data, fuzzer.file_name, None)

    try_files(fuzzer, count, one)


def _import_many(fuzzer: Fuzzer, count: int, library: Library) -> None:
    check_import(library, fuzzer.valid, fuzzer.file_name, fuzzer.format)
    try_files(fuzzer, count, lambda data: check_import(library, data, fuzzer.file_name, None))


def _read_pdf(data: bytes) -> None:
    _ = read(data, "file.pdf", "pdf_certificate")


def _read_certificates(monkeypatch: pytest.MonkeyPatch, count: int) -> None:
    texts: list[str] = []
    monkeypatch.setattr(pdf_certificate, "text_of_pdf", lambda _: texts[-1])

    @settings(max_examples=count, deadline=None)
    @given(personal_files.certificate_texts)
    def run(text: str) -> None:
        texts.append(text)
        _read_pdf(CERTIFICATE)

    run()
