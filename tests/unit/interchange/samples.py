"""Where real files lie that the project does not carry: `LEARNPATH_SAMPLES` or `shared/samples` beside it."""

import os
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[3]


def sample_folder() -> Path | None:
    """Return the folder of samples, or None."""
    named = os.environ.get("LEARNPATH_SAMPLES")
    places = [Path(named)] if named else [_ROOT.parent / "shared/samples", _ROOT.parents[1] / "shared/samples"]
    return next((place for place in places if place.is_dir()), None)
