import ctypes
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from learnpath.gui import preflight
from learnpath.gui.preflight import (
    DisplayError,
    check_display,
    check_libraries,
    choose_platform,
    missing_system_libraries,
    packages_of,
)

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Qt brings its libraries along elsewhere")

_ANY = preflight._Packages("", "", "")


@pytest.fixture
def absent(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The libraries that this test pretends are missing; all others load."""
    names: set[str] = set()
    monkeypatch.setattr(preflight, "_loads", lambda name: name not in names)
    return names


@pytest.fixture
def wayland() -> Iterator[dict[str, str]]:
    """A socket that listens like a compositor, and the variables that name it."""
    # Paths of sockets are short; pytest's own folders are not.
    with tempfile.TemporaryDirectory() as folder, socket.socket(socket.AF_UNIX) as server:
        server.bind(f"{folder}/wayland-0")
        server.listen()
        yield {"XDG_RUNTIME_DIR": folder, "WAYLAND_DISPLAY": "wayland-0"}


def _distribution(folder: Path, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    file = folder / "os-release"
    file.write_text(text, encoding="utf-8")
    monkeypatch.setattr(preflight, "_OS_RELEASE", file)


def test_it_imports_no_qt() -> None:
    code = "import sys, learnpath.gui.preflight; sys.exit(any('PySide6' in name for name in sys.modules))"
    path = os.pathsep.join(entry for entry in sys.path if entry)
    assert subprocess.run([sys.executable, "-c", code], env={"PYTHONPATH": path}).returncode == 0


def test_a_library_is_missing_when_the_linker_cannot_load_it() -> None:
    assert preflight._missing({"libc.so.6": _ANY, "libdoesnotexist.so.1": _ANY}) == ("libdoesnotexist.so.1",)


def test_no_display_means_offscreen() -> None:
    assert choose_platform({}) == "offscreen"
    assert choose_platform({"DISPLAY": "", "WAYLAND_DISPLAY": ""}) == "offscreen"


def test_a_named_platform_is_not_overruled() -> None:
    assert choose_platform({"QT_QPA_PLATFORM": "minimal"}) is None


def test_a_display_that_does_not_answer_is_none() -> None:
    assert choose_platform({"DISPLAY": "127.0.0.1:64000"}) == "offscreen"
    assert choose_platform({"WAYLAND_DISPLAY": "wayland-none", "XDG_RUNTIME_DIR": "/nowhere"}) == "offscreen"


def test_a_wayland_display_that_answers(wayland: dict[str, str]) -> None:
    assert choose_platform(wayland) is None
    socket_file = str(Path(wayland["XDG_RUNTIME_DIR"]) / "wayland-0")
    assert choose_platform({"WAYLAND_DISPLAY": socket_file}) is None


def test_without_the_library_to_ask_with_a_display_is_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_name: str) -> None:
        raise OSError

    monkeypatch.setattr(ctypes, "CDLL", fail)
    assert choose_platform({"DISPLAY": ":0"}) is None
    assert "libxcb.so.1" in missing_system_libraries({"DISPLAY": ":0"})


def test_other_systems_have_displays_and_libraries(monkeypatch: pytest.MonkeyPatch, absent: set[str]) -> None:
    absent.add("libEGL.so.1")
    monkeypatch.setattr(sys, "platform", "darwin")
    assert choose_platform({}) is None
    assert missing_system_libraries({}) == ()
    check_display({})


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({}, ("libEGL.so.1",)),
        ({"QT_QPA_PLATFORM": "offscreen"}, ("libEGL.so.1",)),
        ({"DISPLAY": ":0"}, ("libEGL.so.1", "libxcb-cursor.so.0", "libxcb-icccm.so.4")),
        ({"QT_QPA_PLATFORM": "xcb:x"}, ("libEGL.so.1", "libxcb-cursor.so.0", "libxcb-icccm.so.4")),
        ({"WAYLAND_DISPLAY": "wayland-0"}, ("libEGL.so.1", "libwayland-egl.so.1")),
        ({"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}, ("libEGL.so.1", "libwayland-egl.so.1")),
        ({"QT_QPA_PLATFORM": "wayland-egl;xcb"}, ("libEGL.so.1", "libwayland-egl.so.1")),
    ],
)
def test_only_what_the_platform_needs_is_missing(
    absent: set[str], monkeypatch: pytest.MonkeyPatch, environ: dict[str, str], expected: tuple[str, ...]
) -> None:
    monkeypatch.setattr(preflight, "_answers", lambda *_: True)
    absent.update({"libEGL.so.1", "libxcb-cursor.so.0", "libxcb-icccm.so.4", "libwayland-egl.so.1"})
    assert missing_system_libraries(environ) == expected


def test_a_display_that_does_not_answer_needs_nothing(absent: set[str]) -> None:
    absent.add("libwayland-egl.so.1")
    assert missing_system_libraries({"WAYLAND_DISPLAY": "none", "XDG_RUNTIME_DIR": "/nowhere"}) == ()


def test_nothing_is_missing_where_all_load(absent: set[str], wayland: dict[str, str]) -> None:
    assert not absent
    check_libraries({})
    check_display(wayland)


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("ID=debian\n", "{0}apt-get update && {0}apt-get install libegl1 libglib2.0-0"),
        (
            'NAME="Linux Mint"\nID=linuxmint\nID_LIKE="ubuntu debian"\n',
            "{0}apt-get update && {0}apt-get install libegl1 libglib2.0-0",
        ),
        ("ID='rocky'\nID_LIKE=\"rhel centos fedora\"\n", "{0}dnf install glib2 libglvnd-egl"),
        ("# comment\nID=arch\n", "{0}pacman -S glib2 libglvnd"),
    ],
)
def test_the_command_is_the_one_of_this_distribution(
    absent: set[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, command: str
) -> None:
    absent.update({"libEGL.so.1", "libglib-2.0.so.0", "libgthread-2.0.so.0"})
    _distribution(tmp_path, text, monkeypatch)
    for user, prefix in ((0, ""), (1000, "sudo ")):
        monkeypatch.setattr(os, "geteuid", lambda user=user: user)
        with pytest.raises(DisplayError) as caught:
            check_libraries({})
        assert caught.value.hint == f"Install them with: {command.format(prefix)}"
        assert "libEGL.so.1, libglib-2.0.so.0, libgthread-2.0.so.0" in caught.value.message
        assert caught.value.exit_code == 2


def test_on_an_unknown_distribution_the_libraries_are_named(
    absent: set[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    absent.add("libEGL.so.1")
    for text in ("ID=plan9\n", None):
        if text is None:
            monkeypatch.setattr(preflight, "_OS_RELEASE", tmp_path / "none")
        else:
            _distribution(tmp_path, text, monkeypatch)
        with pytest.raises(DisplayError, match=r"libEGL\.so\.1") as caught:
            check_libraries({})
        assert caught.value.hint.startswith("Install the packages")
        assert packages_of(("libEGL.so.1",)) == ()


def test_no_display_is_said_before_libraries(absent: set[str]) -> None:
    absent.add("libEGL.so.1")
    with pytest.raises(DisplayError, match="no display"):
        check_display({})


@pytest.mark.parametrize("platform", ["offscreen", "xcb", "wayland"])
def test_the_list_is_what_the_installed_qt_links_to(platform: str) -> None:
    """Ask the dynamic linker, so that a new Qt with another library shows here and not on a bare system."""
    from PySide6 import QtCore

    folder = Path(QtCore.__file__).parent / "Qt"
    files = [folder / "plugins" / "platforms" / f"libq{platform}.so"]
    files += [folder / "lib" / f"libQt6{name}.so.6" for name in ("Core", "Gui", "Widgets", "Svg", "Pdf", "DBus")]
    known = preflight._BASE.keys() | preflight._libraries_of(platform).keys()
    ours = {file.name for file in (folder / "lib").iterdir()}
    for file in files:
        if file.exists():
            assert _needed(file) - ours - _EVERYWHERE <= known, file.name


_EVERYWHERE = {
    "libc.so.6", "libm.so.6", "libdl.so.2", "librt.so.1", "libpthread.so.0", "libresolv.so.2",
    "libgcc_s.so.1", "libstdc++.so.6", "ld-linux-x86-64.so.2", "ld-linux-aarch64.so.1",
}  # fmt: skip


def _needed(file: Path) -> set[str]:
    """Return the NEEDED entries of a 64-bit little-endian ELF file (System V ABI, chapter 5)."""
    data = file.read_bytes()

    def number(offset: int, size: int = 8) -> int:
        return int.from_bytes(data[offset : offset + size], "little")

    headers = [number(32) + index * number(54, 2) for index in range(number(56, 2))]
    segments = [(number(at + 16), number(at + 8), number(at + 32)) for at in headers if number(at, 4) == 1]
    dynamic = next(number(at + 8) for at in headers if number(at, 4) == 2)
    entries: list[tuple[int, int]] = []
    while (tag := number(dynamic)) != 0:
        entries.append((tag, number(dynamic + 8)))
        dynamic += 16
    strings = next(value for tag, value in entries if tag == 5)
    table = next(strings - start + offset for start, offset, size in segments if start <= strings < start + size)
    names = [table + value for tag, value in entries if tag == 1]
    return {data[name : data.index(0, name)].decode() for name in names}
