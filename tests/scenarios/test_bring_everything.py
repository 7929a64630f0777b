"""A person brings everything they have: LinkedIn's export, the badges of a platform, and a table of their own."""

import json
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from tests.command_line import CommandLine
from tests.unit.interchange.workbooks import workbook

from learnpath.domain.contents import LibraryContents
from learnpath.interchange.plan import RowKind
from learnpath.services.importing import (
    Preview,
    ReadingOptions,
    apply_previews,
    planned_report,
    preview_file,
)
from learnpath.services.libraries import open_library
from learnpath.storage.library import Library

_TITLE = "AWS Certified Solutions Architect – Associate"
_URL = "https://cp.certmetrics.example/amazon/7F3K9"
_KEY = "00000000-0000-4000-8000-0000000000"
_BADGE_URL = f"https://www.credly.com/badges/{_KEY}00"
_OTHERS = ("Git Basics", "Docker Deep Dive", "Agile Foundations", "Python Essentials", "Secure Coding")


def _linkedin() -> bytes:
    """Return 14 certifications as LinkedIn exports them, with a byte order mark."""
    rows = ["Name,Url,Authority,Started On,Finished On,License Number"]
    rows.append(f"{_TITLE} (SAA-C03),{_URL},Amazon Web Services (AWS),May 2024,May 2027,7F3K9")
    rows += [f"{title},,Guild,Mar 2023,," for title in _OTHERS]
    rows += [f"Course {number},,Academy,Jan 2022,,L-{number}" for number in range(8)]
    return ("\r\n".join(rows) + "\r\n").encode("utf-8-sig")


def _badge(number: int, title: str, issuer: str, issued: str, expires: str | None = None) -> dict[str, object]:
    return {
        "id": f"{_KEY}{number:02}",
        "issued_at_date": issued,
        "expires_at_date": expires,
        "state": "accepted",
        "public": True,
        "issuer": {"summary": f"issued by {issuer}", "entities": [{"primary": True, "entity": {"name": issuer}}]},
        "badge_template": {"name": title, "description": f"About {title}", "skills": [{"name": "Cloud"}]},
    }


def _badges() -> bytes:
    """Return 11 badges of Credly with exact days; the architect's issuer goes by another name there."""
    found = [_badge(0, _TITLE, "Amazon Web Services Training and Certification", "2024-05-14", "2027-05-14")]
    found += [_badge(at, title, "Guild", f"2023-03-1{at}") for at, title in enumerate(_OTHERS, 1)]
    found += [_badge(at, f"Badge {at}", "Platform", f"2021-02-{at:02}") for at in range(6, 11)]
    return json.dumps({"data": found, "metadata": {"count": len(found)}}).encode()


def _table() -> bytes:
    """Return a workbook of one's own: 19 rows, days as text, one of them “n/a”."""
    rows: list[list[object]] = [["Title", "Issuer", "Earned on"]]
    days = [f"14.{month:02}.2024" for month in range(1, 13)] + [f"{day}.06.2020" for day in range(13, 19)]
    rows.extend([f"Workshop {number}", "Town college", day] for number, day in enumerate(days, start=1))
    rows.append(["Knots and ropes", "Town college", "n/a"])
    return workbook({"Mine": rows})


@pytest.fixture
def line(tmp_path: Path) -> CommandLine:
    return CommandLine(tmp_path / "library")


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    found = [tmp_path / "Certifications.csv", tmp_path / "badges.json", tmp_path / "certs.xlsx"]
    for file, data in zip(found, (_linkedin(), _badges(), _table()), strict=True):
        _ = file.write_bytes(data)
    return found


@contextmanager
def _opened(line: CommandLine) -> Generator[Library]:
    library = open_library(line.folder)
    try:
        yield library
    finally:
        library.close()


def _previews(library: Library, files: list[Path]) -> list[Preview]:
    """Return the files as the import screen previews them: each after those before it."""
    previews: list[Preview] = []
    for file in files:
        previews.append(preview_file(library, file.name, file.read_bytes(), after=previews))
    return previews


def _import(line: CommandLine, files: list[Path], options: ReadingOptions | None = None) -> None:
    """Import the files with every proposal accepted; `options` are of the workbook."""
    with _opened(line) as library:
        previews: list[Preview] = []
        for file in files:
            chosen = options if file.suffix == ".xlsx" else None
            previews.append(preview_file(library, file.name, file.read_bytes(), chosen, after=previews))
        assert [planned_report(one).undecided for one in previews] == [0, 0, 0]
        _ = apply_previews(library, previews)


def _told(preview: Preview) -> tuple[int, int, int, int, int]:
    one = planned_report(preview)
    return one.new, one.updated, one.same, one.undecided, one.broken


def _architect(line: CommandLine) -> Any:
    [found] = [one for one in line.read("list") if one["title"].startswith("AWS")]
    return line.read("show", found["id"])


def test_a_dry_run_says_what_would_become_of_each_row(line: CommandLine, files: list[Path]) -> None:
    dry = json.loads(line.run("import", *files, "--dry-run", "--json").stdout)["files"]
    assert [one["format"] for one in dry] == ["linkedin_certifications", "credly_badges", "spreadsheet"]
    kinds = ("new", "updated", "same", "undecided", "broken")
    assert [sum(one[kind] for kind in kinds) for one in dry] == [14, 11, 19]
    # The architect and five other badges are in both files.
    assert [[one[kind] for kind in kinds] for one in dry[:2]] == [[14, 0, 0, 0, 0], [5, 6, 0, 0, 0]]
    assert line.contents() == LibraryContents()


def test_the_architect_is_proposed_as_one_record_with_the_reason(line: CommandLine, files: list[Path]) -> None:
    with _opened(line) as library:
        _, badges, _ = _previews(library, files)
    assert badges.plan is not None
    architect = badges.plan.rows[0]
    assert (architect.kind, architect.action) == (RowKind.UPDATE, "update")
    changed = {name: (str(old), str(new)) for name, old, new in architect.changes}
    assert changed["awarded_on"] == ("2024-05", "2024-05-14")
    assert changed["valid_until"] == ("2027-05", "2027-05-14")
    assert line.contents() == LibraryContents()
    assert f"“{_TITLE} (SAA-C03)”, 100% alike" in architect.reason


def test_the_accepted_architect_has_the_best_of_each(line: CommandLine, files: list[Path]) -> None:
    _import(line, files)
    shown = _architect(line)
    assert (shown["awarded_on"], shown["valid_until"]) == ("2024-05-14", "2027-05-14")
    assert shown["license_number"] == "7F3K9"
    assert shown["external_id"] == _BADGE_URL
    links = (shown["verification_url"], *shown["notes"].split())
    assert _URL in links
    assert _BADGE_URL in links
    assert shown["skills"] == ["Cloud"]
    files_of = {name: source["file"] for name, source in shown["sources"].items()}
    assert files_of["license_number"] == "Certifications.csv"
    assert files_of["awarded_on"] == files_of["valid_until"] == files_of["external_id"] == "badges.json"
    assert set(files_of) >= {"title", "issuer_name", "verification_url", "notes", "skill_names"}
    assert "Sources:" in line.done("show", shown["id"])
    assert shown["issuer"] == "Amazon Web Services"


def test_one_undo_takes_all_back_and_the_same_files_change_nothing(line: CommandLine, files: list[Path]) -> None:
    _import(line, files)
    after = line.contents()
    with _opened(line) as library:
        again = _previews(library, files)
        assert [_told(one)[:2] for one in again] == [(0, 0)] * 3
        assert [_told(one)[3] for one in again] == [0, 0, 0]
        assert apply_previews(library, again).change is None
    assert line.contents() == after
    assert line.read("check")["ok"] is True

    _ = line.done("undo")
    assert line.contents() == LibraryContents()
    _ = line.done("redo")
    assert line.contents() == after


def test_a_month_never_replaces_a_day_whichever_file_comes_first(line: CommandLine, files: list[Path]) -> None:
    _import(line, [*reversed(files)])
    shown = _architect(line)
    assert (shown["awarded_on"], shown["valid_until"]) == ("2024-05-14", "2027-05-14")
    assert (shown["license_number"], shown["external_id"]) == ("7F3K9", _BADGE_URL)
    links = (shown["verification_url"], *shown["notes"].split())
    assert _URL in links
    assert _BADGE_URL in links


def test_the_row_without_a_day_is_broken_and_mended_in_the_preview(line: CommandLine, files: list[Path]) -> None:
    with _opened(line) as library:
        table = _previews(library, files)[-1]
    assert _told(table) == (18, 0, 0, 0, 1)
    [broken] = [row for row in table.parsed.rows if row.draft is None]
    [fault] = broken.faults
    assert (fault.field, fault.column) == ("awarded_on", 2)
    assert "n/a" in fault.reason

    _import(line, files, ReadingOptions(corrections={(broken.line, 2): "01.07.2020"}))
    [found] = [one for one in line.read("list") if one["title"] == "Knots and ropes"]
    shown = line.read("show", found["id"])
    assert (shown["issuer"], shown["awarded_on"]) == ("Town college", "2020-07-01")
    # What was typed is nobody's but the person's; the rest of the row is the file's.
    assert "awarded_on" not in shown["sources"]
    assert shown["sources"]["title"]["file"] == "certs.xlsx"
