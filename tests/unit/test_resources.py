import sys
from pathlib import Path

import pytest

from learnpath import resources
from learnpath.resources import resource_path


def _install(root: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Pretend that the package was installed in `root`; return its folder."""
    package = root / "src" / "learnpath"
    package.mkdir(parents=True)
    monkeypatch.setattr(resources, "__file__", str(package / "resources.py"))
    return package


def _put(folder: Path, name: str) -> Path:
    file = folder / name
    file.parent.mkdir(parents=True)
    file.write_text("x", encoding="utf-8")
    return file


def test_source_tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _install(tmp_path, monkeypatch)
    file = _put(tmp_path / "resources", "icons/plus.svg")
    assert resource_path("icons/plus.svg") == file
    assert resource_path("icons") == file.parent


def test_wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = _install(tmp_path, monkeypatch)
    inside = _put(package / "_resources", "icons/plus.svg")
    _put(tmp_path / "resources", "icons/plus.svg")
    assert resource_path("icons/plus.svg") == inside


def test_frozen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _install(tmp_path, monkeypatch)
    bundle = tmp_path / "bundle"
    inside = _put(bundle / "learnpath" / "_resources", "icons/plus.svg")
    _put(tmp_path / "resources", "icons/plus.svg")
    monkeypatch.setattr(sys, "_MEIPASS", str(bundle), raising=False)
    assert resource_path("icons/plus.svg") == inside


def test_a_name_that_does_not_exist_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _install(tmp_path, monkeypatch)
    with pytest.raises(FileNotFoundError, match=r"icons/none\.svg"):
        resource_path("icons/none.svg")
