"""Where the files that come with Learnpath are: icons, themes, templates, rules, sample data.

Belongs here: finding them, whichever way Learnpath was installed. Not here: reading them.
"""

import sys
from pathlib import Path


def resource_path(name: str) -> Path:
    """Return the file or folder `name` below `resources/`, for example `icons/plus.svg`; it exists.

    Raises FileNotFoundError when nothing of that name comes with Learnpath.
    """
    for root in _roots():
        path = root / name
        if path.exists():
            return path
    raise FileNotFoundError(f"{name} does not come with Learnpath")


def _roots() -> tuple[Path, ...]:
    package = Path(__file__).resolve().parent
    bundle: str | None = getattr(sys, "_MEIPASS", None)
    if bundle is not None:
        return (Path(bundle) / "learnpath" / "_resources",)
    # A wheel carries them inside the package; a source tree or an editable install has them beside `src`.
    return (package / "_resources", package.parents[1] / "resources")
