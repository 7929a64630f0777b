import hashlib
import json
from datetime import date
from pathlib import Path

import pytest
from tests.command_line import CommandLine
from tests.library_fixtures import LibraryHouse, add, day, earned, fixed_surroundings, planned

from learnpath.domain.money import Money
from learnpath.domain.records import CostKind, CostLine, CostState, Program
from learnpath.domain.records import Path as LearningPath
from learnpath.services.evidence import attach_files
from learnpath.services.paths import add_steps, save_path
from learnpath.services.programs import ProgramForm, save_program
from learnpath.services.study import log_study, save_cost
from learnpath.storage.migrations import SCHEMA_VERSION


@pytest.fixture
def ids(line: CommandLine, tmp_path: Path) -> dict[str, int]:
    """Fill the library with a little of everything; return the ids of what matters."""
    library = LibraryHouse(line.folder, fixed_surroundings()).open()
    form = ProgramForm(
        program=Program(name="Cloud Basics", human_code="CB-1", estimated_minutes=90, price=Money(9950, "USD")),
        issuer_name="Guild",
        skill_names=("IAM",),
    )
    program = save_program(library, form).value
    award = earned(
        "Cloud Basics",
        "2025-03",
        "2026-12-01",
        program_id=program.id,
        license_number="L-1",
        verification_url="https://guild.example/l-1",
        notes="First line\nsecond line",
    )
    one = add(library, award, "Guild", ("IAM", "Net"))
    two = add(library, planned("Wörk", target_on=day("2026-11-23")), "Sky")
    proof = tmp_path / "proof.pdf"
    _ = proof.write_bytes(b"%PDF-proof")
    _ = attach_files(library, one.id, [proof])
    cost = CostLine(
        credential_id=one.id,
        kind=CostKind.EXAM,
        price=Money(9900, "EUR"),
        state=CostState.PAID,
        incurred_on=day("2026-02-01"),
    )
    _ = save_cost(library, cost)
    _ = log_study(library, on=date(2026, 11, 20), minutes=75, credential_id=one.id)
    path = save_path(library, LearningPath(title="To the cloud", goal_on=day("2027-03-31"))).value
    _ = add_steps(library, path.id, program_ids=[program.id])
    library.close()
    return {"program": program.id, "earned": one.id, "planned": two.id, "path": path.id}


def test_list_answers_in_the_shape_that_scripts_use(line: CommandLine, ids: dict[str, int]) -> None:
    assert line.read("list") == [
        {
            "id": str(ids["earned"]),
            "title": "Cloud Basics",
            "issuer": "Guild",
            "kind": "Achievement",
            "stage": "earned",
            "status": "expiring",
            "awarded_on": "2025-03",
            "valid_until": "2026-12-01",
            "license_number": "L-1",
            "verification_url": "https://guild.example/l-1",
            "skills": ["IAM", "Net"],
        },
        {
            "id": str(ids["planned"]),
            "title": "Wörk",
            "issuer": "Sky",
            "kind": "Achievement",
            "stage": "planned",
            "status": "planned",
            "awarded_on": None,
            "valid_until": None,
            "license_number": "",
            "verification_url": "",
            "skills": [],
        },
    ]


@pytest.mark.parametrize(
    ("query", "titles"),
    [("clo", ["Cloud Basics"]), ("guild", ["Cloud Basics"]), ("work", ["Wörk"]), ("nothing like it", []), ("", 2)],
)
def test_list_finds_by_words(line: CommandLine, ids: dict[str, int], query: str, titles: list[str] | int) -> None:
    found = [one["title"] for one in line.read("list", query)]
    assert found == titles if isinstance(titles, list) else len(found) == titles


def test_list_prints_one_line_a_credential_when_it_is_piped(line: CommandLine, ids: dict[str, int]) -> None:
    lines = line.done("list").splitlines()
    assert lines[0].split() == ["Id", "Title", "Issuer", "Status", "Earned", "Valid", "until"]
    assert len(lines) == 4
    row = next(text for text in lines if "Cloud Basics" in text)
    assert row.split() == [
        str(ids["earned"]),
        "Cloud",
        "Basics",
        "Guild",
        "expiring",
        "Mar",
        "2025",
        "1",
        "Dec",
        "2026",
    ]


def test_status_follows_the_day_that_is_taken_for_today(line: CommandLine, ids: dict[str, int]) -> None:
    assert [line.read("list", "cloud", today=today)[0]["status"] for today in ("2025-04-01", "2027-01-01")] == [
        "active",
        "expired",
    ]


def test_programs_answers_in_json_and_text(line: CommandLine, ids: dict[str, int]) -> None:
    assert line.read("programs", "cloud") == [
        {
            "id": str(ids["program"]),
            "name": "Cloud Basics",
            "issuer": "Guild",
            "human_code": "CB-1",
            "kind": "Achievement",
            "level": "",
            "estimated_minutes": 90,
            "price": {"amount": "99.50", "currency": "USD"},
            "valid_for": "",
            "lifecycle_status": "active",
            "credential_id": str(ids["earned"]),
            "status": "expiring",
        }
    ]
    assert "1 h 30   99.50 USD   expiring" in line.done("programs")
    assert line.read("programs", "zzz") == []


def test_show_prints_a_credential_with_all_that_belongs_to_it(line: CommandLine, ids: dict[str, int]) -> None:
    found = line.read("show", ids["earned"])
    assert found["kind"] == "credential"
    assert (found["id"], found["awarded_on"], found["status"]) == (str(ids["earned"]), "2025-03", "expiring")
    assert (found["issuer"], found["skills"], found["proof"]) == ("Guild", ["IAM", "Net"], ["proof.pdf"])
    assert (found["costs"], found["study_minutes"]) == (["99 EUR exam"], 75)
    assert found["paths"] == ["To the cloud, step 1 of 1"]
    text = line.done("show", ids["earned"])
    assert "Notes:                First line\n                      second line\n" in text
    assert "Studied:              1 h 15\n" in text
    assert "Skills:               IAM, Net\n" in text
    assert "None" not in text


def test_show_prints_a_program_and_a_path(line: CommandLine, ids: dict[str, int]) -> None:
    found = line.read("show", ids["program"])
    assert (found["kind"], found["name"], found["skills"]) == ("program", "Cloud Basics", ["IAM"])
    assert "Price:                99.50 USD\n" in line.done("show", ids["program"])
    assert "Effort:               1 h 30\n" in line.done("show", ids["program"])
    found = line.read("show", ids["path"])
    assert (found["kind"], found["title"], found["percent"]) == ("path", "To the cloud", 100)
    assert found["steps"] == ["Cloud Basics: renew"]
    assert "Active:               yes\n" in line.done("show", ids["path"])
    assert "Percent:              100 %\n" in line.done("show", ids["path"])


def test_what_is_zero_or_off_is_shown_where_it_says_something(line: CommandLine) -> None:
    library = LibraryHouse(line.folder, fixed_surroundings()).open()
    path = save_path(library, LearningPath(title="Way", is_active=False)).value
    one = add(library, planned("A"))
    library.close()
    assert line.done("show", path.id).splitlines()[2:] == [
        "Title:                Way",
        "Active:               no",
        "Percent:              0 %",
    ]
    assert "Grace" not in line.done("show", one.id)


@pytest.mark.parametrize("wanted", ["1", "99999999999999999999999999", "x"])
def test_an_unknown_id_is_wrong_use(line: CommandLine, ids: dict[str, int], wanted: str) -> None:
    result = line.run("show", wanted)
    assert (result.exit_code, result.stdout) == (2, "")
    assert wanted in result.stderr
    result = line.run("show", wanted, "--json")
    assert (result.exit_code, result.stdout) == (2, "")
    assert sorted(json.loads(result.stderr)) == ["error", "hint"]


def test_progress_answers_in_the_shape_that_scripts_use(line: CommandLine, ids: dict[str, int]) -> None:
    assert line.read("progress") == {
        "credentials": {"expiring": 1, "planned": 1},
        "paths": [
            {
                "id": str(ids["path"]),
                "title": "To the cloud",
                "steps_done": 1,
                "steps": 1,
                "percent": 100,
                "hours_left": 0.0,
                "forecast": "2026-11-21",
                "verdict": "done",
            }
        ],
        "study": {"week_minutes": 75, "goal_minutes": 300},
        "spend": [{"currency": "EUR", "amount": "99.00"}],
    }


def test_progress_prints_sentences_and_the_paths(line: CommandLine, ids: dict[str, int]) -> None:
    lines = line.done("progress").splitlines()
    assert lines[:4] == [
        "2 credentials, 1 valid, 1 with proof.",
        "By status: 1 expiring, 1 planned.",
        "Studied this week: 1 h 15 of 5 h.",
        "Spent in 2026: 99 EUR.",
    ]
    assert lines[-1].split()[:4] == [str(ids["path"]), "To", "the", "cloud"]


def test_deadlines_answers_in_the_shape_that_scripts_use(line: CommandLine, ids: dict[str, int]) -> None:
    found = line.read("deadlines")
    assert [(one["date"], one["days"], one["kind"], one["credential_id"]) for one in found] == [
        ("2026-11-23", 2, "target", str(ids["planned"])),
        ("2026-12-01", 10, "expiry", str(ids["earned"])),
        ("2027-03-31", 130, "path_goal", None),
    ]
    assert all(one["urgency"] in {"act", "soon", "later"} for one in found)
    assert all(sorted(one) == sorted(_DEADLINE) for one in found)
    assert [one["days"] for one in line.read("deadlines", "--within", 5)] == [2]
    assert "23 Nov 2026   in 2 days" in line.done("deadlines")


_DEADLINE = ("date", "days", "kind", "title", "credential_id", "urgency", "explanation")


def test_check_counts_the_records_and_finds_no_problem(line: CommandLine, ids: dict[str, int]) -> None:
    found = line.read("check")
    assert (found["ok"], found["problems"], found["schema"]) == (True, [], SCHEMA_VERSION)
    assert (found["records"]["credential"], found["records"]["program"]) == (2, 1)
    assert line.done("check").splitlines()[-1] == "No problem found."


def test_check_finds_a_missing_and_an_altered_proof(line: CommandLine, ids: dict[str, int]) -> None:
    (proof,) = (line.folder / "files").iterdir()
    _ = proof.write_bytes(b"%PDF-other")
    result = line.run("check", "--json")
    altered = f"The file {proof.name} is not the one that was kept."
    assert (result.exit_code, json.loads(result.stdout)["problems"]) == (1, [altered])
    proof.unlink()
    result = line.run("check")
    assert (result.exit_code, result.stdout.splitlines()[-1]) == (1, f"The file {proof.name} is missing.")


def test_a_library_without_the_file_is_exported_all_the_same(
    line: CommandLine, ids: dict[str, int], tmp_path: Path
) -> None:
    (proof,) = (line.folder / "files").iterdir()
    proof.unlink()
    out = tmp_path / "all.json"
    result = line.run("export", "json", out)
    assert (result.exit_code, result.stdout) == (0, f"Wrote {out}.\n")
    assert result.stderr == f"The file {proof.name} is missing in the library, and so in the export.\n"
    other = CommandLine(tmp_path / "other")
    _ = other.done("import", out)
    assert other.contents() == line.contents()
    assert other.run("check").exit_code == 1
    _ = proof.write_bytes(b"%PDF-other")
    assert "is not the one that was kept" in line.run("export", "json", out).stderr
    assert hashlib.sha256(b"%PDF-other").hexdigest() not in out.read_text()


def test_history_lists_changes_newest_first(line: CommandLine, ids: dict[str, int]) -> None:
    found = line.read("history")
    assert (found[0]["label"], found[0]["at"], found[0]["undone"]) == (
        "Add 1 step to To the cloud",
        "2026-11-21T09:30:00Z",
        False,
    )
    assert [one["id"] for one in found] == sorted((one["id"] for one in found), reverse=True)
    assert len(line.read("history", "--limit", 2)) == 2
    assert "2026-11-21 09:30 UTC" in line.done("history")


@pytest.mark.parametrize(
    ("command", "sentence", "answer"),
    [
        (("list",), "There are no credentials yet. Import a file to begin.", []),
        (("list", "x"), "No credential matches.", []),
        (("programs",), "The catalogue is empty. Import a program list to fill it.", []),
        (("programs", "x"), "No program matches.", []),
        (("deadlines",), "Nothing comes up.", []),
        (("deadlines", "--within", "1"), "Nothing comes up within 1 day.", []),
        (("history",), "Nothing has been changed yet.", []),
    ],
)
def test_an_empty_library_is_told_in_a_sentence(
    line: CommandLine, command: tuple[str, ...], sentence: str, answer: list[object]
) -> None:
    assert line.done(*command) == f"{sentence}\n"
    assert line.read(*command) == answer


def test_progress_of_an_empty_library(line: CommandLine) -> None:
    assert line.done("progress").splitlines()[-1] == "There are no paths yet."
    assert line.read("progress") == {
        "credentials": {},
        "paths": [],
        "study": {"week_minutes": 0, "goal_minutes": 300},
        "spend": [],
    }
