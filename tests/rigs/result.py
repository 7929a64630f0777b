"""What a rig found, and the table of all."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass
class Result:
    """One line of the table. `failures` are sentences, the first few of which are printed below it."""

    name: str
    promise: str
    count: int = 0
    seconds: float = 0.0
    failures: list[str] = field(default_factory=list[str])
    note: str = ""
    _started: float = field(default_factory=time.perf_counter)

    def expect(self, held: bool, sentence: str) -> None:
        """Count a failure unless the promise held."""
        if not held:
            self.failures.append(sentence)

    def finish(self) -> "Result":
        """Note the time since the rig was started and return the result."""
        self.seconds = time.perf_counter() - self._started
        return self


def table(results: Sequence[Result]) -> str:
    """Return the results as a Markdown table, with the first failures of each below it."""
    lines = ["| rig | count | seconds | failures | promise |", "|---|---:|---:|---:|---|"]
    for one in results:
        note = f" ({one.note})" if one.note else ""
        lines.append(
            f"| {one.name} | {one.count:,}{note} | {one.seconds:.1f} | {len(one.failures):,} | {one.promise} |"
        )
    for one in results:
        lines += [f"{one.name}: {sentence}" for sentence in one.failures[:5]]
    return "\n".join(lines) + "\n"
