"""A person brings everything they have: LinkedIn's export, the badges of a platform, and a table of their own."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests.command_line import CommandLine

from learnpath.domain.contents import LibraryContents
from learnpath.interchange.plan import RowKind
from learnpath.services.importing import Preview, ReadingOptions, apply_previews, preview_file
from learnpath.services.libraries import open_library

_TITLE = "AWS Certified Solutions Architect – Associate"
_URL = "https://cp.certmetrics.example/amazon/7F3K9"
_BADGES = "https://badges.example/awards"
_BADGE_URL = f"{_BADGES}/0"
_OTHERS = ("Git Basics", "Docker Deep Dive", "Agile Foundations", "Python Essentials", "Secure Coding")


def _linkedin() -> bytes:
    """Return 14 certifications as LinkedIn exports them, with a byte order mark."""
    rows = ["Name,Url,Authority,Started On,Finished On,License Number"]
    rows.append(f"{_TITLE} (SAA-C03),{_URL},Amazon Web Services (AWS),May 2024,May 2027,7F3K9")
    rows += [f"{title},,Guild,Mar 2023,," for title in _OTHERS]
    rows += [f"Course {number},,Academy,Jan 2022,,L-{number}" for number in range(8)]
    return ("\r\n".join(rows) + "\r\n").encode("utf-8-sig")


def _badge(number: int, title: str, issuer: str, issued: str, **more: str) -> dict[str, object]:
    return {
        "@context": "https://w3id.org/openbadges/v2",
        "type": "Assertion",
        "id": f"{_BADGES}/{number}",
        "recipient": {"type": "email", "identity": "me@example.com", "hashed": False},
        "verification": {"type": "hosted"},
        "issuedOn": f"{issued}T00:00:00Z",
        **more,
        "badge": {
            "type": "BadgeClass",
            "id": f"{_BADGES}/classes/{number}",
            "name": title,
            "issuer": {"type": "Profile", "id": f"{_BADGES}/issuers/{number}", "name": issuer},
        },
    }


def _badges() -> bytes:
    """Return 11 badges of a platform with exact days; the architect's issuer goes by another name there."""
    found = [
        _badge(
            0, _TITLE, "Amazon Web Services Training and Certification", "2024-05-14", expires="2027-05-14T00:00:00Z"
        )
    ]
    found += [_badge(at, title, "Guild", f"2023-03-1{at}") for at, title in enumerate(_OTHERS, 1)]
    found += [_badge(at, f"Badge {at}", "Platform", f"2021-02-{at:02}") for at in range(6, 11)]
    return json.dumps(found).encode()


def _table() -> bytes:
    """Return a table of one's own: 19 rows, days as text, one of them without a title."""
    rows = ["Title;Issuer;Earned on;Notes"]
    rows.append(f"{_TITLE};AWS;14.05.2024;passed at home")
    rows += [f"Workshop {number};Town college;{number + 12}.06.2020;" for number in range(1, 18)]
    rows.append("n/a;Town college;01.07.2020;")
    return ("\n".join(rows) + "\n").encode()


@pytest.fixture
def line(tmp_path: Path) -> CommandLine:
    return CommandLine(tmp_path / "library")


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    found = [tmp_path / "Certifications.csv", tmp_path / "badges.json", tmp_path / "certs.csv"]
    for file, data in zip(found, (_linkedin(), _badges(), _table()), strict=True):
        _ = file.write_bytes(data)
    return found


def _import(line: CommandLine, *arguments: object) -> dict[str, Any]:
    result = line.run("import", *arguments, "--json")
    # One row is broken: the rest comes in, and the command says so.
    assert result.exit_code == 1
    return json.loads(result.stdout)


def _counts(file: dict[str, Any]) -> tuple[int, int, int, int, int]:
    return file["new"], file["updated"], file["same"], file["undecided"], file["broken"]


def test_three_files_become_one_library(line: CommandLine, files: list[Path]) -> None:
    dry = _import(line, *files, "--dry-run")
    # The same five titles and the architect are in two files, the architect in all three.
    assert [_counts(one) for one in dry["files"]] == [(14, 0, 0, 0, 0), (5, 6, 0, 0, 0), (17, 1, 0, 0, 1)]
    [broken] = dry["files"][2]["problems"]
    assert broken["where"] == "line 20"
    assert "no title" in broken["message"]
    assert line.contents() == LibraryContents()

    done = _import(line, *files)
    assert done["totals"] == dry["totals"]
    after = line.contents()
    assert len(after.credentials) == 36
    assert _import(line, *files)["totals"] | {"same": 0} == dict.fromkeys(dry["totals"], 0) | {"broken": 1}
    assert line.contents() == after
    assert line.read("check")["ok"] is True

    _ = line.done("undo")
    assert line.contents() == LibraryContents()
    _ = line.done("redo")
    assert line.contents() == after


def test_the_architect_is_one_record_with_the_best_of_each(line: CommandLine, files: list[Path]) -> None:
    _ = _import(line, *files)
    [found] = [one for one in line.read("list") if one["title"].startswith("AWS")]
    shown = line.read("show", found["id"])
    assert shown["title"] == f"{_TITLE} (SAA-C03)"
    assert (shown["awarded_on"], shown["valid_until"]) == ("2024-05-14", "2027-05-14")
    assert shown["license_number"] == "7F3K9"
    assert shown["issuer"] == "Amazon Web Services"
    assert _BADGE_URL in (shown["verification_url"], shown["external_id"])
    assert _URL in (shown["verification_url"], *shown["notes"].split())
    assert "passed at home" in shown["notes"]
    files_of = {name: source["file"] for name, source in shown["sources"].items()}
    assert files_of["license_number"] == files_of["title"] == "Certifications.csv"
    assert files_of["awarded_on"] == files_of["valid_until"] == "badges.json"
    [issuer] = [one for one in line.contents().issuers if one.name == "Amazon Web Services"]
    assert issuer.aliases == ("Amazon Web Services (AWS)",)
    assert "Sources:" in line.done("show", found["id"])


def test_a_month_never_replaces_a_day_whichever_file_comes_first(line: CommandLine, files: list[Path]) -> None:
    _ = _import(line, *reversed(files))
    assert len(line.contents().credentials) == 36
    [one] = [one for one in line.contents().credentials if one.title.startswith("AWS")]
    assert str(one.awarded_on) == "2024-05-14"
    assert str(one.valid_until) == "2027-05-14"
    assert one.license_number == "7F3K9"
    assert _BADGE_URL in (one.verification_url, one.external_id)
    assert _URL in (one.verification_url, *one.notes.split())


def test_the_row_without_a_title_is_mended_in_the_preview(line: CommandLine, files: list[Path]) -> None:
    library = open_library(line.folder)
    previews: list[Preview] = []
    for file in files:
        options = ReadingOptions(corrections={(20, 0): "Knots and ropes"}) if file.name == "certs.csv" else None
        previews.append(preview_file(library, file.name, file.read_bytes(), options, after=previews))
    assert [preview.counts[RowKind.BROKEN] for preview in previews] == [0, 0, 0]
    _ = apply_previews(library, previews)
    library.close()

    assert len(line.contents().credentials) == 37
    [found] = [one for one in line.read("list") if one["title"] == "Knots and ropes"]
    shown = line.read("show", found["id"])
    assert (shown["issuer"], shown["awarded_on"]) == ("Town college", "2020-07-01")
    # What was typed is nobody's but the person's; the rest of the row is the file's.
    assert "title" not in shown["sources"]
    assert shown["sources"]["awarded_on"]["file"] == "certs.csv"

    before = line.contents()
    totals = _import(line, *files)["totals"]
    assert (totals["new"], totals["updated"], totals["undecided"], totals["broken"]) == (0, 0, 0, 1)
    assert line.contents() == before
    _ = line.done("undo")
    assert line.contents() == LibraryContents()
