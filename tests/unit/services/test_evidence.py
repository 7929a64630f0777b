import os
import sys
from pathlib import Path

import pytest
from tests.library_fixtures import add, planned

from learnpath.domain.records import EvidenceFile, EvidenceRole
from learnpath.errors import UsageError
from learnpath.services.checking import check_library
from learnpath.services.evidence import attach_files, detach_file, evidence_path, likely_role
from learnpath.storage.library import Library
from learnpath.storage.migrations import SCHEMA_VERSION


def _source(tmp_path: Path, name: str, text: str = "x") -> Path:
    source = tmp_path / name
    _ = source.write_text(text)
    return source


def test_a_file_is_attached_removed_and_brought_back(library: Library, tmp_path: Path) -> None:
    one = add(library, planned("A"))
    source = _source(tmp_path, "Certificate.pdf", "proof")
    outcome = attach_files(library, one.id, [source])
    (evidence,) = outcome.value
    source.unlink()

    assert library.all(EvidenceFile) == [evidence]
    assert (evidence.original_name, evidence.media_type, evidence.size, evidence.role, evidence.added_at) == (
        "Certificate.pdf",
        "application/pdf",
        5,
        EvidenceRole.CERTIFICATE,
        "2026-11-21T09:30:00Z",
    )
    assert evidence_path(library, evidence).read_text() == "proof"
    assert detach_file(library, evidence.id).value == evidence
    assert library.all(EvidenceFile) == []
    assert [entry.label for entry in library.history()][:2] == [
        "Remove Certificate.pdf",
        "Attach Certificate.pdf to A",
    ]
    _ = library.undo()
    assert evidence_path(library, library.all(EvidenceFile)[0]).read_text() == "proof"
    assert check_library(library).problems == ()


def test_what_is_attached_already_is_not_added_again(library: Library, tmp_path: Path) -> None:
    one, two = add(library, planned("A")), add(library, planned("B"))
    first, same, other = (_source(tmp_path, *pair) for pair in (("a.txt", "1"), ("b.txt", "1"), ("c.bin.zz", "2")))
    added = attach_files(library, one.id, [first, same, other], EvidenceRole.RECEIPT).value
    assert [(each.original_name, each.media_type, each.role) for each in added] == [
        ("a.txt", "text/plain", EvidenceRole.RECEIPT),
        ("c.bin.zz", "application/octet-stream", EvidenceRole.RECEIPT),
    ]
    assert library.history()[0].label == "Attach 2 files to A"
    again = attach_files(library, one.id, [same])
    assert (again.value, again.change) == ([], None)
    assert len(attach_files(library, two.id, [same]).value) == 1


def test_a_source_that_cannot_be_read_leaves_everything_as_it_was(library: Library, tmp_path: Path) -> None:
    one = add(library, planned("A"))
    with pytest.raises(UsageError, match="could not be read"):
        _ = attach_files(library, one.id, [_source(tmp_path, "a.txt"), tmp_path / "missing.pdf"])
    assert library.all(EvidenceFile) == []
    with pytest.raises(UsageError):
        _ = attach_files(library, 1, [])
    with pytest.raises(UsageError):
        _ = detach_file(library, 1)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux takes names that are no text")
def test_a_source_whose_name_is_no_text_is_attached(library: Library, tmp_path: Path) -> None:
    source = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.pdf"))
    _ = source.write_text("x")
    (evidence,) = attach_files(library, add(library, planned("A")).id, [source]).value
    assert evidence.original_name == "caf?.pdf"


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("Score-Report.pdf", EvidenceRole.SCORE_REPORT),
        ("exam result certificate.pdf", EvidenceRole.SCORE_REPORT),
        ("INVOICE 12.pdf", EvidenceRole.RECEIPT),
        ("badge.png", EvidenceRole.BADGE),
        ("AZ-104 cert.pdf", EvidenceRole.CERTIFICATE),
        ("notes.txt", EvidenceRole.EVIDENCE),
    ],
)
def test_the_role_is_judged_from_the_name(name: str, role: EvidenceRole) -> None:
    assert likely_role(name) is role


def test_a_check_names_proofs_that_are_gone_or_altered(library: Library, tmp_path: Path) -> None:
    one = add(library, planned("A"))
    gone, altered = attach_files(
        library, one.id, [_source(tmp_path, "a.txt", "1"), _source(tmp_path, "b.txt", "2")]
    ).value
    evidence_path(library, gone).unlink()
    _ = evidence_path(library, altered).write_text("3")
    report = check_library(library)
    assert report.schema == SCHEMA_VERSION
    assert (report.records["credential"], report.records["evidence_file"]) == (1, 2)
    assert report.problems == (
        f"The file {gone.file_name} is missing.",
        f"The file {altered.file_name} is not the one that was kept.",
    )
