"""The settings of this machine: how the window looks and where the library is.

Belongs here: what must not travel with the library. Not here: the person's name, goals and currency, which
are part of the library.
"""

import contextlib
import json
import os
import tempfile
import time
from pathlib import Path
from typing import Protocol, TypeAlias, TypeVar, cast

from learnpath.errors import KnownError

Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"

_Value = TypeVar("_Value", bound="str | int | float | bool | list[Json] | dict[str, Json]")

THEME = "theme"
"""Text: "system", "light", "dark" or "contrast"."""

TEXT_SCALE = "text_scale"
"""Number: 1.0 is the system's own text size."""

LIBRARY_FOLDER = "library_folder"
"""Text: the folder that opens at start; empty for the default one."""

EXPORT_FOLDER = "export_folder"
"""Text: the folder that the last export was written into; empty before the first."""

RESTORE = "restore"
"""Object: `folder` of a library and `name` of the backup that takes its place at the next start; empty for none."""

WINDOW = "window"
"""Object: place, size and splitters of the main window, as the window describes them."""

SESSION = "session"
"""Object: the screen, filters and selection to come back to."""


# A file of this age belongs to no write that is under way.
_LEFT_SECONDS = 60
# Ends the names of our own unfinished files; those of editors and their owner have others.
_PART = ".learnpath-part"


class SettingsError(KnownError):
    """The settings file cannot be read or written."""

    exit_code = 2


class SettingsStore(Protocol):
    """Keeps JSON values by name (`Settings` is one)."""

    def get(self, key: str, default: _Value) -> _Value:
        """Return the value of a key, or the default when there is none of the default's type."""
        ...

    def set(self, key: str, value: Json) -> None:
        """Keep a JSON value under a key."""
        ...


class Settings:
    """Named values in one JSON file that only its owner can read.

    Names that this version does not know are kept as they are. A damaged file is put aside with `.damaged`
    added to its name, and the defaults hold.
    """

    def __init__(self, file: Path) -> None:
        """Read `file`; one that is missing holds no values. Raises `SettingsError` when it cannot be read."""
        self._file = file
        self.set_aside: Path | None = None
        """Where a damaged file was put when these settings were read; None when there was none."""
        self._values = self._read()

    def get(self, key: str, default: _Value) -> _Value:
        """Return the value of `key`, or `default` when there is none of the default's own type.

        A whole number counts as a value for a float default.
        """
        value = self._values.get(key)
        if isinstance(default, float) and type(value) is int:
            return cast("_Value", float(value))
        if type(value) is type(default):
            return cast("_Value", value)
        return default

    def set(self, key: str, value: Json) -> None:
        """Keep `value` under `key` and write the file; nothing is written when it is the same already.

        Raises `SettingsError` when the file cannot be written; the value still holds until the program ends.
        """
        if key in self._values and _same(self._values[key], value):
            return
        self._values[key] = value
        text = json.dumps(self._values, ensure_ascii=False, indent=2, sort_keys=True)
        try:
            # A settings file that is a link into a folder of kept settings stays one.
            _write_private(self._file.resolve(), f"{text}\n".encode())
        except OSError as error:
            raise SettingsError(
                f"The settings could not be saved: {error.strerror}. They hold until you close Learnpath.",
                f"Check that {self._file} can be written.",
            ) from error

    def _read(self) -> dict[str, Json]:
        try:
            content = self._file.read_bytes()
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise SettingsError(
                f"The settings could not be read: {error.strerror}.", f"Check that {self._file} can be read."
            ) from error
        try:
            values: object = json.loads(content)
        except (ValueError, RecursionError):
            values = None
        if not isinstance(values, dict):
            self._put_aside()
            return {}
        return cast("dict[str, Json]", values)

    def _put_aside(self) -> None:
        aside = self._file.with_name(f"{self._file.name}.damaged")
        try:
            self._file.replace(aside)
        except OSError as error:
            raise SettingsError(
                f"The settings file is damaged and could not be put aside: {error.strerror}.",
                f"Move {self._file} away; Learnpath then starts with its defaults.",
            ) from error
        self.set_aside = aside


def _same(left: Json, right: Json) -> bool:
    # In Python True equals 1 and 1 equals 1.0; in the file they differ.
    return json.dumps(left, sort_keys=True) == json.dumps(right, sort_keys=True)


def _write_private(file: Path, content: bytes) -> None:
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(prefix=f".{file.name}.", suffix=_PART, dir=file.parent)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).replace(file)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise
    _sync_folder(file.parent)
    _remove_leftovers(file)


def _remove_leftovers(file: Path) -> None:
    """Remove what runs that crashed left unfinished; another process may be writing a new one right now."""
    for left in file.parent.glob(f".{file.name}.????????{_PART}"):
        with contextlib.suppress(OSError):
            if time.time() - left.stat().st_mtime > _LEFT_SECONDS:
                left.unlink()


def _sync_folder(folder: Path) -> None:
    # Windows cannot open a folder, and makes a rename durable by itself.
    if os.name != "nt":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
