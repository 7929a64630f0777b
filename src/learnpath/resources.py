"""Where the files that ship with the program are: icons, themes, templates, translations, rules.

Finding them is all that belongs here; reading them is the work of whoever needs one.
"""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_PLACES = (_PACKAGE / "_resources", _PACKAGE.parents[1] / "resources")


def resource_path(name: str) -> Path:
    """Return the path of a shipped file such as `themes/light.toml`, installed or in a checkout.

    Raises FileNotFoundError when no place holds it.
    """
    for place in _PLACES:
        path = place / name
        if path.exists():
            return path
    raise FileNotFoundError(f"missing resource: {name}")
