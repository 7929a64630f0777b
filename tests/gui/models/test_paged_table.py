"""The paged table: lazy rows, pages dropped when there are many, sorting by request only."""

from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from learnpath.gui.models.paged_table import CHIP_ROLE, ID_ROLE, PAGE_ROWS, Column, PagedTableModel


@dataclass(frozen=True)
class Fruit:
    id: int
    name: str
    weight: int


COLUMNS: tuple[Column[Fruit], ...] = (
    Column(key="name", title="Name", text=lambda fruit: fruit.name, sort="name", chip=lambda fruit: "ok"),
    Column(key="weight", title="Weight", text=lambda fruit: f"{fruit.weight} g", is_number=True),
)


class Shop:
    """Answers the model's questions and counts them."""

    def __init__(self, model: PagedTableModel[Fruit]) -> None:
        self.asked: list[list[int]] = []
        self._model = model
        model.rows_needed.connect(self.answer)

    def answer(self, ids: list[int]) -> None:
        self.asked.append(ids)
        self._model.fill([Fruit(one, f"Fruit {one}", one % 7) for one in ids if one >= 0])


@pytest.fixture
def model(qtbot: QtBot) -> PagedTableModel[Fruit]:
    return PagedTableModel(COLUMNS, lambda fruit: f"{fruit.name}, {fruit.weight} grams")


def test_rows_are_asked_for_once_and_then_shown(
    model: PagedTableModel[Fruit], qtbot: QtBot, qtmodeltester: ModelTester
) -> None:
    shop = Shop(model)
    model.set_ids(range(1000, 101_000))
    assert model.rowCount() == 100_000
    first = model.index(0, 0)
    assert first.data() is None
    with qtbot.waitSignal(model.dataChanged):
        pass
    assert first.data() == "Fruit 1000"
    assert first.data(ID_ROLE) == 1000
    assert first.data(CHIP_ROLE) == "ok"
    assert first.data(Qt.ItemDataRole.AccessibleTextRole) == "Fruit 1000, 6 grams"
    assert model.index(0, 1).data() == "6 g"
    assert shop.asked == [list(range(1000, 1000 + PAGE_ROWS))]
    model.set_ids(range(300))
    qtmodeltester.check(model)


def test_only_pages_near_the_eye_are_kept(model: PagedTableModel[Fruit], qtbot: QtBot) -> None:
    shop = Shop(model)
    model.set_ids(range(100 * PAGE_ROWS))
    for page in range(100):
        with qtbot.waitSignal(model.dataChanged):
            _ = model.index(page * PAGE_ROWS, 0).data()
    assert len(shop.asked) == 100
    assert model.index(99 * PAGE_ROWS, 0).data() is not None
    assert model.index(0, 0).data() is None


def test_a_record_that_is_gone_leaves_an_empty_row(model: PagedTableModel[Fruit], qtbot: QtBot) -> None:
    shop = Shop(model)
    model.set_ids([1, -5, 3])
    with qtbot.waitSignal(model.dataChanged):
        _ = model.index(0, 0).data()
    assert shop.asked == [[1, -5, 3]]
    assert [model.index(row, 0).data() for row in range(3)] == ["Fruit 1", None, "Fruit 3"]
    assert model.place_of(3) == 2
    assert model.place_of(4) is None


def test_reload_asks_again_for_what_is_shown(model: PagedTableModel[Fruit], qtbot: QtBot) -> None:
    shop = Shop(model)
    model.set_ids([1, 2])
    with qtbot.waitSignal(model.dataChanged):
        _ = model.index(0, 0).data()
    with qtbot.waitSignal(model.dataChanged):
        model.reload()
    assert shop.asked == [[1, 2], [1, 2]]


def test_sorting_is_a_request(model: PagedTableModel[Fruit], qtbot: QtBot) -> None:
    with qtbot.waitSignal(model.sort_requested) as sent:
        model.sort(0, Qt.SortOrder.DescendingOrder)
    assert sent.args == ["name", True]
    with qtbot.assertNotEmitted(model.sort_requested):
        model.sort(1, Qt.SortOrder.AscendingOrder)
