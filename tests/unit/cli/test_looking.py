"""The command look: what a backup holds that is not here, and taking single records back."""

from dataclasses import replace

import pytest
from tests.command_line import CommandLine
from tests.library_fixtures import add, day, planned

from learnpath.domain.records import Credential
from learnpath.services.backups import backup_now
from learnpath.services.libraries import open_library


@pytest.fixture
def ids(line: CommandLine) -> dict[str, int]:
    """Ids of three backed up credentials, of which one is gone and one is another since."""
    library = open_library(line.folder)
    gone, changed, same = (add(library, planned(title), "Guild") for title in ("Gone", "Changed", "Same"))
    assert backup_now(library).problem is None
    with library.change("Alter") as change:
        change.delete(Credential, [gone.id])
        change.update(replace(changed, target_on=day("2027-02")))
    library.close()
    return {"Gone": gone.id, "Changed": changed.id, "Same": same.id}


def test_what_differs_is_listed_in_words(line: CommandLine, ids: dict[str, int]) -> None:
    text = line.done("look")
    assert "target on: nothing then, Feb 2027 now" in text
    assert "missing" in text
    assert "Same" not in text
    assert str(ids["Gone"]) in text
    assert "Same" in line.done("look", "--all")


def test_the_list_is_json_too(line: CommandLine, ids: dict[str, int]) -> None:
    found = line.read("look")
    assert found["name"].endswith(".learnpath")
    assert [(one["id"], one["kind"], one["state"]) for one in found["records"]] == [
        (ids["Changed"], "credential", "differs"),
        (ids["Gone"], "credential", "missing"),
    ]
    assert found["records"][0]["changes"] == [{"field": "target on", "then": "", "now": "Feb 2027"}]


def test_records_are_taken_back_and_undone(line: CommandLine, ids: dict[str, int]) -> None:
    before = line.contents()
    text = line.done("look", "--take", ids["Gone"], "--take", ids["Changed"])
    assert text == "1 record came back, 1 record is again as before.\n"
    assert {one.title for one in line.contents().credentials} == set(ids)
    assert line.contents().credentials[1].target_on is None
    text = line.done("look")
    assert text.startswith("Everything in ")
    assert "Take 2 credentials back from a backup" in line.done("undo")
    assert line.contents() == before
    assert line.read("look", "--take", ids["Same"]) == {"added": 0, "changed": 0, "lost_files": []}


def test_what_is_not_there_is_said(line: CommandLine, ids: dict[str, int]) -> None:
    result = line.run("look", "--take", 7)
    assert result.exit_code == 2
    assert "has no record 7" in result.stderr
    result = line.run("look", "yesterday")
    assert result.exit_code == 2
    assert "no backup named" in result.stderr
