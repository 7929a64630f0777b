from pathlib import Path

from learnpath.gui.screens.importing.remembered import forget, load_choices, recall, remember
from learnpath.services.importing import ReadingOptions
from learnpath.settings import Settings

COLUMNS = ("Name", "By", "When")
CHOICES = ReadingOptions(kind="credentials", mapping={"title": 0, "issuer_name": 1}, date_order="dmy", currency="EUR")


def test_choices_come_back_for_the_same_header_only(tmp_path: Path) -> None:
    remember(Settings(tmp_path / "settings.json"), COLUMNS, CHOICES)
    choices = load_choices(Settings(tmp_path / "settings.json"))
    assert recall(choices, COLUMNS) == CHOICES
    assert recall(choices, ("Name", "By")) is None


def test_forgotten_choices_are_gone(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "settings.json")
    remember(settings, COLUMNS, CHOICES)
    forget(settings, COLUMNS)
    forget(settings, COLUMNS)
    assert load_choices(settings) == {}


def test_what_is_malformed_is_left_out(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "settings.json")
    remember(settings, COLUMNS, CHOICES)
    [key] = load_choices(settings)
    settings.set(
        "import_choices",
        {key: {"kind": "poems", "mapping": {"title": 7, "x": "y"}, "date_order": 3, "currency": "EURO"}, "odd": 3},
    )
    choices = load_choices(settings)
    assert choices == {key: ReadingOptions(mapping={"title": 7})}
    assert recall(choices, COLUMNS) is None


def test_no_more_than_a_hundred_headers_are_kept(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "settings.json")
    for number in range(103):
        remember(settings, (f"Column {number}", "By"), CHOICES)
    assert len(load_choices(settings)) == 100
    assert recall(load_choices(settings), ("Column 102", "By")) == CHOICES
