"""Reading one file the way a person imports it, and whether what came of it is right."""

import csv
import re
import shutil
import time
import traceback
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.corpus.counting import count_rows
from tests.file_parts import preview_parts
from tests.memory import PeakMemory

from learnpath.errors import KnownError
from learnpath.interchange.formats import split_file
from learnpath.interchange.plan import RowKind
from learnpath.services.importing import Preview, apply_previews
from learnpath.services.libraries import open_library
from learnpath.storage.library import Library

MOST_SECONDS = 5.0
MOST_MEGABYTES = 256.0
REFUSED = "refused"
# How a file says that rows of it are no rows of the list meant.
_LEFT_OUT = re.compile(r"Left out: ([\d,]+)")
_EXPECTED = Path(__file__).with_name("expected.csv")


@dataclass(frozen=True)
class Expected:
    """What must come of a file: its formats (joined with "+") or "refused", its rows, how many of them can be used.

    `above` are the rows of a table file that stand above the first one of data; `says` is in the refusal's sentence.
    """

    outcome: str
    rows: int = 0
    usable: int = 0
    above: int = 0
    says: str = ""


@dataclass
class Reading:
    """What came of a file. `wrong` are the sentences on what is not as it must be; `counts` are the rows by kind."""

    name: str
    outcome: str = REFUSED
    sentence: str = ""
    rows: int = 0
    usable: int = 0
    left_out: int = 0
    above: int | None = None
    counts: Counter[RowKind] = field(default_factory=Counter[RowKind])
    seconds: float = 0.0
    memory: float = 0.0
    wrong: list[str] = field(default_factory=list[str])


def load_expected() -> dict[str, Expected]:
    """Return what must come of the sample files, by folder and name."""
    with _EXPECTED.open(encoding="utf-8", newline="") as file:
        return {
            row["file"]: Expected(
                row["outcome"], int(row["rows"] or 0), int(row["usable"] or 0), int(row["above"] or 0), row["says"]
            )
            for row in csv.DictReader(file)
        }


def load_signed(folder: Path) -> frozenset[str]:
    """Return the files that a folder's own list names as signed credentials: each of them must be readable."""
    listed = folder / "EXPECTED.csv"
    if not listed.exists():
        return frozenset()
    with listed.open(encoding="utf-8", newline="") as file:
        return frozenset(row["file"] for row in csv.DictReader(file))


def corpus_files(folder: Path) -> list[Path]:
    """Return the files in the folders of a folder."""
    return sorted(path for path in folder.glob("*/**/*") if path.is_file())


def read_corpus(folder: Path, place: Path) -> Iterator[Reading]:
    """Read every file of a folder into a library of its own at `place`, and judge it."""
    expected, signed = load_expected(), load_signed(folder)
    for path in corpus_files(folder):
        name = path.relative_to(folder).as_posix()
        yield check_file(path, name, place / "library", expected.get(name), is_signed=name in signed)


def check_file(path: Path, name: str, place: Path, expected: Expected | None, *, is_signed: bool = False) -> Reading:
    """Preview a file, import it, preview it again, and compare with what is expected (None: with the promises)."""
    reading = Reading(name)
    data = path.read_bytes()
    library = open_library(place)
    memory, started = PeakMemory(), time.perf_counter()
    try:
        previews = preview_parts(library, path.name, data)
        reading.seconds, reading.memory = time.perf_counter() - started, memory.extra
        _note(reading, previews, path.name, data)
        _import_twice(reading, library, previews, path.name, data)
    except KnownError as error:
        reading.seconds, reading.memory = time.perf_counter() - started, memory.extra
        reading.sentence = error.message
        if not (error.message and error.hint):
            reading.wrong.append("the refusal does not say what to do")
    except Exception:  # noqa: BLE001 - any other exception is what is looked for
        reading.wrong.append(traceback.format_exc(limit=-1).strip())
    finally:
        library.close()
        shutil.rmtree(place)
    _judge(reading, expected, is_signed=is_signed)
    return reading


def _note(reading: Reading, previews: Sequence[Preview], file_name: str, data: bytes) -> None:
    reading.outcome = "+".join(one.parsed.format for one in previews)
    parts = {part.name: part.data for part in split_file(data, file_name)}
    for preview in previews:
        parsed = preview.parsed
        reading.rows += len(parsed.rows)
        reading.usable += sum(row.draft is not None for row in parsed.rows)
        reading.counts += Counter(preview.counts)
        if preview.plan is not None and sum(preview.counts.values()) != len(parsed.rows):
            reading.wrong.append(f"{len(parsed.rows)} rows, but {sum(preview.counts.values())} accounted for")
        left_out = sum(map(_left_out, parsed.problems))
        reading.left_out += left_out
        table = parsed.table
        delimiter, sheet = (table.delimiter, table.sheet) if table is not None else (",", "")
        counted = count_rows(parts[preview.file_name], parsed.format, delimiter or ",", sheet)
        if counted is not None:
            reading.above = (reading.above or 0) + counted - left_out - len(parsed.rows)


def _left_out(problem: str) -> int:
    found = _LEFT_OUT.match(problem)
    return int(found[1].replace(",", "")) if found else 0


def _import_twice(reading: Reading, library: Library, previews: Sequence[Preview], file_name: str, data: bytes) -> None:
    _ = apply_previews(library, previews)
    for again in preview_parts(library, file_name, data):
        new, updated = again.counts.get(RowKind.NEW, 0), again.counts.get(RowKind.UPDATE, 0)
        if new or updated:
            reading.wrong.append(f"imported twice: {new} new, {updated} updated")


def _judge(reading: Reading, expected: Expected | None, *, is_signed: bool) -> None:
    if reading.seconds > MOST_SECONDS:
        reading.wrong.append(f"took {reading.seconds:.1f} s")
    if reading.memory > MOST_MEGABYTES:
        reading.wrong.append(f"took {reading.memory:.0f} MB")
    is_endorsement = "endorsement" in reading.sentence
    if is_signed and not is_endorsement and not (reading.outcome == "badge" and reading.usable):
        reading.wrong.append("is a signed credential, and was not read")
    if expected is None:
        return
    if reading.outcome != expected.outcome:
        told = f" ({reading.sentence})" if reading.sentence else ""
        reading.wrong.append(f"{expected.outcome} expected, {reading.outcome} found{told}")
        return
    if expected.says not in reading.sentence:
        reading.wrong.append(f"“{expected.says}” expected in “{reading.sentence}”")
    found = (reading.rows, reading.usable, reading.above or 0)
    wanted = (expected.rows, expected.usable, expected.above)
    if found != wanted:
        reading.wrong.append(f"rows, usable rows and rows above them: {wanted} expected, {found} found")


def table(readings: Sequence[Reading]) -> str:
    """Return what came of the files as a Markdown table by folder, with what is wrong below it."""
    lines = [
        "| folder | files | recognised | refused rightly | wrong | rows | usable | slowest | peak memory |",
        "|---|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    folders: dict[str, list[Reading]] = {}
    for reading in readings:
        folders.setdefault(reading.name.partition("/")[0], []).append(reading)
    for name, inside in [*folders.items(), ("in all", list(readings))]:
        right = [one for one in inside if not one.wrong]
        refused = sum(one.outcome == REFUSED for one in right)
        cells = (
            f"{len(inside)}", f"{len(right) - refused}", f"{refused}", f"{len(inside) - len(right)}",
            f"{sum(one.rows for one in inside):,}", f"{sum(one.usable for one in inside):,}",
            f"{max((one.seconds for one in inside), default=0):.2f} s",
            f"{max((one.memory for one in inside), default=0):.0f} MB",
        )  # fmt: skip
        lines.append(f"| {name} | {' | '.join(cells)} |")
    lines += [f"{one.name}: {what}" for one in readings for what in one.wrong]
    return "\n".join(lines) + "\n"


def rows_table(readings: Sequence[Reading]) -> str:
    """Return the table files: the rows counted without us, and what became of each of them."""
    kinds = tuple(RowKind)
    lines = [
        f"| table file | rows counted | above the data | left out | {' | '.join(kinds)} | accounted for |",
        f"|---|{'---:|' * (len(kinds) + 4)}",
    ]
    for one in readings:
        if one.above is None:
            continue
        shares = " | ".join(f"{one.counts[kind]:,}" for kind in kinds)
        counted = one.rows + one.left_out + one.above
        whole = one.counts.total() + one.left_out
        lines.append(f"| {one.name} | {counted:,} | {one.above} | {one.left_out} | {shares} | {whole:,} |")
    return "\n".join(lines) + "\n"


def files_table(readings: Sequence[Reading]) -> str:
    """Return one line for each file: what it was recognised as, or the sentence it was refused with."""
    lines = ["| file | recognised as | seconds | memory |", "|---|---|---:|---:|"]
    for one in readings:
        what = one.sentence if one.outcome == REFUSED else f"{one.outcome}, {one.usable:,} of {one.rows:,} rows"
        lines.append(f"| {one.name} | {what} | {one.seconds:.2f} | {one.memory:.0f} MB |")
    return "\n".join(lines) + "\n"
