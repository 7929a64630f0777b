from pytestqt.qtbot import QtBot

from learnpath.gui.widgets.name_list_edit import NameListEdit


def offered(field: NameListEdit) -> list[str]:
    model = field.completer().model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def test_names_that_begin_with_what_is_typed_come_first(qtbot: QtBot) -> None:
    field = NameListEdit("")
    qtbot.addWidget(field)
    field.offer(["Data work", "Metal and data", "DATA", "Yarn"])
    qtbot.keyClicks(field, "Sewing,  dat")
    assert offered(field) == ["Data work", "DATA", "Metal and data"]
    qtbot.keyClicks(field, "a w")
    assert offered(field) == ["Data work"]
    qtbot.keyClicks(field, ",")
    assert offered(field) == []


def test_few_of_many_names_are_offered_and_none_that_the_field_would_take_for_two(qtbot: QtBot) -> None:
    field = NameListEdit("")
    qtbot.addWidget(field)
    field.offer(["Yarn, wool", *(f"Yarn {number}" for number in range(14_000))])
    qtbot.keyClicks(field, "yarn")
    assert offered(field) == [f"Yarn {number}" for number in range(50)]
