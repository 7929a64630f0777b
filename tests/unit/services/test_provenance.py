from dataclasses import replace

import pytest
from tests.library_fixtures import TODAY, add, day, planned

from learnpath.domain.records import Credential, ImportSource, Issuer, Program, RecordSource, Stage
from learnpath.services.credential_details import credential_details
from learnpath.services.credentials import (
    delete_credentials,
    mark_earned,
    read_form,
    save_credential,
    set_stage,
    set_target,
)
from learnpath.services.importing import apply_previews, decide_rows, planned_report, preview_file
from learnpath.services.known_issuers import issuer_names, known_issuers
from learnpath.services.previews import ReadingOptions
from learnpath.services.programs import (
    delete_programs,
    program_details,
    read_program_form,
    save_program,
    take_programs,
)
from learnpath.services.provenance import field_sources
from learnpath.storage.library import Library

HEAD = "Title,Issuer,Issue date,Credential ID,Notes\n"
TABLE = f"{HEAD}Cloud,Guild,2025-01,A,from the table\n".encode()
LINKEDIN = b"Name,Url,Authority,Started On,Finished On,License Number\nCloud,https://v.example/1,Guild,Jan 2025,,A\n"
PROGRAMS = b"name,provider,hours,level\nData,Guild,20,Beginner\n"


def bring(library: Library, data: bytes, name: str = "list.csv") -> tuple[int, int, int, int]:
    [result] = apply_previews(library, [preview_file(library, name, data)]).value
    return result.new, result.updated, result.same, result.undecided


def only(library: Library) -> Credential:
    [one] = library.all(Credential)
    return one


def from_files(library: Library) -> dict[str, str]:
    return {name: one.file_name for name, one in field_sources(library, "credential", only(library).id).items()}


def test_every_field_of_an_import_has_its_source(library: Library) -> None:
    assert bring(library, TABLE) == (1, 0, 0, 0)
    fields = ("title", "issuer_name", "awarded_on", "license_number", "notes", "stage")
    assert from_files(library) == dict.fromkeys(fields, "list.csv")
    details = credential_details(library, only(library).id, TODAY)
    assert details.sources["title"].format == "table"
    assert details.sources["title"].imported_at == "2026-11-21T09:30:00Z"


def test_what_the_person_changes_is_theirs(library: Library) -> None:
    _ = bring(library, TABLE)
    form = read_form(library, only(library).id)
    _ = save_credential(library, replace(form, credential=replace(form.credential, title="Clouds", level="High")))
    assert "title" not in from_files(library)
    assert "awarded_on" in from_files(library)
    # The file says again what the person has replaced: that is no news.
    assert bring(library, TABLE) == (0, 0, 1, 0)
    assert only(library).title == "Clouds"


def test_another_word_for_what_the_person_changed_is_asked_about(library: Library) -> None:
    first = f"{HEAD}Cloud,Guild,2025-01-02,A-1,\n".encode()
    _ = bring(library, first)
    form = read_form(library, only(library).id)
    _ = save_credential(library, replace(form, credential=replace(form.credential, title="Clouds")))
    newer = first.replace(b"Cloud,", b"Cloud Basics,")
    preview = preview_file(library, "newer.csv", newer)
    assert preview.plan is not None
    [row] = preview.plan.rows
    assert (row.kind, row.reason) == ("undecided", "you changed the title yourself")
    _ = apply_previews(library, [decide_rows(preview, {0: "update"})])
    assert only(library).title == "Cloud Basics"
    assert from_files(library)["title"] == "newer.csv"


def test_what_the_person_emptied_stays_empty(library: Library) -> None:
    table = f"{HEAD}Cloud,Guild,2025-01-02,A-1,\n".encode()
    _ = bring(library, table)
    form = read_form(library, only(library).id)
    _ = save_credential(library, replace(form, credential=replace(form.credential, license_number="")))
    assert bring(library, table) == (0, 0, 1, 0)
    assert only(library).license_number == ""
    assert bring(library, table.replace(b"A-1", b"A-2")) == (0, 1, 0, 0)
    assert only(library).license_number == "A-2"


def test_what_the_person_entered_is_asked_about_and_the_rest_filled(library: Library) -> None:
    mine = Credential(title="Cloud", stage=Stage.EARNED, awarded_on=day("2025-01"), license_number="A")
    _ = add(library, replace(mine, level="High"), "Guild")
    assert bring(library, LINKEDIN, "Certifications.csv") == (0, 1, 0, 0)
    assert only(library).verification_url == "https://v.example/1"
    assert set(from_files(library)) == {"verification_url"}
    assert bring(library, f"{HEAD}Cloud,Guild,2025-01-02,A,\n".encode(), "exact.csv") == (0, 1, 0, 0)
    other = b"Title,Issuer,Issue date,Credential ID,Level\nCloud,Guild,2025-01-02,A,Low\n"
    assert bring(library, other) == (0, 0, 0, 1)
    assert only(library).level == "High"


@pytest.mark.parametrize("order", [(TABLE, LINKEDIN), (LINKEDIN, TABLE)], ids=["table first", "better first"])
def test_the_better_source_wins_in_any_order(library: Library, order: tuple[bytes, bytes]) -> None:
    table = TABLE.replace(b"Notes", b"URL").replace(b"from the table", b"https://table.example/c")
    files = [table if one is TABLE else one for one in order]
    for at, data in enumerate(files):
        _ = bring(library, data, f"{at}.csv")
    assert len(library.all(Credential)) == 1
    assert only(library).verification_url == "https://v.example/1"
    assert only(library).notes == "https://table.example/c"
    assert from_files(library)["awarded_on"] == f"{files.index(LINKEDIN)}.csv"
    for at, data in enumerate(files):
        assert bring(library, data, f"{at}.csv") == (0, 0, 1, 0)


def test_what_a_better_source_confirms_is_that_sources(library: Library) -> None:
    _ = bring(library, TABLE)
    assert bring(library, LINKEDIN.replace(b"https://v.example/1", b""), "Certifications.csv") == (0, 0, 1, 0)
    assert from_files(library)["title"] == "Certifications.csv"
    assert from_files(library)["notes"] == "list.csv"
    assert bring(library, TABLE.replace(b"2025-01", b"2024-12"), "earlier.csv") == (0, 0, 1, 0)
    assert only(library).awarded_on == day("2025-01")
    _ = library.undo()
    assert from_files(library)["title"] == "list.csv"


def test_a_later_date_of_a_source_that_is_believed_less_is_asked_about(library: Library) -> None:
    linkedin = LINKEDIN.replace(b",,A", b",Mar 2027,A")
    later = b"Title,Issuer,Credential ID,Issue date,Expires\nCloud,Guild,A,2025-01,2028-05-31\n"
    _ = bring(library, linkedin, "Certifications.csv")
    assert bring(library, later.replace(b"2028-05-31", b"2027"), "vaguer.csv") == (0, 0, 1, 0)
    preview = preview_file(library, "later.csv", later)
    assert preview.plan is not None
    [row] = preview.plan.rows
    assert (row.kind, row.reason) == ("undecided", "says valid until 31 May 2028, here Mar 2027")
    assert bring(library, later, "later.csv") == (0, 0, 0, 1)
    assert only(library).valid_until == day("2027-03")
    _ = apply_previews(library, [decide_rows(preview, {0: "update"})])
    assert only(library).valid_until == day("2028-05-31")
    # Which date holds was the person's word: neither file takes it back unasked.
    assert "valid_until" not in from_files(library)
    assert bring(library, later, "later.csv") == (0, 0, 1, 0)
    assert bring(library, linkedin, "Certifications.csv") == (0, 0, 0, 1)
    assert only(library).valid_until == day("2028-05-31")


def test_an_older_award_only_fills_what_is_empty(library: Library) -> None:
    newer = LINKEDIN.replace(b"Jan 2025,,A", b"Jun 2026,,A").replace(b"https://v.example/1", b"")
    older = LINKEDIN.replace(b"Jan 2025,,A", b"Jan 2023,Jan 2026,A").replace(b"Cloud,", b"Clouds,")
    _ = bring(library, newer, "newer.csv")
    preview = preview_file(library, "older.csv", older)
    assert preview.plan is not None
    [row] = preview.plan.rows
    assert (row.kind, row.reason) == ("update", "an older award, which only fills what is empty")
    assert bring(library, older, "older.csv") == (0, 1, 0, 0)
    one = only(library)
    assert (one.title, one.awarded_on, one.valid_until) == ("Cloud", day("2026-06"), None)
    assert one.verification_url == "https://v.example/1"
    assert bring(library, older, "older.csv") == (0, 0, 1, 0)
    newest = newer.replace(b"Jun 2026", b"Jul 2026")
    assert bring(library, newest, "newest.csv") == (0, 1, 0, 0)
    assert only(library).awarded_on == day("2026-07")


def test_an_award_whose_date_is_not_read_is_earned_and_dated_later(library: Library) -> None:
    table = b"Title,Issuer,Issue date,Valid for\nCloud,Guild,03/04/2025,1 year\nNet,Guild,05/06/2025,\n"
    first = preview_file(library, "list.csv", table)
    _ = apply_previews(library, [first])
    assert {(one.stage, one.awarded_on) for one in library.all(Credential)} == {(Stage.EARNED, None)}
    again = preview_file(library, "list.csv", table, ReadingOptions(date_order="dmy"))
    assert [(row.kind, row.is_proposed) for row in again.plan.rows] == [("update", True)] * 2  # pyright: ignore[reportOptionalMemberAccess]
    _ = apply_previews(library, [again])
    cloud, net = library.all(Credential)
    assert (cloud.stage, cloud.awarded_on, cloud.valid_until) == (Stage.EARNED, day("2025-04-03"), day("2026-04-03"))
    assert (net.stage, net.awarded_on) == (Stage.EARNED, day("2025-06-05"))
    assert {"stage", "awarded_on", "valid_until"} <= field_sources(library, "credential", cloud.id).keys()
    done = preview_file(library, "list.csv", table, ReadingOptions(date_order="dmy"))
    assert planned_report(done).same == 2


def test_of_equal_sources_the_newer_wins_and_the_older_does_not_come_back(library: Library) -> None:
    newer = TABLE.replace(b"from the table", b"newer words")
    assert bring(library, TABLE) == (1, 0, 0, 0)
    assert bring(library, newer, "newer.csv") == (0, 1, 0, 0)
    assert from_files(library)["notes"] == "newer.csv"
    assert from_files(library)["title"] == "list.csv"
    assert bring(library, TABLE) == (0, 0, 1, 0)
    assert only(library).notes == "newer words"


def test_sources_go_with_their_record_and_come_back(library: Library) -> None:
    _ = bring(library, TABLE)
    _ = bring(library, PROGRAMS, "programs.csv")
    before = library.contents()
    assert len(before.sources) == 2
    _ = delete_credentials(library, [only(library).id])
    assert [one.record_kind for one in library.all(RecordSource)] == ["program"]
    _ = delete_programs(library, [library.all(Program)[0].id])
    assert not library.all(RecordSource)
    _ = library.undo()
    _ = library.undo()
    assert library.contents() == before
    with library.change("Forget the files") as change:
        change.delete(ImportSource, [one.id for one in before.imports])
    assert not library.all(RecordSource)
    _ = library.undo()
    assert library.contents() == before
    assert library.problems() == []


def test_a_source_counts_as_no_record_of_a_change(library: Library) -> None:
    change = apply_previews(library, [preview_file(library, "list.csv", TABLE)]).change
    assert change is not None
    [source] = library.all(RecordSource)
    assert source.id == only(library).id
    # The credential, its issuer and the file.
    assert len(change.ids) == 3


def test_each_way_of_editing_makes_fields_the_persons_own(library: Library) -> None:
    _ = bring(library, b"Title,Issuer,Status,Target date\nCloud,Guild,planned,2027-01-01\n")
    one = only(library)
    assert {"stage", "target_on"} <= from_files(library).keys()
    _ = set_target(library, one.id, day("2027-02-01"))
    assert "target_on" not in from_files(library)
    _ = set_stage(library, [one.id], Stage.ENROLLED)
    assert "stage" not in from_files(library)
    _ = mark_earned(library, [one.id], day("2026-11-20"))
    assert set(from_files(library)) == {"title", "issuer_name"}


def test_programs_remember_their_sources_too(library: Library) -> None:
    _ = bring(library, PROGRAMS)
    [one] = library.all(Program)
    assert set(field_sources(library, "program", one.id)) == {"name", "issuer_name", "level", "estimated_minutes"}
    form = read_program_form(library, one.id, TODAY)
    _ = save_program(library, replace(form, program=replace(form.program, level="Advanced")))
    assert "level" not in field_sources(library, "program", one.id)
    assert bring(library, PROGRAMS) == (0, 0, 0, 1)
    assert program_details(library, one.id, TODAY).program.level == "Advanced"


def test_taking_a_program_makes_the_stage_the_persons_own(library: Library) -> None:
    _ = bring(library, PROGRAMS)
    _ = bring(library, b"Title,Issuer,Status,Target date\nData,Guild,planned,2027-01-01\n", "plans.csv")
    assert {"stage", "program_name"} <= from_files(library).keys()
    _ = take_programs(library, [library.all(Program)[0].id], Stage.ENROLLED)
    assert "stage" not in from_files(library)


def test_all_fields_changed_leaves_only_what_the_file_called_it(library: Library) -> None:
    _ = bring(library, b"name\nData\n")
    [one] = library.all(Program)
    form = read_program_form(library, one.id, TODAY)
    _ = save_program(library, replace(form, program=replace(form.program, name="Other")))
    [source] = library.all(RecordSource)
    assert (source.fields, source.former) == ((), ("name=Data",))
    assert not field_sources(library, "program", one.id)


_EDITS = {
    "title": "Clouds and rain",
    "license_number": "B-77",
    "awarded_on": day("2023-03"),
    "verification_url": "https://v.example/other",
    "human_code": "CL-900",
    "external_id": "urn:other",
}


@pytest.mark.parametrize("names", [("title",), ("license_number",), ("awarded_on",), tuple(_EDITS)])
@pytest.mark.parametrize("issuer", ["Guild", "Another guild"])
def test_a_record_that_the_person_calls_something_else_is_found_by_its_file(
    library: Library, names: tuple[str, ...], issuer: str
) -> None:
    table = b"Title,Issuer,Issue date,Credential ID,URL\nCloud,Guild,2025-01,A,https://v.example/1\nNet,Guild,,,\n"
    _ = bring(library, table)
    cloud = next(one for one in library.all(Credential) if one.title == "Cloud")
    form = read_form(library, cloud.id)
    mine = replace(cloud, **{name: _EDITS[name] for name in names})  # pyright: ignore[reportArgumentType]
    _ = save_credential(library, replace(form, credential=mine, issuer_name=issuer))
    edited = library.contents()
    preview = preview_file(library, "list.csv", table)
    assert preview.plan is not None
    row, net = preview.plan.rows
    assert row.existing_id == cloud.id
    assert row.kind in {"undecided", "same"}
    assert net.kind == "same"
    assert bring(library, table)[:2] == (0, 0)
    assert library.contents() == edited
    newer = table.replace(b"Net,Guild,,,", b"Net,Guild,2026-01,,")
    assert bring(library, newer, "newer.csv")[:2] == (0, 1)
    assert next(one for one in library.all(Credential) if one.id == cloud.id) == library.get(Credential, cloud.id)
    _ = library.undo()
    _ = library.undo()
    assert [one.former for one in library.all(RecordSource)] == [(), ()]


def test_a_proposal_that_was_taken_is_certain_from_then_on(library: Library) -> None:
    _ = bring(library, b"Title,Issuer,Issue date,URL\nCloud (CL-900),Guild,2025-01,https://v.example/1\n")
    other = b"Title,Issuer,Issue date,Code,URL,Level\nCloud,Guild,2025-01-14,,https://w.example/2,High\n"
    preview = preview_file(library, "other.csv", other)
    assert preview.plan is not None
    assert preview.plan.rows[0].is_proposed
    _ = apply_previews(library, [preview])
    assert bring(library, other, "other.csv") == (0, 0, 1, 0)
    again = preview_file(library, "again.csv", other.replace(b"High", b"Low"))
    assert again.plan is not None
    [row] = again.plan.rows
    assert (row.kind, row.reason, row.is_proposed) == ("update", "", False)


def test_a_person_who_empties_a_field_gets_it_filled_again(library: Library) -> None:
    _ = bring(library, TABLE)
    form = read_form(library, only(library).id)
    _ = save_credential(library, replace(form, credential=replace(form.credential, notes="")))
    assert bring(library, TABLE) == (0, 1, 0, 0)
    assert only(library).notes == "from the table"
    [source] = library.all(RecordSource)
    assert source.fields[-1] == "notes"


def test_well_known_issuers_are_one_under_all_their_names(library: Library) -> None:
    table = f"{HEAD}Cloud,AWS,2025-01,A,\nData,Amazon Web Services Training and Certification,2025-02,B,\n"
    _ = bring(library, f"{table}Net,Amazon Web Services,2025-03,C,\n".encode())
    [issuer] = library.all(Issuer)
    assert issuer.name == "Amazon Web Services"
    assert issuer.aliases[0] == "AWS"
    assert "Amazon Web Services Training and Certification" in issuer.aliases
    _ = bring(library, f"{HEAD}Cloud,Amazon AWS,2025-01,,\n".encode(), "other.csv")
    assert len(library.all(Credential)) == 3


def test_the_librarys_own_name_of_an_issuer_stays(library: Library) -> None:
    _ = add(library, planned("Mine"), "AWS")
    _ = bring(library, f"{HEAD}Cloud,Amazon Web Services (AWS),2025-01,A,\n".encode())
    [issuer] = library.all(Issuer)
    assert (issuer.name, issuer.aliases) == ("AWS", ("Amazon Web Services (AWS)",))
    assert issuer_names([issuer])["amazon web services"] == "AWS"


def test_an_issuers_own_other_names_come_first() -> None:
    names = issuer_names([Issuer(name="Project Makers", aliases=("PMI",))])
    assert names["pmi"] == "Project Makers"
    assert known_issuers()["pmi"] == "Project Management Institute"


def test_files_previewed_together_are_planned_after_each_other(library: Library) -> None:
    first = preview_file(library, "Certifications.csv", LINKEDIN)
    table = TABLE.replace(b"2025-01", b"2025-01-02")
    second = preview_file(library, "list.csv", table, after=[first])
    assert [planned_report(one).new for one in (first, second)] == [1, 0]
    assert second.plan is not None
    [row] = second.plan.rows
    assert row.kind == "update"
    assert {name for name, _, _ in row.changes} == {"awarded_on", "notes"}
    results = apply_previews(library, [first, second]).value
    assert [(one.new, one.updated) for one in results] == [(1, 0), (0, 1)]
    assert only(library).awarded_on == day("2025-01-02")


def test_what_was_planned_after_a_file_that_is_skipped_is_planned_again(library: Library) -> None:
    first = preview_file(library, "Certifications.csv", LINKEDIN)
    second = preview_file(library, "list.csv", TABLE, after=[first])
    third = preview_file(library, "third.csv", TABLE.replace(b"from the", b"another"), after=[first, second])
    assert third.plan is not None
    assert third.plan.rows[0].existing_id == -1
    results = apply_previews(library, [decide_rows(first, {0: "skip"}), second, third]).value
    assert [(one.new, one.updated) for one in results] == [(0, 0), (1, 0), (0, 1)]


def test_a_decision_about_a_record_only_planned_holds(library: Library) -> None:
    first = preview_file(library, "1.csv", f"{HEAD}Kubernetes Security Specialist,Guild,2025-01,,\n".encode())
    near = f"{HEAD}Kubernetes Security Speciallist,Guild,2025-01,,\n".encode()
    second = preview_file(library, "2.csv", near, after=[first])
    assert list(second.titles.values()) == ["Kubernetes Security Specialist"]
    results = apply_previews(library, [first, decide_rows(second, {0: "update"})]).value
    assert [(one.new, one.updated) for one in results] == [(1, 0), (0, 1)]
    assert only(library).title == "Kubernetes Security Speciallist"


def test_a_former_date_that_is_none_is_passed_over(library: Library) -> None:
    _ = bring(library, TABLE)
    [source] = library.all(RecordSource)
    with library.change("Spoil") as change:
        change.update(replace(source, former=("awarded_on=soon", "title=Harbour")))
    assert bring(library, TABLE.replace(b"Cloud", b"Harbour"))[0] == 0
