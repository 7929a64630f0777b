"""The history in words, and going to any point of it."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.library_fixtures import LibraryHouse

from learnpath.domain.dates import PartialDate
from learnpath.domain.money import Money
from learnpath.domain.records import AchievementType, CostLine, Credential, Path, Profile, Program, StudySession
from learnpath.services.credentials import CredentialForm, delete_credentials, mark_earned, save_credential
from learnpath.services.field_wording import field_word
from learnpath.services.history import FieldChange, describe_change, go_to, list_history, record_title
from learnpath.services.paths import add_steps, save_path
from learnpath.services.profile import save_profile
from learnpath.services.programs import ProgramForm, delete_programs, save_program
from learnpath.services.study import log_study, save_cost
from learnpath.storage.library import Library


def add(library: Library, title: str) -> Credential:
    form = CredentialForm(credential=Credential(title=title), issuer_name="CompTIA", skill_names=("Networks",))
    return save_credential(library, form).value


def test_every_kind_of_change_is_told_in_words(library: Library) -> None:
    one = add(library, "Security+")
    _ = mark_earned(library, [one.id], PartialDate("2024-05"))
    _ = save_cost(library, CostLine(credential_id=one.id, price=Money(16500, "EUR")))
    _ = log_study(library, 90, date(2026, 11, 20), credential_id=one.id)
    program = save_program(library, ProgramForm(program=Program(name="CySA+"))).value
    path = save_path(library, Path(title="Security")).value
    _ = add_steps(library, path.id, program_ids=[program.id])
    _ = save_profile(library, Profile(name="Mira", week_goal_minutes=360))
    form = CredentialForm(credential=library.get(Credential, one.id), skill_names=())
    _ = save_credential(library, form)
    _ = delete_credentials(library, [one.id])
    told = {
        entry.label: [(change.action, change.kind_word, change.title) for change in describe_change(library, entry.id)]
        for entry in list_history(library)
    }
    assert set(told["Add Security+"]) == {
        ("added", "issuer", "CompTIA"),
        ("added", "skill", "Networks"),
        ("added", "credential", "Security+"),
    }
    assert told["Mark Security+ as earned"] == [("changed", "credential", "")]
    assert told["Add 165 EUR for Security+"][0][1] == "cost"
    assert ("added", "step", "") in told["Add 1 step to Security"]
    assert told["Edit profile"][0][:2] == ("added", "profile")
    assert ("removed", "credential", "Security+") in told["Delete Security+"]
    (edited,) = describe_change(library, 9)
    assert FieldChange("skill", "Networks", "") in edited.fields


def test_a_skill_taken_away_is_told_and_those_that_move_up_are_not(library: Library) -> None:
    skills = ("Networks", "Cloud", "Audit")
    one = save_credential(library, CredentialForm(credential=Credential(title="A"), skill_names=skills)).value
    form = CredentialForm(credential=library.get(Credential, one.id), skill_names=skills[1:])
    _ = save_credential(library, form)
    (told,) = describe_change(library, 2)
    assert told.fields == (FieldChange("skill", "Networks", ""),)


def test_a_changed_field_shows_before_and_after(library: Library) -> None:
    one = add(library, "Security+")
    _ = mark_earned(library, [one.id], PartialDate("2024-05"))
    (change,) = describe_change(library, 2)
    assert change.title == "Security+"
    assert FieldChange("stage", "planned", "earned") in change.fields
    assert FieldChange("earned", "", "May 2024") in change.fields


def test_prices_terms_and_kinds_are_in_words_as_they_were_then(library: Library) -> None:
    form = ProgramForm(program=Program(name="A", price=Money(4900, "EUR"), valid_for="P3Y"))
    one = save_program(library, form).value

    def edit(**values: object) -> int:
        program = replace(library.get(Program, one.id), **values)  # pyright: ignore[reportArgumentType]
        _ = save_program(library, ProgramForm(program=program))
        return library.history(1)[0].id

    dearer = edit(price=Money(5900, "EUR"), valid_for="P2Y")
    other_money = edit(price=Money(5900, "USD"), achievement_type=AchievementType.MICRO_CREDENTIAL)
    free = edit(price=None)
    told = {
        dearer: [FieldChange("valid for", "3 years", "2 years"), FieldChange("price", "49 EUR", "59 EUR")],
        other_money: [FieldChange("kind", "achievement", "micro credential"), FieldChange("price", "59 EUR", "59 USD")],
        free: [FieldChange("price", "59 USD", "")],
    }

    def expect() -> None:
        for change_id, fields in told.items():
            (change,) = describe_change(library, change_id)
            assert list(change.fields) == fields

    expect()
    # Wherever in the history we are, and also when the record has gone.
    for point in (free, other_money, dearer, dearer - 1):
        _ = go_to(library, point)
        expect()
    _ = go_to(library, free)
    _ = delete_programs(library, [one.id])
    expect()
    # What is undone before a newer change is dropped, and its record may be gone for good.
    _ = go_to(library, 0)
    _ = save_path(library, Path(title="Instead"))
    expect()


def test_a_switch_is_told_as_yes_or_no(library: Library) -> None:
    path = save_path(library, Path(title="Way")).value
    _ = save_path(library, replace(path, is_active=False))
    (change,) = describe_change(library, 2)
    assert change.fields == (FieldChange("active", "yes", "no"),)


def test_an_unknown_change_says_nothing(library: Library) -> None:
    assert describe_change(library, 99) == []


def test_the_history_of_one_record(library: Library) -> None:
    one, other = add(library, "A"), add(library, "B")
    _ = mark_earned(library, [one.id], PartialDate("2024"))
    assert [entry.label for entry in list_history(library, record_id=one.id)] == ["Mark A as earned", "Add A"]
    assert [entry.label for entry in list_history(library, record_id=other.id)] == ["Add B"]


def test_what_belongs_to_a_record_is_in_its_history(library: Library) -> None:
    one, other = add(library, "A"), add(library, "B")
    cost = save_cost(library, CostLine(credential_id=one.id, price=Money(16500, "EUR"))).value
    _ = save_cost(library, replace(cost, price=Money(18000, "EUR")))
    _ = log_study(library, 90, date(2026, 11, 20), credential_id=one.id)
    gone = log_study(library, 30, date(2026, 11, 20), credential_id=one.id).value
    with library.change("Remove a session") as change:
        change.delete(StudySession, [gone.id])
    path = save_path(library, Path(title="Way")).value
    _ = add_steps(library, path.id, credential_ids=[one.id])
    assert [entry.label for entry in list_history(library, record_id=one.id)] == [
        "Remove a session",
        "Log 30 min for A",
        "Log 1 h 30 for A",
        "Edit 180 EUR for A",
        "Add 165 EUR for A",
        "Add A",
    ]
    assert [entry.label for entry in list_history(library, record_id=other.id)] == ["Add B"]
    assert [entry.label for entry in list_history(library, record_id=path.id)] == ["Add 1 step to Way", "Add path Way"]


def test_a_record_is_named_by_its_title(library: Library) -> None:
    program = save_program(library, ProgramForm(program=Program(name="CySA+"))).value
    path = save_path(library, Path(title="Way")).value
    found = [record_title(library, one) for one in (add(library, "A").id, program.id, path.id, 12345)]
    assert found == ["A", "CySA+", "Way", ""]


def test_going_nowhere_is_no_change(library: Library) -> None:
    _ = add(library, "A")
    assert go_to(library, 1) is None


def test_a_dropped_change_is_never_repeated(library: Library) -> None:
    _ = add(library, "A")
    _ = add(library, "B")
    _ = library.undo()
    _ = add(library, "C")
    assert go_to(library, 2) is not None
    assert [one.title for one in library.all(Credential)] == ["A"]


@settings(max_examples=15, deadline=None)
@given(st.lists(st.integers(0, 6), min_size=1, max_size=8))
def test_any_point_can_be_reached_from_any_other(tmp_path_factory: pytest.TempPathFactory, points: list[int]) -> None:
    from tests.library_fixtures import fixed_surroundings

    library = LibraryHouse(tmp_path_factory.mktemp("points") / "library", fixed_surroundings()).open()
    states = [library.contents()]
    for number in range(6):
        _ = add(library, f"Credential {number}")
        states.append(library.contents())
    for point in points:
        _ = go_to(library, point)
        assert library.contents() == states[point]
    library.close()


def test_old_changes_are_forgotten_and_newer_ones_can_still_be_undone(
    house: LibraryHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("learnpath.storage.history.KEPT_CHANGES", 2)
    library = house.open()
    for title in "ABCD":
        _ = add(library, title)
    assert library.thin_history(days=400) == 0
    assert library.thin_history(days=-1) == 2
    assert [len(describe_change(library, entry.id)) > 0 for entry in list_history(library)] == [
        True,
        True,
        False,
        False,
    ]
    assert library.undo() is not None
    assert library.undo() is not None
    assert library.undo_label() is None
    assert library.undo() is None
    assert [one.title for one in library.all(Credential)] == ["A", "B"]
    assert library.redo() is not None
    assert library.problems() == []
    library.close()


def test_amounts_have_their_currency_and_empty_lists_say_nothing(library: Library) -> None:
    form = CredentialForm(credential=Credential(title="Harbours"), issuer_name="Port School")
    one = save_credential(library, form).value
    _ = save_cost(library, CostLine(credential_id=one.id, price=Money(5000, "JPY")))
    (cost,) = describe_change(library, 2)
    assert FieldChange("price", "", "5,000 JPY") in cost.fields
    issuer = next(change for change in describe_change(library, 1) if change.kind == "issuer")
    assert issuer.fields == ()


@pytest.mark.parametrize(("kind", "word"), [("credential", "id of the badge"), ("program", "catalogue number")])
def test_an_id_of_the_outside_has_a_word(kind: str, word: str) -> None:
    assert field_word("external_id", kind) == word
