import gc
import threading

from learnpath.gui.infra.collector import GuiThreadCollector


def test_cycles_are_freed_in_the_gui_thread_only(qapp: object) -> None:
    freed_in: list[int] = []

    class Cycle:
        def __init__(self) -> None:
            self.me = self

        def __del__(self) -> None:
            freed_in.append(threading.get_ident())

    collector = GuiThreadCollector()
    collector.start()
    try:
        Cycle()
        worker = threading.Thread(target=lambda: [[index] for index in range(100_000)])
        worker.start()
        worker.join()
        assert freed_in == []
        kept = [[index] for index in range(100_000)]
        collector.collect()
        assert len(kept) == 100_000
        assert freed_in == [threading.get_ident()]
    finally:
        collector.stop()
    assert gc.isenabled()


def test_little_garbage_is_left_for_later(qapp: object) -> None:
    collector = GuiThreadCollector()
    collector.start()
    try:
        gc.collect()
        before = gc.get_stats()
        collector.collect()
        assert gc.get_stats() == before
    finally:
        collector.stop()


def test_a_flood_of_new_objects_is_passed_over() -> None:
    collector = GuiThreadCollector()
    collector.start()
    try:
        kept = [[index] for index in range(200_000)]
        frozen = gc.get_freeze_count()
        collector.collect()
        assert gc.get_freeze_count() >= frozen + len(kept)
        assert gc.get_count()[0] < 1000
    finally:
        collector.stop()
