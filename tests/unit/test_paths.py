from pathlib import Path

import pytest

from learnpath.paths import HOME_VARIABLE, find_paths, paths_below


def test_a_profile_folder_holds_everything(tmp_path: Path) -> None:
    paths = find_paths({HOME_VARIABLE: str(tmp_path)})
    assert paths == paths_below(tmp_path)
    assert (paths.library, paths.settings_file) == (tmp_path / "library", tmp_path / "settings.json")
    assert (paths.cache, paths.logs) == (tmp_path / "cache", tmp_path / "logs")
    assert not paths.library.exists()


def test_without_one_the_usual_places_of_the_system_hold() -> None:
    for environ in ({}, {HOME_VARIABLE: ""}):
        paths = find_paths(environ)
        for path in (paths.library, paths.settings_file, paths.cache, paths.logs):
            assert path.is_absolute()
            assert "learnpath" in path.parts
        assert paths.library.name == "library"
        assert len({paths.library, paths.settings_file, paths.cache, paths.logs}) == 4


def test_a_relative_profile_folder_does_not_move_with_the_working_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    paths = find_paths({HOME_VARIABLE: "profile"})
    assert paths.library == Path.cwd() / "profile" / "library"
