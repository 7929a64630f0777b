"""Dates at the ends of the calendar, clocks that are wrong, zones and leap days change no data and break no screen."""

from datetime import UTC, datetime, timedelta
from itertools import product
from pathlib import Path

import pytest
from tests.command_line import CommandLine, run_process
from tests.library_fixtures import TODAY, day, earned

from learnpath.domain.contents import LibraryContents
from learnpath.domain.ids import IdMaker
from learnpath.domain.records import Credential, Stage, StudySession
from learnpath.domain.records import Path as LearningPath
from learnpath.services.sample import add_sample
from learnpath.storage.library import Library, Surroundings

_DATES = ("0001", "0001-01-01", "1970-01-01", "2024-02-29", "2026-11-21", "9999-12", "9999-12-31")
_TODAYS = ("1900-01-01", "1969-12-31", "2024-02-29", "2026-12-31", "2999-12-31")
# East of the date line, half an hour off, with summer time, and far west.
_ZONES = ("Pacific/Kiritimati", "America/St_Johns", "Europe/Budapest", "Pacific/Pago_Pago", "UTC")
_SCREENS = 9


def _at(now: datetime) -> Surroundings:
    maker = IdMaker(lambda: int(now.timestamp() * 1000), lambda _: 0)
    return Surroundings(lambda: now, maker.next_id, "test")


def _odd_credentials() -> list[Credential]:
    ends = ("0001-01-01", "2028-02-29", "9999-12-31")
    found = [
        earned(f"From {start} to {end}", start, end, renewal_opens_days=90, grace_days=30)
        for start, end in product(_DATES, ends)
        if start <= end
    ]
    found += [earned(f"From {start}", start, valid_for="P1Y1M") for start in _DATES]
    found += [Credential(title=f"Wanted {one}", stage=Stage.PLANNED, target_on=day(one)) for one in _DATES]
    booked = [one for one in _DATES if len(one) == 10]
    return found + [
        Credential(title=f"Exam {one}", stage=Stage.BOOKED, exam_on=day(one), exam_time="23:59", exam_zone=zone)
        for one, zone in zip(booked, _ZONES, strict=True)
    ]


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> CommandLine:
    """A library with the sample and records at the ends of the calendar."""
    folder = tmp_path_factory.mktemp("odd") / "library"
    library = Library.open(folder, _at(datetime(2026, 11, 21, tzinfo=UTC)))
    add_sample(library, TODAY)
    with library.change("Odd") as change:
        stored = change.insert_many(_odd_credentials())
        days = [day(one) for one in _DATES if len(one) == 10]
        change.insert_many([StudySession(credential_id=stored[0].id, studied_on=one, minutes=90) for one in days])
        change.insert_many([LearningPath(title=f"Goal {one}", goal_on=day(one)) for one in _DATES])
    library.close()
    return CommandLine(folder)


@pytest.fixture(scope="module")
def before(odd: CommandLine) -> LibraryContents:
    """What the library holds before anybody looks."""
    return odd.contents()


@pytest.mark.parametrize(("today", "zone"), list(zip(_TODAYS[::2], _ZONES, strict=False)))
def test_every_screen_is_drawn(
    odd: CommandLine, before: LibraryContents, today: str, zone: str, tmp_path: Path
) -> None:
    shots = tmp_path / "shots"
    result = run_process(odd.folder, "screenshots", shots, today=today, TZ=zone, QT_QPA_PLATFORM="offscreen")
    assert (result.returncode, result.stderr) == (0, b"")
    assert len(list(shots.glob("*.png"))) == _SCREENS
    assert odd.contents() == before


@pytest.mark.parametrize("today", _TODAYS)
def test_every_command_reads_it(odd: CommandLine, before: LibraryContents, today: str, tmp_path: Path) -> None:
    for command in ("list", "programs", "deadlines", "progress", "history"):
        _ = odd.read(command, today=today)
        _ = odd.done(command, today=today)
    for kind in ("pdf", "csv", "json"):
        assert odd.run("export", kind, tmp_path / f"out.{kind}", today=today).exit_code == 0
    copy = CommandLine(tmp_path / "copy")
    _ = copy.done("import", tmp_path / "out.json", today=today)
    assert copy.contents().credentials == before.credentials
    assert odd.contents() == before


def test_a_clock_that_jumps_loses_nothing(tmp_path: Path) -> None:
    start = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
    jumps = (0, 3650, -3650, 1, -1, 300_000, -20_000)
    titles: list[str] = []
    for number, jump in enumerate(jumps):
        library = Library.open(tmp_path / "library", _at(start + timedelta(days=jump, seconds=number)))
        with library.change(f"Add {number}") as change:
            titles.append(change.insert(Credential(title=f"At {jump} days {number}")).title)
        assert {one.title for one in library.all(Credential)} == set(titles)
        assert [one.label for one in library.history()] == [f"Add {one}" for one in range(number, -1, -1)]
        library.close()
    library = Library.open(tmp_path / "library", _at(start))
    for _ in jumps:
        assert library.undo() is not None
    assert library.contents() == LibraryContents()
    library.close()
