import pytest

from learnpath.resources import resource_path


def test_finds_what_is_shipped() -> None:
    assert resource_path("themes/light.toml").read_text(encoding="utf-8").startswith("#")


def test_says_what_is_missing() -> None:
    with pytest.raises(FileNotFoundError, match=r"themes/none\.toml"):
        resource_path("themes/none.toml")
