from tests.library_fixtures import add, day, earned

from learnpath.domain.records import AchievementType, Credential, Issuer, LifecycleStatus, Program, Skill, Stage, Tag
from learnpath.interchange.checkpoints import go_on
from learnpath.services.draft_reading import existing_records, issuer_aliases
from learnpath.services.importing import apply_previews, decide_rows, preview_file
from learnpath.services.programs import ProgramForm, save_program
from learnpath.storage.library import Library


def _import(library: Library, text: str) -> tuple[int, int]:
    result = apply_previews(library, [preview_file(library, "list.csv", text.encode())]).value[0]
    return result.new, result.updated


def test_a_credential_leads_to_its_program_and_takes_its_term(library: Library) -> None:
    form = ProgramForm(program=Program(name="Cloud Basics", valid_for="P3Y"), issuer_name="Guild")
    program = save_program(library, form).value
    _ = save_program(library, ProgramForm(program=Program(name="Cloud Basics"), issuer_name="Sky"))
    table = "Title,Issuer,Issue date,Credential ID\nCloud Basics,Guild,2025-01-02,A\nOther,Guild,2025-01-02,B\n"
    assert _import(library, table) == (2, 0)
    one, two = library.all(Credential)
    assert (one.program_id, one.valid_for, one.valid_until) == (program.id, "P3Y", day("2028-01-02"))
    assert (two.program_id, two.valid_for, two.valid_until) == (None, "", None)
    assert (one.stage, one.grace_days, one.achievement_type) == (Stage.EARNED, 0, AchievementType.ACHIEVEMENT)


def test_changed_rows_change_names_and_links(library: Library) -> None:
    head = "Title,Issuer,Credential ID,Issue date,Skills,Tags\n"
    assert _import(library, f"{head}Cloud,Guild,A-1,2025-01-02,IAM,work\n") == (1, 0)
    assert _import(library, f"{head}Cloud,Guild,A-1,2025-01-02,IAM; Network,work; home\n") == (0, 1)
    (one,) = library.all(Credential)
    assert [skill.name for skill in library.all(Skill, one.skill_ids)] == ["IAM", "Network"]
    assert sorted(tag.name for tag in library.all(Tag, one.tag_ids)) == ["home", "work"]
    _ = library.undo()
    (one,) = library.all(Credential)
    assert [skill.name for skill in library.all(Skill, one.skill_ids)] == ["IAM"]


def test_programs_come_with_their_defaults_and_are_updated(library: Library) -> None:
    head = "Program,Provider,Code,Duration,Level\n"
    assert _import(library, f"{head}Cloud Course,Guild,CC-1,10 hours,Beginner\n") == (1, 0)
    (one,) = library.all(Program)
    assert (one.estimated_minutes, one.lifecycle_status) == (600, LifecycleStatus.ACTIVE)
    assert _import(library, f"{head}Cloud Course,Guild,CC-1,12 hours,Beginner\n") == (0, 1)
    (one,) = library.all(Program)
    assert one.estimated_minutes == 720


def test_existing_records_are_told_by_their_names(library: Library) -> None:
    one = add(library, earned("Cloud", license_number="A-1"), "Guild", ("IAM",))
    (found,) = existing_records(library, "credentials", go_on)
    assert found.id == one.id
    assert (found.values["issuer_name"], found.values["skill_names"], found.values["program_name"]) == (
        "Guild",
        ("IAM",),
        "",
    )
    assert list(existing_records(library, "programs", go_on)) == []


def test_an_issuer_is_known_by_its_other_names(library: Library) -> None:
    with library.change("Add") as change:
        _ = change.insert(Issuer(name="Amazon Web Services", aliases=("AWS", "Amazon AWS")))
    known = issuer_aliases(library)
    assert known["aws"] == known["amazon aws"] == "amazon web services"
    assert _import(library, "Title,Issuer,Issue date\nCloud,AWS,2025-01-02\n") == (1, 0)
    assert [issuer.name for issuer in library.all(Issuer)] == ["Amazon Web Services"]


def test_files_that_say_the_same_come_in_once(library: Library) -> None:
    head = "Title,Issuer,Issue date,Credential ID\n"
    tables = [f"{head}Cloud,Guild,2025-01-02,A\n", f"{head}Cloud,Guild,2025-01-02,A\nData,Guild,2025-01-02,B\n"]
    previews = [preview_file(library, f"{at}.csv", text.encode()) for at, text in enumerate(tables)]
    results = apply_previews(library, previews).value
    assert [(one.new, one.updated, one.same) for one in results] == [(1, 0, 0), (1, 0, 1)]
    assert [one.title for one in library.all(Credential)] == ["Cloud", "Data"]
    assert [issuer.name for issuer in library.all(Issuer)] == ["Guild"]
    assert len(library.history()) == 1


def test_a_decision_holds_when_the_file_is_planned_again(library: Library) -> None:
    head = "Title,Issuer,Issue date,Credential ID\n"
    first = preview_file(library, "1.csv", f"{head}Cloud,Guild,2025-01-02,A\n".encode())
    rows = "Cloud,Guild,2025-01-02,A\nData,Guild,2025-01-02,B\nMore,Guild,2025-01-02,C\n"
    second = decide_rows(preview_file(library, "2.csv", f"{head}{rows}".encode()), {0: "new", 1: "skip"})
    results = apply_previews(library, [first, second]).value
    assert [(one.new, one.same) for one in results] == [(1, 0), (1, 1)]
    assert [one.title for one in library.all(Credential)] == ["Cloud", "More"]
