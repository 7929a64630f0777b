"""A disk that fails after the change is in the file: the person is never told that what is there is not there."""

from collections.abc import Iterator
from dataclasses import replace

import apsw
import pytest
from tests.library_fixtures import LibraryHouse
from tests.rigs.disk import Call, Disk, layer

from learnpath.domain.records import Tag
from learnpath.storage.errors import LibraryAccessError, UnconfirmedChangeError
from learnpath.storage.library import Library


@pytest.fixture
def disk() -> Iterator[Disk]:
    with layer() as made:
        yield made


@pytest.fixture
def library(house: LibraryHouse, disk: Disk) -> Iterator[Library]:
    opened = Library.open(house.folder, replace(house.around, vfs=disk.name))
    yield opened
    disk.watcher = None
    opened.close()


class _Refusal:
    """Refuses calls from the moment at which the journal has been emptied: the change is in the file then."""

    def __init__(self, times: int) -> None:
        self._is_emptied = False
        self._left = times

    def __call__(self, call: Call) -> None:
        if self._is_emptied and self._left:
            self._left -= 1
            raise apsw.IOError("refused")
        self._is_emptied = self._is_emptied or (call.kind == "truncate" and call.file.endswith("-journal"))


def _add(library: Library, name: str) -> None:
    with library.change(f"Add {name}") as change:
        _ = change.insert(Tag(name=name))
    assert change.change_set is not None


def test_a_change_that_is_confirmed_at_the_second_try_is_made(library: Library, disk: Disk) -> None:
    disk.watcher = _Refusal(1)
    _add(library, "kept")
    assert [one.name for one in library.all(Tag)] == ["kept"]
    assert library.problems() == []


def test_an_undo_that_is_confirmed_at_the_second_try_is_made(library: Library, disk: Disk) -> None:
    _add(library, "gone")
    disk.watcher = _Refusal(1)
    assert library.undo() is not None
    assert library.all(Tag) == []


def test_a_change_that_the_disk_never_confirms_is_said_to_be_uncertain(library: Library, disk: Disk) -> None:
    disk.watcher = _Refusal(1000)
    with pytest.raises(UnconfirmedChangeError) as caught:
        _add(library, "perhaps")
    assert str(library.folder) in caught.value.message
    assert "look before you repeat it" in caught.value.hint
    disk.watcher = None
    _add(library, "after")
    assert library.problems() == []


def test_a_change_that_is_refused_before_it_is_in_the_file_is_not_made(library: Library, disk: Disk) -> None:
    def refuse(call: Call) -> None:
        if call.kind == "sync":
            disk.watcher = None
            raise apsw.IOError("refused")

    disk.watcher = refuse
    with pytest.raises(LibraryAccessError) as caught:
        _add(library, "never")
    assert "was not made" in caught.value.hint
    assert library.all(Tag) == []
