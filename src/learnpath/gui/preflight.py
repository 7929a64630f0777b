"""Whether Qt can start here, found out before Qt is asked, because Qt answers by ending the process.

Belongs here: displays and system libraries, without importing Qt. Not here: starting Qt.
"""

import ctypes
import os
import socket
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Literal, NamedTuple

from learnpath.errors import KnownError


class DisplayError(KnownError):
    """No window can open here: no display, or system libraries of Qt are missing."""

    exit_code = 2


class _Packages(NamedTuple):
    debian: str
    fedora: str
    arch: str


# Source: the NEEDED entries (readelf -d) of PySide6 6.12's QtCore, QtGui, QtWidgets, QtSvg, QtPdf, QtDBus and
# of the platform plug-ins, without what the wheels bring along and what every Linux has.
_BASE = {
    "libEGL.so.1": _Packages("libegl1", "libglvnd-egl", "libglvnd"),
    "libGL.so.1": _Packages("libgl1", "libglvnd-glx", "libglvnd"),
    "libX11.so.6": _Packages("libx11-6", "libX11", "libx11"),
    "libdbus-1.so.3": _Packages("libdbus-1-3", "dbus-libs", "dbus"),
    "libfontconfig.so.1": _Packages("libfontconfig1", "fontconfig", "fontconfig"),
    "libfreetype.so.6": _Packages("libfreetype6", "freetype", "freetype2"),
    "libglib-2.0.so.0": _Packages("libglib2.0-0", "glib2", "glib2"),
    "libgthread-2.0.so.0": _Packages("libglib2.0-0", "glib2", "glib2"),
    "libxkbcommon.so.0": _Packages("libxkbcommon0", "libxkbcommon", "libxkbcommon"),
    "libz.so.1": _Packages("zlib1g", "zlib-ng-compat", "zlib"),
    "libzstd.so.1": _Packages("libzstd1", "libzstd", "zstd"),
}
_XCB = {
    "libX11-xcb.so.1": _Packages("libx11-xcb1", "libX11-xcb", "libx11"),
    "libxcb-cursor.so.0": _Packages("libxcb-cursor0", "xcb-util-cursor", "xcb-util-cursor"),
    "libxcb-icccm.so.4": _Packages("libxcb-icccm4", "xcb-util-wm", "xcb-util-wm"),
    "libxcb-image.so.0": _Packages("libxcb-image0", "xcb-util-image", "xcb-util-image"),
    "libxcb-keysyms.so.1": _Packages("libxcb-keysyms1", "xcb-util-keysyms", "xcb-util-keysyms"),
    "libxcb-randr.so.0": _Packages("libxcb-randr0", "libxcb", "libxcb"),
    "libxcb-render-util.so.0": _Packages("libxcb-render-util0", "xcb-util-renderutil", "xcb-util-renderutil"),
    "libxcb-render.so.0": _Packages("libxcb-render0", "libxcb", "libxcb"),
    "libxcb-shape.so.0": _Packages("libxcb-shape0", "libxcb", "libxcb"),
    "libxcb-shm.so.0": _Packages("libxcb-shm0", "libxcb", "libxcb"),
    "libxcb-sync.so.1": _Packages("libxcb-sync1", "libxcb", "libxcb"),
    "libxcb-util.so.1": _Packages("libxcb-util1", "xcb-util", "xcb-util"),
    "libxcb-xfixes.so.0": _Packages("libxcb-xfixes0", "libxcb", "libxcb"),
    "libxcb-xkb.so.1": _Packages("libxcb-xkb1", "libxcb", "libxcb"),
    "libxcb.so.1": _Packages("libxcb1", "libxcb", "libxcb"),
    "libxkbcommon-x11.so.0": _Packages("libxkbcommon-x11-0", "libxkbcommon-x11", "libxkbcommon-x11"),
}
_WAYLAND = {
    "libwayland-client.so.0": _Packages("libwayland-client0", "libwayland-client", "wayland"),
    "libwayland-cursor.so.0": _Packages("libwayland-cursor0", "libwayland-cursor", "wayland"),
    "libwayland-egl.so.1": _Packages("libwayland-egl1", "libwayland-egl", "wayland"),
}
_PACKAGES = _BASE | _XCB | _WAYLAND

_OS_RELEASE = Path("/etc/os-release")


def choose_platform(environ: Mapping[str, str]) -> Literal["offscreen"] | None:
    """Return the Qt platform to ask for: `offscreen` where no display answers, None where Qt finds one.

    A platform that `QT_QPA_PLATFORM` names is never overruled.
    """
    if sys.platform != "linux" or environ.get("QT_QPA_PLATFORM"):
        return None
    return None if _platforms(environ) else "offscreen"


def missing_system_libraries(environ: Mapping[str, str]) -> tuple[str, ...]:
    """Return the names (`libEGL.so.1`) of Qt's system libraries that are missing, sorted; none but on Linux.

    Of several platforms that could be used (Wayland, X11), the one with the fewest missing counts; where no
    display answers, only what Qt needs without one.
    """
    if sys.platform != "linux":
        return ()
    base = _missing(_BASE)
    candidates = [_missing(_libraries_of(platform)) for platform in _platforms(environ)]
    return tuple(sorted((*base, *min(candidates, key=len, default=()))))


def check_libraries(environ: Mapping[str, str]) -> None:
    """Raise `DisplayError` with the command that installs what Qt lacks, if it lacks something."""
    missing = missing_system_libraries(environ)
    if missing:
        raise DisplayError(f"Qt needs system libraries that are missing: {', '.join(missing)}.", _advice(missing))


def check_display(environ: Mapping[str, str]) -> None:
    """Raise `DisplayError` when no window can open here: no display answers, or libraries are missing."""
    if choose_platform(environ) == "offscreen":
        raise DisplayError(
            "There is no display to open a window on.",
            "Every other command works without one; learnpath --help lists them.",
        )
    check_libraries(environ)


def packages_of(libraries: tuple[str, ...]) -> tuple[str, ...]:
    """Return the packages of this distribution that bring `libraries`, sorted; empty when unknown."""
    family = _family(_OS_RELEASE)
    if family is None:
        return ()
    return tuple(sorted({getattr(_PACKAGES[library], family) for library in libraries}))


def _platforms(environ: Mapping[str, str]) -> tuple[str, ...]:
    # https://doc.qt.io/qt-6/qguiapplication.html#platform-name: "xcb", "wayland;xcb", "offscreen:size=…"
    named = environ.get("QT_QPA_PLATFORM", "")
    if named:
        return tuple(part.partition(":")[0] for part in named.split(";"))
    return tuple(
        platform
        for platform, variable in (("wayland", "WAYLAND_DISPLAY"), ("xcb", "DISPLAY"))
        if environ.get(variable) and _answers(platform, environ)
    )


def _libraries_of(platform: str) -> dict[str, _Packages]:
    if platform == "xcb":
        return _XCB
    return _WAYLAND if platform.startswith("wayland") else {}


def _missing(libraries: dict[str, _Packages]) -> tuple[str, ...]:
    return tuple(name for name in libraries if not _loads(name))


def _loads(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def _answers(platform: str, environ: Mapping[str, str]) -> bool:
    if platform == "xcb":
        return _x11_answers(environ["DISPLAY"])
    return _wayland_answers(environ["WAYLAND_DISPLAY"], environ.get("XDG_RUNTIME_DIR", ""))


def _x11_answers(display: str) -> bool:
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        # Whether it answers cannot be asked; that the library is missing is the next thing the person hears.
        return True
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connect.argtypes = (ctypes.c_char_p, ctypes.c_void_p)
    xcb.xcb_connection_has_error.argtypes = (ctypes.c_void_p,)
    xcb.xcb_disconnect.argtypes = (ctypes.c_void_p,)
    connection = xcb.xcb_connect(display.encode(), None)
    try:
        return xcb.xcb_connection_has_error(connection) == 0
    finally:
        xcb.xcb_disconnect(connection)


def _wayland_answers(display: str, runtime_folder: str) -> bool:
    # A relative name is below the runtime folder, an absolute one stands for itself (wl_display_connect(3)).
    with socket.socket(socket.AF_UNIX) as connection:
        try:
            connection.connect(str(Path(runtime_folder, display)))
        except OSError:
            return False
    return True


def _advice(libraries: tuple[str, ...]) -> str:
    packages = packages_of(libraries)
    if not packages:
        return "Install the packages of your system that contain these libraries, then try again."
    prefix = "" if os.geteuid() == 0 else "sudo "
    install = {
        "debian": f"{prefix}apt-get update && {prefix}apt-get install",
        "fedora": f"{prefix}dnf install",
        "arch": f"{prefix}pacman -S",
    }[_family(_OS_RELEASE) or ""]
    return f"Install them with: {install} {' '.join(packages)}"


def _family(os_release: Path) -> Literal["debian", "fedora", "arch"] | None:
    # https://www.freedesktop.org/software/systemd/man/os-release.html
    try:
        lines = os_release.read_text(encoding="utf-8").splitlines()
    except OSError:
        return None
    entries = dict(line.split("=", 1) for line in lines if "=" in line)
    names = f"{entries.get('ID', '')} {entries.get('ID_LIKE', '')}".replace('"', "").replace("'", "").split()
    for name in names:
        match name:
            case "debian" | "ubuntu":
                return "debian"
            case "fedora" | "rhel" | "centos":
                return "fedora"
            case "arch":
                return "arch"
            case _:
                continue
    return None
