import importlib.util
import os
import re
import sys
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

_ROOT = Path(__file__).resolve().parents[3]
_PROJECT = tomllib.loads((_ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


@pytest.fixture
def develop(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script as a module; it leaves the working folder and the import path as they were."""
    spec = importlib.util.spec_from_file_location("develop", _ROOT / "packaging" / "develop.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(sys, "path", list(sys.path))
    monkeypatch.chdir(Path.cwd())
    return module


@pytest.fixture
def steps(develop: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What a set-up into a folder of this test would have done, in order."""
    done: list[str] = []
    venv = tmp_path / "venv"

    def make_venv() -> None:
        done.append("venv")
        venv.mkdir(exist_ok=True)

    monkeypatch.setattr(develop, "VENV", venv)
    monkeypatch.setattr(develop, "_make_venv", make_venv)
    monkeypatch.setattr(develop, "_pip", lambda *arguments: done.append(Path(arguments[-1]).name))
    return done


def _locked(name: str) -> dict[str, str]:
    """Return package -> version of a lock file."""
    text = (_ROOT / "packaging" / "lock" / name).read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9.-]+)==([^ ;\\]+)", text, re.MULTILINE))


def _names(requirements: list[str]) -> set[str]:
    return {re.split(r"[^A-Za-z0-9-]", requirement)[0].lower() for requirement in requirements}


def test_the_locks_have_what_the_project_needs_and_agree() -> None:
    plain, full = _locked("requirements.txt"), _locked("requirements-dev.txt")
    assert _names(_PROJECT["dependencies"]) | {"hatchling", "editables"} <= plain.keys()
    assert _names(_PROJECT["optional-dependencies"]["dev"]) <= full.keys()
    assert plain.items() <= full.items()
    assert "learnpath" not in full


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_locked_package_has_hashes_and_no_address(name: str) -> None:
    text = (_ROOT / "packaging" / "lock" / name).read_text(encoding="utf-8")
    blocks = re.split(r"^(?=[a-z])", text, flags=re.MULTILINE)[1:]
    assert len(blocks) == len(_locked(name))
    assert all("--hash=sha256:" in block for block in blocks)
    assert "://" not in text


def test_a_second_set_up_does_nothing(develop: ModuleType, steps: list[str]) -> None:
    develop.set_up(develop=False)
    assert steps == ["venv", "requirements.txt", _ROOT.name]
    develop.set_up(develop=False)
    assert len(steps) == 3


def test_the_tools_are_added_to_what_is_there(develop: ModuleType, steps: list[str]) -> None:
    develop.set_up(develop=False)
    develop.set_up(develop=True)
    assert steps[3:] == ["requirements-dev.txt", _ROOT.name]
    develop.set_up(develop=False)
    assert len(steps) == 5


def test_a_new_lock_is_installed_into_the_same_environment(
    develop: ModuleType, steps: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    develop.set_up(develop=False)
    (tmp_path / "requirements.txt").write_text("new", encoding="utf-8")
    (tmp_path / "requirements-dev.txt").write_text("new", encoding="utf-8")
    monkeypatch.setattr(develop, "LOCKS", tmp_path)
    develop.set_up(develop=False)
    assert steps[3:] == ["requirements.txt", _ROOT.name]


def test_another_python_gets_another_environment(
    develop: ModuleType, steps: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    develop.set_up(develop=False)
    monkeypatch.setattr(sys, "version_info", (3, 99, 0))
    develop.set_up(develop=False)
    assert steps.count("venv") == 2


@pytest.mark.parametrize(
    ("system", "machine", "version", "covered"),
    [
        ("linux", "x86_64", "2.36", True),
        ("linux", "x86_64", "2.31", False),
        ("linux", "x86_64", "", False),
        ("linux", "aarch64", "2.36", False),
        ("linux", "riscv64", "2.41", False),
        ("darwin", "arm64", "15.1", True),
        ("darwin", "x86_64", "15.1", False),
        ("win32", "AMD64", "10.0.22631", True),
    ],
)
def test_the_lock_holds_where_every_wheel_fits(
    develop: ModuleType, monkeypatch: pytest.MonkeyPatch, system: str, machine: str, version: str, covered: bool
) -> None:
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setattr(develop.platform, "machine", lambda: machine)
    monkeypatch.setattr(develop.platform, "libc_ver", lambda: ("glibc" if version else "", version))
    monkeypatch.setattr(develop.platform, "mac_ver", lambda: (version, ("", "", ""), machine))
    monkeypatch.setattr(develop.platform, "version", lambda: version)
    assert develop._has_lock() is covered


def test_a_machine_without_a_lock_is_told(
    develop: ModuleType, steps: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(develop, "_has_lock", lambda: False)
    develop.set_up(develop=True)
    assert steps == ["venv", f"{_ROOT.name}[dev]"]
    assert "The lock does not cover" in capsys.readouterr().out


def test_a_download_that_breaks_off_is_tried_again(develop: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    reasons = ["ReadTimeoutError: Read timed out.", "ConnectionResetError: Connection reset", ""]
    pauses: list[int] = []
    monkeypatch.setattr(develop, "_install", lambda _command: reasons.pop(0))
    monkeypatch.setattr(develop.time, "sleep", pauses.append)
    develop._pip("x")
    assert (reasons, pauses) == ([], [5, 15])


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [("THESE PACKAGES DO NOT MATCH THE HASHES", "could not be installed"), ("No module named pip", "has no pip")],
)
def test_another_failure_of_pip_ends_the_set_up(
    develop: ModuleType, monkeypatch: pytest.MonkeyPatch, reason: str, sentence: str
) -> None:
    monkeypatch.setattr(develop, "_install", lambda _command: reason)
    with pytest.raises(develop.SetUpError, match=sentence):
        develop._pip("x")


@pytest.mark.parametrize(
    ("arguments", "started"),
    [
        (["demo"], ["-m", "learnpath", "demo", "--out", "demo"]),
        (["demo", "--out=x"], ["-m", "learnpath", "demo", "--out=x"]),
        (["run", "list", "--json"], ["-m", "learnpath", "list", "--json"]),
        (["test", "-k", "x"], ["-m", "pytest", "-k", "x"]),
    ],
)
def test_a_command_is_passed_on(
    develop: ModuleType, monkeypatch: pytest.MonkeyPatch, arguments: list[str], started: list[str]
) -> None:
    seen: list[str] = []

    def run(*command: str) -> int:
        seen.extend(command)
        return 7

    monkeypatch.setattr(develop, "set_up", lambda develop: None)
    monkeypatch.setattr(develop, "install_system_libraries", lambda environ: None)
    monkeypatch.setattr(develop, "_run", run)
    assert develop.main(arguments) == 7
    assert seen == started


def test_no_command_and_an_old_python_are_said(
    develop: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert develop.main([]) == 2
    assert "develop.py demo" in capsys.readouterr().out
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    assert develop.main(["demo"]) == 2
    assert "needs Python 3.11 or newer; this is 3.9" in capsys.readouterr().err


@pytest.mark.skipif(sys.platform != "linux", reason="Qt brings its libraries along elsewhere")
def test_missing_libraries_are_installed_or_named(
    develop: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from learnpath.gui import preflight

    release = tmp_path / "os-release"
    release.write_text("ID=debian\n", encoding="utf-8")
    absent, installed = {"libEGL.so.1"}, list[str]()
    monkeypatch.setattr(preflight, "_OS_RELEASE", release)
    monkeypatch.setattr(preflight, "_loads", lambda name: name not in absent)
    monkeypatch.setattr(develop, "_has_fonts", lambda: False)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)

    monkeypatch.setattr(develop, "_apt_prefix", lambda: None)
    with pytest.raises(develop.SetUpError, match="sudo apt-get install libegl1"):
        develop.install_system_libraries({})

    def install(_prefix: list[str], packages: list[str]) -> None:
        installed.extend(packages)
        absent.clear()

    monkeypatch.setattr(develop, "_apt_prefix", lambda: ["sudo"])
    monkeypatch.setattr(develop, "_apt_install", install)
    develop.install_system_libraries({})
    assert installed == ["libegl1", "fonts-dejavu-core", "fonts-inter"]
