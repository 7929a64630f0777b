"""The list in one reading, what forms offer, and proof that is saved with its credential."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from learnpath.domain.dates import PartialDate
from learnpath.domain.listing import CredentialFilter, CredentialSort, StatusGroup
from learnpath.domain.records import Credential, EvidenceFile, Program, Stage
from learnpath.errors import KnownError
from learnpath.services.credential_listing import list_choices, list_credentials, read_rows
from learnpath.services.credentials import CredentialForm, save_credential
from learnpath.services.libraries import open_library
from learnpath.services.programs import ProgramForm, save_program
from learnpath.services.suggestions import suggest_credentials, suggest_names, suggest_programs
from learnpath.storage.library import Library

TODAY = date(2026, 11, 21)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    library = open_library(tmp_path / "library")
    yield library
    library.close()


def add(library: Library, title: str, **fields: object) -> int:
    names = {key: fields.pop(key) for key in ("issuer_name", "skill_names", "tag_names") if key in fields}
    form = CredentialForm(credential=Credential(title=title, **fields), **names)  # pyright: ignore[reportArgumentType]
    return save_credential(library, form).value.id


def test_rows_come_in_whole_pages(library: Library) -> None:
    ids = [add(library, f"Course {number:02}") for number in range(25)]
    listing = list_credentials(library, CredentialFilter(), TODAY, page_rows=10, near=ids[21])
    assert listing.ids == ids
    assert [row.id for row in listing.rows] == ids[:10] + ids[20:25]
    assert listing.total == 25
    assert [row.id for row in list_credentials(library, CredentialFilter(), TODAY, 10, near=5).rows] == ids[:10]
    assert [row.id for row in read_rows(library, [ids[3], 7, ids[1]], TODAY)] == [ids[3], ids[1]]


def test_counts_and_total_do_not_depend_on_the_chip(library: Library) -> None:
    _ = add(library, "Planned one")
    _ = add(library, "Earned one", stage=Stage.EARNED, awarded_on=PartialDate("2026"))
    listing = list_credentials(library, CredentialFilter(group=StatusGroup.EARNED, text="one"), TODAY, 10)
    assert len(listing.ids) == 1
    assert (listing.counts[StatusGroup.ALL], listing.counts[StatusGroup.PLANNED]) == (2, 1)
    nothing = list_credentials(library, CredentialFilter(text="absent"), TODAY, 10)
    assert (nothing.ids, nothing.rows, nothing.total) == ([], [], 2)


def test_what_lies_ahead_orders_expiries_exams_and_targets_together(library: Library) -> None:
    earned = PartialDate("2025-01-01")
    last = add(library, "A", stage=Stage.EARNED, awarded_on=earned, valid_until=PartialDate("2027-05-01"))
    # A target that has been reached says nothing any more.
    never = add(library, "B", stage=Stage.EARNED, awarded_on=earned, target_on=PartialDate("2026-12-01"))
    exam = add(library, "C", stage=Stage.BOOKED, exam_on=PartialDate("2026-11-27"), target_on=PartialDate("2028-01-01"))
    target = add(library, "D", target_on=PartialDate("2027-02-01"))
    ahead = list_credentials(library, CredentialFilter(sort=CredentialSort.AHEAD), TODAY, 10)
    assert ahead.ids == [exam, target, last, never]
    assert [row.next_is_exam for row in ahead.rows] == [True, False, False, False]
    back = list_credentials(library, CredentialFilter(sort=CredentialSort.AHEAD, descending=True), TODAY, 10)
    assert back.ids == [last, target, exam, never]


def test_filters_offer_what_is_in_use(library: Library) -> None:
    _ = add(library, "A", issuer_name="Microsoft", skill_names=("Azure",), tag_names=("work",))
    _ = add(library, "B", issuer_name="Microsoft", skill_names=("azure", "Python"))
    choices = list_choices(library)
    assert [(one.name, one.count) for one in choices["issuer"]] == [("Microsoft", 2)]
    assert [(one.name, one.count) for one in choices["skill"]] == [("Azure", 2), ("Python", 1)]
    assert [one.name for one in choices["tag"]] == ["work"]
    assert choices["path"] == []


def test_forms_offer_names_programs_and_credentials(library: Library) -> None:
    record = add(library, "Terraform Associate", issuer_name="HashiCorp", skill_names=("Terraform",), tag_names=("x",))
    program = Program(name="Terraform Associate (004)", valid_for="P2Y")
    _ = save_program(library, ProgramForm(program=program, issuer_name="HashiCorp", skill_names=("Cloud",)))
    names = suggest_names(library)
    assert (names.issuers, names.skills, names.tags) == (("HashiCorp",), ("Cloud", "Terraform"), ("x",))
    found = suggest_programs(library, "terr", TODAY)
    assert [(one.program.name, one.issuer_name, one.skill_names) for one in found] == [
        ("Terraform Associate (004)", "HashiCorp", ("Cloud",))
    ]
    assert suggest_programs(library, "  ", TODAY) == []
    assert [(one.id, one.name) for one in suggest_credentials(library, "asso", TODAY)] == [
        (record, "Terraform Associate")
    ]
    assert suggest_credentials(library, "", TODAY) == []


def test_proof_is_saved_with_its_credential_as_one_change(library: Library, tmp_path: Path) -> None:
    proof = tmp_path / "badge.png"
    proof.write_bytes(b"picture")
    form = CredentialForm(credential=Credential(title="Docker"))
    saved = save_credential(library, form, [proof]).value
    files = library.all(EvidenceFile)
    assert [(one.credential_id, one.original_name, one.role.value) for one in files] == [
        (saved.id, "badge.png", "badge")
    ]
    _ = library.undo()
    assert library.all(EvidenceFile) == []
    assert library.all(Credential) == []


def test_a_file_that_cannot_be_read_keeps_the_credential_from_being_half_saved(
    library: Library, tmp_path: Path
) -> None:
    form = CredentialForm(credential=Credential(title="Docker"))
    with pytest.raises(KnownError):
        _ = save_credential(library, form, [tmp_path / "absent.pdf"])
    assert library.all(Credential) == []
