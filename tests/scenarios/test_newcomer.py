"""A newcomer's first hour: a program list comes in, something is planned and earned, a portfolio goes out."""

import io
from datetime import date
from pathlib import Path

import pikepdf
import pytest
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QApplication
from tests.command_line import CommandLine
from tests.library_fixtures import day

from learnpath.domain.records import Path as LearningPath
from learnpath.domain.records import Program, Stage
from learnpath.services.credentials import mark_earned, set_target
from learnpath.services.libraries import open_library
from learnpath.services.paths import add_steps, save_path
from learnpath.services.programs import take_programs
from learnpath.services.study import log_study
from learnpath.storage.library import Library

# As a course office sends it: a line of its own above the table, a mark of UTF-8 in front, commas missing in one row
# and one too many in another, a cell of three lines, a row without a name.
_LIST = (
    "\ufeffSpring catalogue 2027, all prices net\n"
    "\n"
    "Course,Provider,Code,Effort (hours),Price,Currency,Description\n"
    "Cloud Basics,Brückner Academy,BA-1,30,490.00,EUR,Where to start\n"
    'Threat Modelling,Brückner Academy,BA-2,12,580.00,EUR,"Two days:\nfinding what can go wrong,\nand mending it"\n'
    "Network Basics,Harbour Lane Labs,HL-7,20\n"
    "Policy as Code,Harbour Lane Labs,HL-9,18,395.00,EUR,Rules that run,,\n"
    ",Harbour Lane Labs,HL-X,15,310.00,EUR,Nameless\n"
)


@pytest.fixture
def imported(tmp_path: Path) -> CommandLine:
    """A library into which the list has come."""
    line = CommandLine(tmp_path / "my library")
    file = tmp_path / "catalogue.csv"
    _ = file.write_bytes(_LIST.encode())
    result = line.run("import", file)
    assert result.exit_code == 1
    assert result.stdout.startswith(
        "catalogue.csv: 4 new, 0 updated, 0 same, 0 to decide, 1 broken.\n  line 10: no title\n  Mend cells with --fix "
    )
    return line


def _id(line: CommandLine, name: str) -> int:
    (found,) = line.read("programs", name)
    return int(found["id"])


def _program(library: Library, name: str) -> int:
    (found,) = library.where(Program, "name = ?", (name,))
    return found.id


def _text(pdf: Path, qapp: QApplication) -> str:
    document = QPdfDocument(qapp)
    assert document.load(str(pdf)) is QPdfDocument.Error.None_
    pages = [document.getAllText(page).text() for page in range(document.pageCount())]
    document.close()
    return " ".join(" ".join(pages).split())


def test_the_list_is_in_the_catalogue_as_it_was_written(imported: CommandLine) -> None:
    found = {one["name"]: one for one in imported.read("programs")}
    assert sorted(found) == ["Cloud Basics", "Network Basics", "Policy as Code", "Threat Modelling"]
    assert (found["Cloud Basics"]["estimated_minutes"], found["Cloud Basics"]["price"]) == (
        1800,
        {"amount": "490.00", "currency": "EUR"},
    )
    assert found["Network Basics"]["price"] is None
    assert found["Threat Modelling"]["issuer"] == "Brückner Academy"
    shown = imported.done("show", _id(imported, "threat"))
    assert "Two days:\n                      finding what can go wrong,\n" in shown


def test_from_the_list_to_the_portfolio(imported: CommandLine, tmp_path: Path, qapp: QApplication) -> None:
    library = open_library(imported.folder)
    done = take_programs(library, [_program(library, "Cloud Basics")], Stage.PLANNED).value
    ahead = take_programs(library, [_program(library, "Threat Modelling")], Stage.PLANNED).value
    _ = mark_earned(library, [done[0].id], day("2026-11-20"))
    _ = set_target(library, ahead[0].id, day("2026-12-04"))
    _ = log_study(library, 150, date(2026, 11, 19), credential_id=ahead[0].id)
    path = save_path(library, LearningPath(title="Safer clouds", goal_on=day("2027-03-31"))).value
    _ = add_steps(
        library, path.id, program_ids=[_program(library, name) for name in ("Cloud Basics", "Threat Modelling")]
    )
    library.close()

    assert [one["title"] for one in imported.read("list")] == ["Cloud Basics", "Threat Modelling"]
    assert [(one["title"], one["days"]) for one in imported.read("deadlines")] == [
        ("Finish BA-2", 13),
        ("Goal: Safer clouds", 130),
    ]
    progress = imported.read("progress")
    assert progress["credentials"] == {"active": 1, "planned": 1}
    assert progress["study"]["week_minutes"] == 150
    (way,) = progress["paths"]
    assert (way["steps_done"], way["steps"]) == (1, 2)
    # 30 hours are done whole and 2.5 of 12 are studied.
    assert way["percent"] == int(32.5 / 42 * 100)
    assert way["hours_left"] == 9.5

    pdf = tmp_path / "portfolio.pdf"
    _ = imported.done("export", "pdf", pdf)
    with pikepdf.open(io.BytesIO(pdf.read_bytes())) as opened:
        assert opened.Root.MarkInfo.Marked
    text = _text(pdf, qapp)
    assert "Cloud Basics" in text
    assert "Brückner Academy" in text
    assert "Policy as Code" not in text

    before = imported.contents()
    steps = len(imported.read("history"))
    for _ in range(steps):
        _ = imported.done("undo")
    assert imported.read("list") == imported.read("programs") == []
    for _ in range(steps):
        _ = imported.done("redo")
    assert imported.contents() == before
