import pytest
from tests.unit.interchange.badges.makers import ASSERTION, CREDENTIAL, EUROPEAN, encoded, token
from tests.unit.interchange.list_files import CERTIFICATE

from learnpath.domain.records import Credential, EvidenceFile, EvidenceRole
from learnpath.interchange.plan import RowKind
from learnpath.services.checking import check_library
from learnpath.services.credentials import delete_credentials
from learnpath.services.importing import (
    ImportedFile,
    Preview,
    ReadingOptions,
    apply_previews,
    decide_rows,
    planned_report,
    preview_file,
)
from learnpath.storage.evidence_store import read_file
from learnpath.storage.library import Library

BADGE = encoded(CREDENTIAL)


def apply(library: Library, *previews: Preview) -> list[ImportedFile]:
    return apply_previews(library, previews).value


@pytest.mark.parametrize(
    ("name", "data", "role", "media_type"),
    [
        ("badge.json", encoded(ASSERTION), EvidenceRole.BADGE, "application/json"),
        ("certificate.pdf", CERTIFICATE, EvidenceRole.CERTIFICATE, "application/pdf"),
    ],
)
def test_the_file_of_a_new_credential_is_its_proof_until_undo(
    library: Library, name: str, data: bytes, role: EvidenceRole, media_type: str
) -> None:
    [report] = apply(library, preview_file(library, name, data))
    assert (report.new, report.updated) == (1, 0)
    [credential] = library.all(Credential)
    [proof] = library.all(EvidenceFile)
    assert (proof.credential_id, proof.role, proof.media_type) == (credential.id, role, media_type)
    assert (proof.original_name, proof.size) == (name, len(data))
    assert read_file(library.files_folder, proof.file_name) == data
    assert len(list(library.files_folder.iterdir())) == 1
    checked = check_library(library)
    assert (checked.problems, checked.orphans) == ((), ())

    again = apply_previews(library, [preview_file(library, name, data)])
    assert (again.change, again.value[0].new, again.value[0].updated) == (None, 0, 0)

    _ = library.undo()
    assert (library.all(Credential), library.all(EvidenceFile)) == ([], [])
    _ = library.redo()
    assert library.all(EvidenceFile) == [proof]


def test_a_credential_that_the_badge_updates_gets_it_as_proof(library: Library) -> None:
    row = "Title,Issuer,Certificate ID\nWelding level 1,Workbench Guild,W-0042\n"
    _ = apply(library, preview_file(library, "list.csv", row.encode()))
    [report] = apply(library, preview_file(library, "badge.json", BADGE))
    [credential] = library.all(Credential)
    assert (report.new, report.updated) == (0, 1)
    assert [one.credential_id for one in library.all(EvidenceFile)] == [credential.id]


def test_another_file_of_a_known_credential_is_attached_too(library: Library) -> None:
    wrapped = preview_file(library, "badge.jwt", token({"vc": CREDENTIAL}).encode())
    _ = apply(library, preview_file(library, "badge.json", BADGE))
    again = preview_file(library, "badge.jwt", wrapped.data)
    assert (again.records_to_write, again.counts[RowKind.SAME], again.only_proves) == (0, 1, True)
    [report] = apply(library, again)
    assert (report.new, report.updated, report.same, report.only_proved) == (0, 0, 1, True)
    assert not preview_file(library, "badge.jwt", wrapped.data).only_proves
    assert {one.original_name for one in library.all(EvidenceFile)} == {"badge.json", "badge.jwt"}
    assert apply_previews(library, [again]).change is None


def test_files_imported_together_prove_one_credential(library: Library) -> None:
    first = preview_file(library, "badge.json", BADGE)
    second = preview_file(library, "badge.jwt", token({"vc": CREDENTIAL}).encode(), after=[first])
    _ = apply(library, first, second)
    [credential] = library.all(Credential)
    assert [one.credential_id for one in library.all(EvidenceFile)] == [credential.id] * 2


def test_with_keep_a_known_credential_stays_as_it_is_and_gets_the_proof(library: Library) -> None:
    row = "Title,Issuer,Certificate ID\nWelding level 1,Workbench Guild,W-0042\n"
    _ = apply(library, preview_file(library, "list.csv", row.encode()))
    before = library.all(Credential)
    kept = preview_file(library, "badge.json", BADGE, ReadingOptions(on_duplicate="keep"))
    assert (kept.records_to_write, kept.only_proves, planned_report(kept).only_proved) == (0, True, True)
    [report] = apply(library, kept)
    assert (report.updated, report.same, report.only_proved) == (0, 1, True)
    assert library.all(Credential) == before
    assert [one.credential_id for one in library.all(EvidenceFile)] == [before[0].id]
    assert apply_previews(library, [kept]).change is None


def test_a_skipped_badge_proves_nothing(library: Library) -> None:
    skipped = decide_rows(preview_file(library, "badge.json", BADGE), {0: "skip"})
    assert apply_previews(library, [skipped]).change is None


def test_a_badge_of_a_deleted_credential_comes_back_with_its_proof(library: Library) -> None:
    _ = apply(library, preview_file(library, "badge.json", BADGE))
    _ = delete_credentials(library, [one.id for one in library.all(Credential)])
    [report] = apply(library, preview_file(library, "badge.json", BADGE))
    assert report.new == 1
    assert len(library.all(EvidenceFile)) == 1


def test_a_file_of_several_credentials_is_kept_once_and_proves_each(library: Library) -> None:
    clr = {"type": ["ClrCredential"], "credentialSubject": {"verifiableCredential": [CREDENTIAL, EUROPEAN]}}
    [report] = apply(library, preview_file(library, "transcript.json", encoded(clr)))
    assert (report.new, report.only_proved) == (2, False)
    proofs = library.all(EvidenceFile)
    assert {one.credential_id for one in proofs} == {one.id for one in library.all(Credential)}
    assert [(one.role, one.original_name) for one in proofs] == [(EvidenceRole.BADGE, "transcript.json")] * 2
    assert len({one.file_name for one in proofs}) == len(list(library.files_folder.iterdir())) == 1
    assert apply_previews(library, [preview_file(library, "transcript.json", encoded(clr))]).change is None
    checked = check_library(library)
    assert (checked.problems, checked.orphans) == ((), ())


def test_known_and_new_credentials_of_one_file_get_it_and_skipped_ones_do_not(library: Library) -> None:
    data = encoded([CREDENTIAL, EUROPEAN, ASSERTION])
    _ = apply(library, preview_file(library, "badge.json", BADGE))
    [report] = apply(library, decide_rows(preview_file(library, "badges.json", data), {2: "skip"}))
    assert (report.new, report.same, report.only_proved) == (1, 1, False)
    attached = [one.credential_id for one in library.all(EvidenceFile) if one.original_name == "badges.json"]
    assert sorted(attached) == sorted(one.id for one in library.all(Credential))


def test_a_file_whose_credentials_are_all_here_is_attached_to_those_without_it(library: Library) -> None:
    _ = apply(library, preview_file(library, "one.json", BADGE), preview_file(library, "two.json", encoded(EUROPEAN)))
    both = preview_file(library, "badges.json", encoded([CREDENTIAL, EUROPEAN]))
    assert (both.records_to_write, both.only_proves) == (0, True)
    [report] = apply(library, both)
    assert (report.same, report.only_proved) == (2, True)
    assert len(library.all(EvidenceFile)) == 4
    assert apply_previews(library, [both]).change is None


def test_a_table_proves_nothing(library: Library) -> None:
    _ = apply(library, preview_file(library, "list.csv", b"Title,Issuer,Earned on\nA,B,2024-05-06\nC,D,2024-05-07\n"))
    assert library.all(EvidenceFile) == []
