import json
import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learnpath import settings as settings_module
from learnpath.settings import SESSION, TEXT_SCALE, THEME, Json, Settings, SettingsError

_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(st.characters(codec="utf-8")),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config" / "settings.json"


def test_a_missing_file_gives_defaults_and_is_not_made(file: Path) -> None:
    settings = Settings(file)
    assert settings.get(THEME, "system") == "system"
    assert settings.set_aside is None
    assert not file.exists()


def test_a_value_survives(file: Path) -> None:
    settings = Settings(file)
    settings.set(THEME, "dark")
    settings.set(SESSION, {"screen": "deadlines", "filter": ["earned"]})
    assert settings.get(THEME, "system") == "dark"
    again = Settings(file)
    assert again.get(THEME, "system") == "dark"
    assert again.get(SESSION, {}) == {"screen": "deadlines", "filter": ["earned"]}


@given(st.dictionaries(st.text(st.characters(codec="utf-8"), max_size=5), _JSON, max_size=4))
def test_any_values_survive(values: dict[str, Json]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "settings.json"
        settings = Settings(file)
        for key, value in values.items():
            settings.set(key, value)
        again = Settings(file)
        for key, value in values.items():
            if value is not None:
                assert again.get(key, value) == value


def test_names_of_a_newer_version_are_kept(file: Path) -> None:
    file.parent.mkdir()
    file.write_text('{"later": {"x": [1, null]}, "theme": "dark"}', encoding="utf-8")
    Settings(file).set(THEME, "light")
    assert json.loads(file.read_text(encoding="utf-8")) == {"later": {"x": [1, None]}, "theme": "light"}


@pytest.mark.parametrize(
    ("stored", "default", "expected"),
    [
        ("1", 1, 1),
        (True, 7, 7),
        (3, False, False),
        (2, 1.5, 2.0),
        (1.25, 1, 1),
        (None, "x", "x"),
        ([], {"a": 1}, {"a": 1}),
        ("dark", "system", "dark"),
    ],
)
def test_a_value_of_another_type_is_not_taken(file: Path, stored: Json, default: int, expected: int) -> None:
    file.parent.mkdir()
    file.write_text(json.dumps({"k": stored}), encoding="utf-8")
    value = Settings(file).get("k", default)
    assert (type(value), value) == (type(expected), expected)


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b'"text"', b"\xff\xfe\x00{", b"[" * 200_000])
def test_a_damaged_file_is_put_aside(file: Path, content: bytes) -> None:
    file.parent.mkdir()
    file.write_bytes(content)
    settings = Settings(file)
    assert settings.get(TEXT_SCALE, 1.0) == 1.0
    assert settings.set_aside == file.with_name("settings.json.damaged")
    assert settings.set_aside.read_bytes() == content
    settings.set(TEXT_SCALE, 1.25)
    assert Settings(file).get(TEXT_SCALE, 1.0) == 1.25


@pytest.mark.usefixtures("needs_file_modes")
def test_only_the_owner_can_read_it(file: Path) -> None:
    Settings(file).set(THEME, "dark")
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700
    file.chmod(0o644)
    Settings(file).set(THEME, "light")
    assert file.stat().st_mode & 0o777 == 0o600


def test_the_same_value_is_not_written_again(file: Path) -> None:
    settings = Settings(file)
    settings.set("k", 1)
    file.unlink()
    settings.set("k", 1)
    assert not file.exists()
    settings.set("k", True)
    assert json.loads(file.read_text(encoding="utf-8")) == {"k": True}


def test_a_failed_write_leaves_the_old_file_and_no_other(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings(file)
    settings.set(THEME, "dark")

    def fail(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(settings_module.os, "fsync", fail)
        with pytest.raises(SettingsError, match="No space left") as caught:
            settings.set(THEME, "light")
    assert str(file) in caught.value.hint
    assert settings.get(THEME, "") == "light"
    assert Settings(file).get(THEME, "") == "dark"
    assert list(file.parent.iterdir()) == [file]


def test_a_folder_in_its_place_is_said(file: Path) -> None:
    file.mkdir(parents=True)
    with pytest.raises(SettingsError, match="could not be read"):
        Settings(file)


def test_a_damaged_file_that_stays_is_said(file: Path) -> None:
    file.parent.mkdir()
    file.write_bytes(b"{")
    blocked = file.with_name("settings.json.damaged")
    (blocked / "x").mkdir(parents=True)
    with pytest.raises(SettingsError, match="could not be put aside"):
        Settings(file)
    assert file.read_bytes() == b"{"


@pytest.mark.usefixtures("needs_file_modes")
def test_a_link_stays_a_link(tmp_path: Path, file: Path) -> None:
    kept = tmp_path / "kept.json"
    kept.write_text("{}", encoding="utf-8")
    file.parent.mkdir()
    file.symlink_to(kept)
    Settings(file).set(THEME, "dark")
    assert file.is_symlink()
    assert json.loads(kept.read_text(encoding="utf-8")) == {"theme": "dark"}


def test_what_a_crashed_run_left_goes_with_the_next_value(file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    names = ("0123abcd.learnpath-part", "new_abcd.learnpath-part", "swp", "bak")
    old, new, *others = (file.with_name(f".{file.name}.{name}") for name in names)
    for left in (old, new, *others):
        _ = left.write_text("half")
    for left in (old, *others):
        os.utime(left, (0, 0))
    Settings(file).set("theme", "dark")
    assert not old.exists()
    assert all(left.exists() for left in (new, *others))
