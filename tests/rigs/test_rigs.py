"""A small run of every rig; the full runs are heavy. `python -m tests.rigs --full` prints them as a table."""

from pathlib import Path

import pytest
from tests.rigs.__main__ import main
from tests.rigs.catalogue import RIGS
from tests.rigs.result import Result, table


@pytest.mark.parametrize("name", RIGS)
def test_what_each_rig_promises_holds_in_a_small_run(name: str, tmp_path: Path) -> None:
    result = RIGS[name].run(RIGS[name].small, tmp_path)
    assert result.failures == []
    assert result.count > 0


@pytest.mark.heavy
@pytest.mark.timeout(4 * 3600)
@pytest.mark.parametrize("name", RIGS)
def test_what_each_rig_promises_holds_in_the_full_run(name: str, tmp_path: Path) -> None:
    result = RIGS[name].run(RIGS[name].full, tmp_path)
    assert result.failures == []
    assert result.count >= RIGS[name].full


def test_the_table_tells_counts_times_and_the_first_failures() -> None:
    result = Result("a rig", "nothing lost", count=1000, seconds=2.0, note="of many")
    result.expect(True, "held")
    result.expect(False, "broke")
    lines = table([result]).splitlines()
    assert lines[2] == "| a rig | 1,000 (of many) | 2.0 | 1 | nothing lost |"
    assert lines[3] == "a rig: broke"


def test_the_command_prints_the_table(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["power-migration"]) == 0
    assert "| power cut during migration | 60 " in capsys.readouterr().out


def test_the_command_knows_its_rigs(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        _ = main(["earthquake"])
    assert "there is no rig earthquake" in capsys.readouterr().err
