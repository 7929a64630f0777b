"""Fixtures of the tests that need no window."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.library_fixtures import LibraryHouse, fixed_surroundings

from learnpath.storage.library import Library


@pytest.fixture
def house(tmp_path: Path) -> LibraryHouse:
    """A folder for a library, with fixed clock, ids and device."""
    return LibraryHouse(tmp_path / "library", fixed_surroundings())


@pytest.fixture
def library(house: LibraryHouse) -> Iterator[Library]:
    """An open, empty library."""
    opened = house.open()
    yield opened
    opened.close()
