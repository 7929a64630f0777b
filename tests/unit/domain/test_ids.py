import threading

import pytest

from learnpath.domain.ids import IdMaker


def test_an_id_holds_the_moment_and_fits_into_63_bits() -> None:
    moment = 1_763_717_400_000
    maker = IdMaker(lambda: moment, lambda below: below - 1)
    made = maker.next_id()
    assert made >> 21 == moment
    assert made & ((1 << 21) - 1) == (1 << 20) - 1
    assert IdMaker(lambda: (1 << 42) - 1, lambda below: below - 1).next_id() < 1 << 63


@pytest.mark.parametrize("moment", [-62_135_596_800_000, -1, 0, 1, (1 << 42) - 1, 1 << 42, 253_402_300_799_000])
def test_a_clock_that_is_wrong_by_centuries_gives_ids_all_the_same(moment: int) -> None:
    maker = IdMaker(lambda: moment, lambda below: below - 1)
    assert all(1 << 21 <= maker.next_id() < 1 << 63 for _ in range(100))


def test_ids_grow_within_a_millisecond_over_time_and_when_the_clock_is_set_back() -> None:
    clock = iter([5, 5, 6, 1, 1, 7])
    lots = iter([90, 3, 0, 1_000, 0, 0])
    maker = IdMaker(lambda: next(clock), lambda _: next(lots))
    made = [maker.next_id() for _ in range(6)]
    assert made == sorted(set(made))
    assert made[1] == made[0] + 1
    assert made[2] == 6 << 21
    assert made[3:5] == [made[2] + 1, made[2] + 2]
    assert made[5] == 7 << 21


def test_threads_never_get_the_same_id() -> None:
    maker = IdMaker(lambda: 1, lambda _: 0)
    made: list[list[int]] = [[] for _ in range(4)]

    def take(ids: list[int]) -> None:
        ids.extend(maker.next_id() for _ in range(2000))

    threads = [threading.Thread(target=take, args=(ids,)) for ids in made]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert len({one for ids in made for one in ids}) == 8000
    assert all(ids == sorted(ids) for ids in made)
