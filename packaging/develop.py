#!/usr/bin/env python3
"""Set Learnpath up from a checkout and run it, without anything to do by hand.

    python3 packaging/develop.py demo [ARGUMENTS]    the sample library, its pictures and its PDF, in demo/
    python3 packaging/develop.py run [ARGUMENTS]     any other learnpath command
    python3 packaging/develop.py test [ARGUMENTS]    the tests; the arguments are pytest's
    python3 packaging/develop.py check               style, types and layers

Needs Python 3.11 or newer with pip, and nothing else: everything goes into `.venv` beside pyproject.toml, in
the versions and with the hashes of packaging/lock. On Debian and Ubuntu it installs the system libraries that
Qt lacks, if it may; otherwise it prints the command that does. A second run starts at once.

Belongs here: what a developer's machine needs, with the standard library only. Not here: releases.
"""

from __future__ import annotations

import hashlib
import os
import platform
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
LOCKS = ROOT / "packaging" / "lock"
PROJECT_FILE = ROOT / "pyproject.toml"

_OLDEST_PYTHON = (3, 11)
# The oldest system (glibc on Linux) for which every locked package has a wheel. Source: the tags of the wheels.
_LOCKED_SYSTEMS = {
    ("linux", "x86_64"): (2, 34),
    ("linux", "aarch64"): (2, 39),
    ("darwin", "arm64"): (15, 0),
    ("win32", "amd64"): (10, 0),
}
_PAUSES = (5, 15)
_NETWORK_WORDS = (
    "timed out",
    "timeout",
    "connection",
    "temporary failure",
    "incompleteread",
    "broken pipe",
    "503",
)
_FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts")
_FONT_PACKAGES = ("fonts-dejavu-core", "fonts-inter")
_CHECKS = (("ruff", "check", "."), ("ruff", "format", "--check", "."), ("basedpyright",), ("lint-imports",))


class SetUpError(Exception):
    """The set-up cannot go on; the text says why and what to do."""


def main(arguments: list[str]) -> int:
    """Do what `arguments` ask for and return the exit code: 2 when the set-up fails or they make no sense."""
    command, rest = (arguments[0], arguments[1:]) if arguments else ("", [])
    if command not in ("demo", "run", "test", "check"):
        print(__doc__)
        return 0 if command in ("-h", "--help") else 2
    os.chdir(ROOT)
    try:
        _require_python()
        set_up(develop=command in ("test", "check"))
        if command != "check":
            install_system_libraries({} if command == "test" else dict(os.environ))
    except SetUpError as error:
        print(error, file=sys.stderr)
        return 2
    if command == "check":
        return _check()
    if command == "test":
        return _run("-m", "pytest", *rest)
    if command == "demo":
        names_folder = any(argument.split("=")[0] == "--out" for argument in rest)
        rest = ["demo", *rest] if names_folder else ["demo", "--out", "demo", *rest]
    return _run("-m", "learnpath", *rest)


def set_up(develop: bool) -> None:
    """Bring `.venv` in line with the lock, with the tools for tests and checks if `develop`."""
    stamp = VENV / "learnpath-set-up"
    # A checkout that was moved or a Python that was replaced leaves a .venv that does not work.
    place = f"{sys.version_info[:2]} {ROOT}"
    plain, full = f"{place}\n{_digest(develop=False)}\n", f"{place}\n{_digest(develop=True)}\n"
    found = stamp.read_text(encoding="utf-8") if stamp.exists() else ""
    # What the tests need includes what the program needs.
    if found == full or (found == plain and not develop):
        return
    began = time.monotonic()
    print(f"Setting up in {VENV}: this takes a minute or two the first time.", flush=True)
    if not found.startswith(f"{place}\n"):
        _make_venv()
    if _has_lock():
        lock = LOCKS / ("requirements-dev.txt" if develop else "requirements.txt")
        _pip("--require-hashes", "--only-binary", ":all:", "-r", str(lock))
        _pip("--no-deps", "--no-build-isolation", "-e", str(ROOT))
    else:
        print(
            f"The lock does not cover this system ({platform.platform()}): taking the newest versions that fit "
            "pyproject.toml instead, without checking hashes.",
            flush=True,
        )
        _pip("-e", f"{ROOT}[dev]" if develop else str(ROOT))
    stamp.write_text(full if develop else plain, encoding="utf-8")
    print(f"Set up in {time.monotonic() - began:.0f} s.", flush=True)


def install_system_libraries(environ: dict[str, str]) -> None:
    """Install what Qt lacks on this system for the display that `environ` names, or say how to."""
    if sys.platform != "linux":
        return
    sys.path.insert(0, str(ROOT / "src"))
    from learnpath.gui.preflight import DisplayError, check_libraries, missing_system_libraries, packages_of

    missing = missing_system_libraries(environ)
    packages = list(packages_of(missing))
    if not _has_fonts():
        packages += _FONT_PACKAGES
    prefix = _apt_prefix() if packages else None
    if prefix is not None:
        print(f"Installing system packages: {' '.join(packages)}", flush=True)
        _apt_install(prefix, packages)
    try:
        check_libraries(environ)
    except DisplayError as error:
        raise SetUpError(f"{error.message}\n{error.hint}") from error
    if not _has_fonts():
        print("No font is installed: texts will be invisible. Install one, for example DejaVu Sans.", flush=True)


def _require_python() -> None:
    if sys.version_info < _OLDEST_PYTHON:
        found = ".".join(str(part) for part in sys.version_info[:2])
        raise SetUpError(f"Learnpath needs Python 3.11 or newer; this is {found}. Run this with a newer python3.")


def _has_lock() -> bool:
    oldest = _LOCKED_SYSTEMS.get((sys.platform, platform.machine().lower()))
    return oldest is not None and _system_version() >= oldest


def _system_version() -> tuple[int, ...]:
    """Return the version of glibc (empty with another C library), macOS or Windows, as far as it is made of numbers."""
    if sys.platform == "linux":
        text = platform.libc_ver()[1]
    else:
        text = platform.mac_ver()[0] if sys.platform == "darwin" else platform.version()
    return tuple(int(part) for part in text.split(".") if part.isdigit())


def _digest(develop: bool) -> str:
    lock = LOCKS / ("requirements-dev.txt" if develop else "requirements.txt")
    return hashlib.sha256(lock.read_bytes() + PROJECT_FILE.read_bytes()).hexdigest()


def _venv_python() -> Path:
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def _make_venv() -> None:
    # Without pip: Debian leaves ensurepip out, and the pip that is there can install into another environment.
    done = subprocess.run([sys.executable, "-m", "venv", "--clear", "--without-pip", str(VENV)])
    if done.returncode != 0:
        raise SetUpError(f"{sys.executable} -m venv failed. Install your system's package for it (python3-venv).")


def _pip(*arguments: str) -> None:
    command = [
        sys.executable,
        "-m",
        "pip",
        "--python",
        str(_venv_python()),
        "install",
        "--quiet",
        "--no-input",
    ]
    command += ["--disable-pip-version-check", "--no-warn-script-location"]
    if "PIP_DEFAULT_TIMEOUT" not in os.environ:
        command += ["--timeout", "40"]
    reason = _install([*command, *arguments])
    for pause in _PAUSES:
        if not any(word in reason.lower() for word in _NETWORK_WORDS):
            break
        print(f"The download failed; trying again in {pause} s.", flush=True)
        time.sleep(pause)
        reason = _install([*command, *arguments])
    if "No module named pip" in reason:
        raise SetUpError("This Python has no pip. Install it (on Debian and Ubuntu: apt-get install python3-pip).")
    if reason:
        raise SetUpError(f"{reason}\nThe packages could not be installed; pip's reason is above.")


def _install(command: list[str]) -> str:
    """Return why pip failed, empty when it did not."""
    done = subprocess.run(command, stderr=subprocess.PIPE, text=True, errors="replace")
    return "" if done.returncode == 0 else done.stderr.strip() or f"pip ended with code {done.returncode}"


def _has_fonts() -> bool:
    return any(
        file.suffix.lower() in (".ttf", ".otf", ".ttc", ".pfb")
        for folder in _FONT_FOLDERS
        for file in Path(folder).expanduser().rglob("*.*")
    )


def _apt_prefix() -> list[str] | None:
    """Return what to put before apt-get so that it may install; None where it is missing or may not."""
    if shutil.which("apt-get") is None:
        return None
    if os.geteuid() == 0:
        return ["env", "DEBIAN_FRONTEND=noninteractive"]
    if shutil.which("sudo") is None or subprocess.run(["sudo", "-n", "true"], capture_output=True).returncode != 0:
        return None
    return ["sudo", "-n", "env", "DEBIAN_FRONTEND=noninteractive"]


def _apt_install(prefix: list[str], packages: list[str]) -> None:
    # One source of several that does not answer fails the update, and may not matter for these packages.
    subprocess.run([*prefix, "apt-get", "update", "-qq"], stdin=subprocess.DEVNULL)
    install = ["apt-get", "install", "-qq", "-y", "--no-install-recommends", "-o", "Acquire::Retries=3"]
    done = subprocess.run(
        [*prefix, *install, *packages],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        errors="replace",
    )
    if done.returncode != 0:
        print(done.stdout.strip(), file=sys.stderr)


def _check() -> int:
    folder = _venv_python().parent
    codes = [0]
    for name, *arguments in _CHECKS:
        print(f"== {' '.join((name, *arguments))}", flush=True)
        extra = ["--pythonpath", str(_venv_python())] if name == "basedpyright" else []
        codes.append(subprocess.run([str(folder / name), *arguments, *extra]).returncode)
    return max(codes)


def _run(*arguments: str) -> int:
    try:
        return subprocess.run([str(_venv_python()), *arguments]).returncode
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
