"""Where real files lie that the project does not carry: `LEARNPATH_SAMPLES` or `shared/samples` beside it."""

import os
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[3]
_FOLDERS = ("catalogue_csv", "linkedin", "tabular_odd")


def sample_folder() -> Path | None:
    """Return the folder of samples, or None."""
    named = os.environ.get("LEARNPATH_SAMPLES")
    places = [Path(named)] if named else [_ROOT.parent / "shared/samples", _ROOT.parents[1] / "shared/samples"]
    return next((place for place in places if place.is_dir()), None)


def sample_tables() -> list[Path]:
    """Return the CSV and TSV files among the samples, none when there are no samples."""
    folder = sample_folder()
    if folder is None:
        return []
    return sorted(path for name in _FOLDERS for path in (folder / name).glob("*.[ct]sv"))
