"""How much memory a piece of work took, from what Linux counts for the process; elsewhere nothing is measured."""

import sys
from pathlib import Path

_STATUS = Path("/proc/self/status")
_CLEAR = Path("/proc/self/clear_refs")
IS_MEASURED = _STATUS.exists() and _CLEAR.exists()


class PeakMemory:
    """Watches the resident memory of this process since it was made."""

    def __init__(self) -> None:
        if IS_MEASURED:
            # 5: forget the highest amount so far (proc_pid_clear_refs(5)).
            _ = _CLEAR.write_text("5")
        self._before = _megabytes("VmRSS")

    @property
    def extra(self) -> float:
        """Return the most MB that this process held beyond what it had at the start; 0.0 where nobody counts."""
        return max(0.0, _megabytes("VmHWM") - self._before)


def megabytes_of_largest_child() -> float:
    """Return the most MB that one child process held that has ended; 0.0 on Windows."""
    if sys.platform == "win32":
        return 0.0
    import resource

    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return most / (1024 * 1024 if sys.platform == "darwin" else 1024)


def _megabytes(name: str) -> float:
    if not IS_MEASURED:
        return 0.0
    for line in _STATUS.read_text().splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1]) / 1024
    return 0.0
