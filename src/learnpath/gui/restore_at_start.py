"""The backup that is to take the library's place: chosen in the window, restored at the next start.

A library that is open cannot be replaced, so the choice waits in the settings until the window opens again.
"""

from pathlib import Path

from PySide6.QtCore import QCoreApplication

from learnpath.errors import KnownError
from learnpath.gui.infra.messages import BannerMessage
from learnpath.gui.widgets.wording import moment_text
from learnpath.services.restoring import Restored, restore_backup
from learnpath.settings import RESTORE, Json, SettingsStore
from learnpath.storage.backups import moment_of


def choose_restore(settings: SettingsStore, folder: Path, name: str) -> None:
    """Let the next start put the backup `name` in the place of the library in `folder`. Raises SettingsError."""
    settings.set(RESTORE, {"folder": str(folder.expanduser().absolute()), "name": name})


def forget_restore(settings: SettingsStore) -> None:
    """Let the next start open the library as it is. Raises SettingsError."""
    settings.set(RESTORE, {})


def chosen_restore(settings: SettingsStore, folder: Path) -> str:
    """Return the name of the backup chosen for the library in `folder`; empty for none."""
    nothing: dict[str, Json] = {}
    chosen = settings.get(RESTORE, nothing)
    name = chosen.get("name")
    is_here = chosen.get("folder") == str(folder.expanduser().absolute())
    return name if is_here and isinstance(name, str) and moment_of(name) is not None else ""


def restore_chosen(settings: SettingsStore, folder: Path) -> BannerMessage | None:
    """Restore what was chosen for the closed library in `folder`; return what to tell, None when nothing was."""
    name = chosen_restore(settings, folder)
    if not name:
        return None
    try:
        # Forgotten first: a backup that cannot be restored must not be tried at every start.
        forget_restore(settings)
        restored = restore_backup(folder, name)
    except KnownError as error:
        told = _tr("The backup was not restored; the library is as it was. {0}").format(error.message)
        return BannerMessage(told, "error", error.hint)
    return BannerMessage(_restored_text(restored), "ok")


def _restored_text(restored: Restored) -> str:
    text = _tr("Restored the backup of {0}.").format(moment_text(restored.backup.made_at))
    if restored.kept is None:
        return text
    if restored.kept.damaged:
        kept = _tr("The file before it was damaged and is kept in {0}.").format(restored.kept.place)
    else:
        kept = _tr("What was there before is kept in backups.")
    return f"{text} {kept}"


def _tr(text: str) -> str:
    return QCoreApplication.translate("RestoreAtStart", text)
