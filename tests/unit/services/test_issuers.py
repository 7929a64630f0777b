"""Issuers edited by hand: other names decide in imports, a rename keeps the old name, two become one."""

from dataclasses import replace

import pytest

from learnpath.domain.records import Credential, Issuer, Program
from learnpath.errors import UsageError
from learnpath.services.backup_look import take_back
from learnpath.services.backups import backup_now
from learnpath.services.credentials import CredentialForm, delete_credentials, save_credential
from learnpath.services.history import describe_change
from learnpath.services.importing import apply_previews, preview_file
from learnpath.services.issuers import (
    find_issuer,
    find_issuer_mistakes,
    list_issuers,
    merge_issuers,
    save_issuer,
)
from learnpath.services.programs import ProgramForm, save_program
from learnpath.storage.library import Library


def make(library: Library, *issuers: Issuer) -> list[Issuer]:
    with library.change("Add issuers") as change:
        return change.insert_many(issuers)


def award(library: Library, title: str, issuer: str) -> Credential:
    return save_credential(library, CredentialForm(credential=Credential(title=title), issuer_name=issuer)).value


def bring(library: Library, name: str, *rows: str) -> tuple[int, int, int]:
    """Import a table of credentials; return how many were new, updated and the same."""
    data = "\n".join(("Title,Issuer,Issued on,Credential ID", *rows)).encode()
    (file,) = apply_previews(library, [preview_file(library, name, data)]).value
    return file.new, file.updated, file.same


def test_the_list_counts_what_is_of_each_issuer_and_finds_other_names(library: Library) -> None:
    _ = award(library, "One", "Zeta")
    _ = award(library, "Two", "Zeta")
    _ = save_program(library, ProgramForm(program=Program(name="P"), issuer_name="Zeta"))
    _ = make(library, Issuer(name="alpha", aliases=("First of all",)))
    lines = list_issuers(library)
    assert [(one.issuer.name, one.programs, one.credentials) for one in lines] == [("alpha", 0, 0), ("Zeta", 1, 2)]
    assert [one.issuer.name for one in list_issuers(library, "ALL first")] == ["alpha"]
    assert list_issuers(library, "first zeta") == []


def test_an_issuer_is_found_by_name_other_name_or_id(library: Library) -> None:
    one, two = make(library, Issuer(name="Guild", aliases=("GLD",)), Issuer(name="GLD House"))
    assert find_issuer(library, " guild ") == one
    assert find_issuer(library, "gld") == one
    assert find_issuer(library, str(two.id)) == two
    with pytest.raises(UsageError, match="no issuer “Nobody”"):
        _ = find_issuer(library, "Nobody")
    _ = make(library, Issuer(name="GUILD"))
    with pytest.raises(UsageError, match="2 issuers are called") as raised:
        _ = find_issuer(library, "guild")
    assert str(one.id) in raised.value.hint


def test_a_name_given_by_hand_makes_rows_of_two_files_one_record(library: Library) -> None:
    assert bring(library, "one.csv", "Welding 1,Kovacs Works,2024-05-14,W-1") == (1, 0, 0)
    (issuer,) = library.all(Issuer)
    _ = save_issuer(library, replace(issuer, aliases=("Iron School",)))
    assert bring(library, "two.csv", "Welding 1,Iron School Ltd.,2024-05-14,W-1") == (0, 0, 1)
    assert bring(library, "three.csv", "Brazing,Iron School Inc.,2024-06-14,W-2") == (1, 0, 0)
    assert library.all(Issuer) == [replace(issuer, aliases=("Iron School",))]


def test_without_the_name_the_two_files_make_two_records(library: Library) -> None:
    _ = bring(library, "one.csv", "Welding 1,Kovacs Works,2024-05-14,W-1")
    new, _, same = bring(library, "two.csv", "Welding 1,Iron School Ltd.,2024-05-14,W-1")
    assert (new, same) != (0, 1)


def test_a_rename_keeps_the_old_name_as_another_name(library: Library) -> None:
    _ = bring(library, "one.csv", "Welding 1,Kovacs Works,2024-05-14,W-1")
    (issuer,) = library.all(Issuer)
    saved = save_issuer(library, replace(issuer, name="  Kovacs   & Sons "))
    assert saved.value == replace(issuer, name="Kovacs & Sons", aliases=("Kovacs Works",))
    assert library.history()[0].label == "Edit Kovacs & Sons"
    assert bring(library, "two.csv", "Welding 1,Kovacs Works,2024-05-14,W-1") == (0, 0, 1)
    assert save_issuer(library, saved.value).change is None
    _ = library.undo()
    assert library.all(Issuer) == [issuer]


def test_a_well_known_issuer_may_be_called_otherwise(library: Library) -> None:
    _ = bring(library, "one.csv", "Cloud Practitioner,AWS,2024-05-14,A-1")
    (issuer,) = library.all(Issuer)
    assert issuer.name == "Amazon Web Services"
    _ = save_issuer(library, replace(issuer, name="My cloud house"))
    row = "Cloud Practitioner,Amazon AWS,2024-05-14,A-1"
    assert bring(library, "two.csv", row) == (0, 0, 1)
    assert bring(library, "three.csv", "Developer,AWS,2024-07-14,A-2") == (1, 0, 0)
    assert [one.name for one in library.all(Issuer)] == ["My cloud house"]


def test_names_are_kept_once_and_never_the_own_one(library: Library) -> None:
    (issuer,) = make(library, Issuer(name="Guild"))
    saved = save_issuer(library, replace(issuer, aliases=(" GLD ", "gld", "guild", "", "The  House"))).value
    assert saved.aliases == ("GLD", "The House")


@pytest.mark.parametrize(
    ("name", "aliases", "field", "sentence"),
    [
        (" ", (), "name", "Enter a name."),
        ("Other", (), "name", "“Other” is an issuer of its own"),
        ("Guild", ("OTHER Inc.",), "aliases", "“Other” is an issuer of its own"),
        ("Guild", ("Else",), "aliases", "“Else” is another name of “Other”"),
    ],
)
def test_names_of_others_are_not_taken(
    library: Library, name: str, aliases: tuple[str, ...], field: str, sentence: str
) -> None:
    issuer, _ = make(library, Issuer(name="Guild"), Issuer(name="Other", aliases=("Else",)))
    wanted = replace(issuer, name=name, aliases=aliases)
    mistakes = find_issuer_mistakes(library, wanted)
    assert list(mistakes) == [field]
    assert sentence in mistakes[field]
    with pytest.raises(UsageError):
        _ = save_issuer(library, wanted)
    assert library.find(Issuer, issuer.id) == issuer


def test_names_that_are_alike_already_do_not_stand_in_the_way(library: Library) -> None:
    issuer, _ = make(library, Issuer(name="Guild", aliases=("X",)), Issuer(name="Guild Inc.", aliases=("X",)))
    assert find_issuer_mistakes(library, replace(issuer, aliases=("X", "New"))) == {}


def test_two_issuers_become_one_and_undo_makes_them_two(library: Library) -> None:
    first, second = award(library, "One", "Guild"), award(library, "Two", "Gild")
    program = save_program(library, ProgramForm(program=Program(name="P"), issuer_name="Gild")).value
    guild, gild = (find_issuer(library, name) for name in ("Guild", "Gild"))
    gild = save_issuer(library, replace(gild, aliases=("GLD",), url="https://gild.example")).value
    before = library.contents()
    outcome = merge_issuers(library, guild.id, [gild.id])
    assert outcome.value == replace(guild, aliases=("Gild", "GLD"), url="https://gild.example")
    assert library.all(Issuer) == [outcome.value]
    assert [one.issuer_id for one in library.all(Credential, [first.id, second.id])] == [guild.id, guild.id]
    assert library.get(Program, program.id).issuer_id == guild.id
    assert library.history()[0].label == "Merge Gild into Guild"
    after = library.contents()
    _ = library.undo()
    assert library.contents() == before
    _ = library.redo()
    assert library.contents() == after


def test_several_issuers_become_one(library: Library) -> None:
    one, two, three = make(library, Issuer(name="A"), Issuer(name="B", note="old"), Issuer(name="C", note="new"))
    merged = merge_issuers(library, one.id, [two.id, three.id, two.id]).value
    assert (merged.aliases, merged.note) == (("B", "C"), "old\nnew")
    assert library.history()[0].label == "Merge 2 issuers into A"


def test_the_notes_of_merged_issuers_are_kept_each_once(library: Library) -> None:
    notes = ("mine", "theirs", "", "mine", "theirs\nmine", "more\nmine")
    first, *others = make(library, *(Issuer(name=f"I{at}", note=note) for at, note in enumerate(notes)))
    merged = merge_issuers(library, first.id, [one.id for one in others]).value
    assert merged.note == "mine\ntheirs\nmore\nmine"


def test_an_issuer_is_not_merged_with_itself(library: Library) -> None:
    (one,) = make(library, Issuer(name="A"))
    for ids in ([], [one.id]):
        with pytest.raises(UsageError, match="two different issuers"):
            _ = merge_issuers(library, one.id, ids)
    with pytest.raises(UsageError, match="no issuer with the id"):
        _ = merge_issuers(library, one.id, [7])


def test_files_of_merged_issuers_change_nothing_when_they_come_again(library: Library) -> None:
    _ = bring(library, "one.csv", "Welding 1,Kovacs Works,2024-05-14,W-1")
    _ = bring(library, "two.csv", "Brazing,Iron School,2024-06-14,W-2")
    works, school = library.all(Issuer)
    _ = merge_issuers(library, works.id, [school.id])
    assert bring(library, "two.csv", "Brazing,Iron School,2024-06-14,W-2") == (0, 0, 1)
    assert library.all(Issuer) == [replace(works, aliases=("Iron School",))]


def test_the_history_tells_of_names_in_words(library: Library) -> None:
    (issuer,) = make(library, Issuer(name="Guild", aliases=("GLD",)))
    _ = save_issuer(library, replace(issuer, aliases=("GLD", "The House")))
    (told,) = describe_change(library, library.history()[0].id)
    (field,) = told.fields
    assert (field.field, field.before, field.after) == ("other names", "GLD", "GLD, The House")


def test_a_record_taken_back_from_before_a_merge_is_of_the_issuer_that_stayed(library: Library) -> None:
    record = award(library, "Two", "Gild")
    guild = make(library, Issuer(name="Guild"))[0]
    made = backup_now(library, even_unchanged=True).backup
    assert made is not None
    _ = merge_issuers(library, guild.id, [find_issuer(library, "Gild").id])
    _ = delete_credentials(library, [record.id])
    _ = take_back(library, made.name, {"credential": [record.id]})
    assert library.get(Credential, record.id).issuer_id == guild.id
    assert [one.name for one in library.all(Issuer)] == ["Guild"]
