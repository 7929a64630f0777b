from pathlib import Path

from learnpath.gui.screens.importing.remembered import Remembered, forget, load_choices, recall, remember
from learnpath.services.importing import ReadingOptions
from learnpath.settings import Settings

COLUMNS = ("Name", "By", "When")
CHOICES = ReadingOptions(kind="credentials", mapping={"title": 0, "issuer_name": 1}, date_order="dmy", currency="EUR")


def test_choices_come_back_for_the_same_header_only(tmp_path: Path) -> None:
    remember(Settings(tmp_path / "settings.json"), COLUMNS, CHOICES)
    choices = load_choices(Settings(tmp_path / "settings.json"))
    assert recall(choices, COLUMNS) == Remembered(CHOICES)
    assert recall(choices, ("Name", "By")) is None


def test_date_orders_of_single_columns_come_back(tmp_path: Path) -> None:
    options = ReadingOptions(date_orders={2: "mdy", 5: "dmy"})
    remember(Settings(tmp_path / "settings.json"), COLUMNS, options)
    settings = Settings(tmp_path / "settings.json")
    assert recall(load_choices(settings), COLUMNS) == Remembered(options)
    [key] = load_choices(settings)
    # One order for the whole file is what earlier versions kept.
    settings.set("import_choices", {key: {"date_order": "dmy"}})
    assert recall(load_choices(settings), COLUMNS) == Remembered(ReadingOptions(date_order="dmy"))
    settings.set("import_choices", {key: {"date_orders": {"x": "dmy", "1": "ymd", "2": "mdy"}}})
    assert recall(load_choices(settings), COLUMNS) == Remembered(ReadingOptions(date_orders={2: "mdy"}))


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
    assert choices == {key: Remembered(ReadingOptions(mapping={"title": 7}))}
    assert recall(choices, COLUMNS) is None


def test_no_more_than_a_hundred_headers_are_kept(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "settings.json")
    for number in range(103):
        remember(settings, (f"Column {number}", "By"), CHOICES)
    assert len(load_choices(settings)) == 100
    assert recall(load_choices(settings), ("Column 102", "By")) == Remembered(CHOICES)


def test_a_header_row_and_a_sheet_come_back_with_the_columns_they_gave(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "settings.json")
    options = ReadingOptions(header_row=3, sheet="Old", mapping={"title": 9})
    remember(settings, COLUMNS, options, read=("Title", "Issuer"))
    found = recall(load_choices(Settings(tmp_path / "settings.json")), COLUMNS)
    assert found is not None
    # The columns of another row or sheet may be more than those of the shape.
    assert found.options == options
    assert found.fits(("Title", "Issuer"))
    assert not found.fits(("Title", "Provider"))
