"""What every test stands on: no display needed, no trace outside the session's own folder."""

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings as hypothesis_settings
from tests import network_guard

# Qt reads this when it starts, and the plug-ins start it before any fixture runs.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

network_guard.put_on()

ROOT = Path(__file__).resolve().parents[1]

hypothesis_settings.register_profile("ci", derandomize=True, deadline=None, print_blob=True)
hypothesis_settings.register_profile("explore", deadline=None)
# The suite is the same every time; HYPOTHESIS_EXPLORE=1 looks for examples that nobody has seen yet.
hypothesis_settings.load_profile("explore" if os.environ.get("HYPOTHESIS_EXPLORE") else "ci")


@pytest.fixture(scope="session", autouse=True)
def isolated_home() -> Iterator[Path]:
    """A home of its own for the session, so that nothing of the person at this machine is read or written."""
    with (
        tempfile.TemporaryDirectory(prefix="learnpath-tests-", ignore_cleanup_errors=True) as folder,
        pytest.MonkeyPatch.context() as patch,
    ):
        home = Path(folder)
        patch.setenv("LEARNPATH_HOME", str(home / "learnpath"))
        for variable in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"):
            patch.setenv(variable, str(home))
        for variable, part in (
            ("XDG_CONFIG_HOME", "config"),
            ("XDG_DATA_HOME", "data"),
            ("XDG_CACHE_HOME", "cache"),
            ("XDG_STATE_HOME", "state"),
            ("XDG_RUNTIME_DIR", "runtime"),
        ):
            (home / part).mkdir(mode=0o700)
            patch.setenv(variable, str(home / part))
        yield home


@pytest.fixture(scope="session")
def samples() -> Path:
    """The folder of real-world sample files, which is no part of the project; without it, skip."""
    named = os.environ.get("LEARNPATH_SAMPLES")
    folder = Path(named) if named else ROOT.parent / "shared" / "samples"
    if not folder.is_dir():
        pytest.skip("no folder of sample files: set LEARNPATH_SAMPLES to one")
    return folder


@pytest.fixture
def needs_file_modes() -> None:
    """Skip where files have no owner's mode."""
    if sys.platform == "win32":
        pytest.skip("Windows keeps access rights in another way")


@pytest.fixture(autouse=True)
def no_network() -> Iterator[None]:
    """Nothing that a test does asks for the network."""
    before = len(network_guard.ATTEMPTS)
    yield
    assert network_guard.ATTEMPTS[before:] == []


def pytest_sessionfinish() -> None:
    """Leave the number of attempts where the rig that counts them looks for it."""
    if (report := os.environ.get("LEARNPATH_NETWORK_REPORT")) is not None:
        _ = Path(report).write_text("\n".join(network_guard.ATTEMPTS), encoding="utf-8")
