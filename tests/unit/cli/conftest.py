"""Fixtures of the command line's tests."""

from pathlib import Path

import pytest
from tests.command_line import CommandLine


@pytest.fixture
def line(tmp_path: Path) -> CommandLine:
    """Commands on a library that is made when first used."""
    return CommandLine(tmp_path / "library")
