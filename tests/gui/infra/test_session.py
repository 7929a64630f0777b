from pathlib import Path
from typing import TypeVar, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect

from learnpath.gui.infra.session import WindowState, clamp_to_screens, load_window_state, save_window_state
from learnpath.settings import SESSION, Json, Settings

Value = TypeVar("Value", bound="str | int | float | bool | list[Json] | dict[str, Json]")


class Store:
    def __init__(self, values: dict[str, Json] | None = None) -> None:
        self.values = values or {}

    def get(self, key: str, default: Value) -> Value:
        value = self.values.get(key)
        return cast("Value", value) if type(value) is type(default) else default

    def set(self, key: str, value: Json) -> None:
        self.values[key] = value


rectangles = st.builds(
    QRect,
    st.integers(-5000, 5000),
    st.integers(-5000, 5000),
    st.integers(1, 6000),
    st.integers(1, 4000),
)


@given(wanted=rectangles, screens=st.lists(rectangles, min_size=1, max_size=3))
def test_the_window_is_always_wholly_on_one_screen(wanted: QRect, screens: list[QRect]) -> None:
    result = clamp_to_screens(wanted, screens)
    assert any(screen.contains(result) for screen in screens)
    if any(screen.contains(wanted) for screen in screens):
        assert result.size() == wanted.size()


def test_a_window_that_fits_stays_where_it_was() -> None:
    screens = [QRect(0, 0, 1920, 1080), QRect(1920, 0, 1280, 1024)]
    assert clamp_to_screens(QRect(2000, 50, 900, 600), screens) == QRect(2000, 50, 900, 600)


def test_a_window_of_an_unplugged_monitor_comes_to_the_primary_screen() -> None:
    assert clamp_to_screens(QRect(4000, 50, 900, 600), [QRect(0, 0, 1920, 1080)]) == QRect(1020, 50, 900, 600)


def test_without_screens_nothing_is_changed() -> None:
    assert clamp_to_screens(QRect(1, 2, 3, 4), []) == QRect(1, 2, 3, 4)


states = st.builds(
    WindowState,
    geometry=st.none() | st.tuples(st.integers(), st.integers(), st.integers(1), st.integers(1)),
    maximized=st.booleans(),
    screen_id=st.text(),
    screens=st.dictionaries(st.text(), st.dictionaries(st.text(), st.integers() | st.text())),
)


@given(state=states)
def test_a_saved_state_comes_back_equal(state: WindowState) -> None:
    store = Store()
    save_window_state(store, state)
    assert load_window_state(store) == state


def test_the_state_survives_in_the_settings_file(tmp_path: Path) -> None:
    state = WindowState((1, 2, 900, 600), True, "paths", {"paths": {"row": 3, "filter": "Übung"}})
    save_window_state(Settings(tmp_path / "settings.json"), state)
    assert load_window_state(Settings(tmp_path / "settings.json")) == state
    assert load_window_state(Settings(tmp_path / "none.json")) == WindowState()


@pytest.mark.parametrize(
    "stored",
    [
        None,
        "text",
        {"geometry": [1, 2, 3]},
        {"geometry": [1, 2, "3", 4]},
        {"geometry": [1, 2, 0, 4]},
        {"geometry": "1,2,3,4", "maximized": "yes", "screen": 3, "screens": [1]},
    ],
)
def test_a_malformed_state_is_the_default(stored: Json) -> None:
    assert load_window_state(Store({SESSION: stored})) == WindowState()


def test_a_malformed_screen_keeps_the_others() -> None:
    stored: Json = {"screens": {"paths": "broken", "overview": {"row": 4}}}
    state = load_window_state(Store({SESSION: stored}))
    assert state.screens == {"paths": {}, "overview": {"row": 4}}
