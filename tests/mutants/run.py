"""Reading mutants of one kind, and the table of what came of it."""

import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from random import Random
from types import FrameType

from tests.file_parts import parse_parts
from tests.memory import PeakMemory, megabytes_of_largest_child
from tests.mutants.seeds import Seed, format_of, name_of

from learnpath.errors import KnownError
from learnpath.interchange.drafts import CredentialDraft, ParsedFile, ProgramDraft
from learnpath.interchange.formats import parse_file
from learnpath.interchange.known_records import KnownRecords
from learnpath.interchange.plan import plan_import

# Five seconds for one file, and a half for ending the process that reads a PDF when it is late.
HANG_SECONDS = 5.5
_SENTENCES = (".", "”")


class Hang(BaseException):
    """A file took too long; no Exception, so that no parser takes it for damage of the file."""


@dataclass
class Outcome:
    """What became of the mutants of one kind. `crashes` and `hangs` say which mutant, for `mutants.run.mutant_of`."""

    kind: str
    mutants: int = 0
    read: int = 0
    refused: int = 0
    crashes: list[str] = field(default_factory=list[str])
    hangs: list[str] = field(default_factory=list[str])
    slowest: float = 0.0
    memory: float = 0.0


def mutant_of(kind: str, seeds: Sequence[Seed], number: int) -> bytes:
    """Return one mutant, the same whenever it is asked for."""
    chance = Random(f"{kind} {number}")
    return chance.choice(seeds).mutant(chance)


def run_kind(kind: str, seeds: Sequence[Seed], count: int, watch: Callable[[], object] = lambda: None) -> Outcome:
    """Read so many mutants of a kind, every second one with its format given, and plan what was read.

    `watch` is called before each.
    """
    outcome = Outcome(kind)
    memory = PeakMemory()
    for number in range(count):
        data = mutant_of(kind, seeds, number)
        watch()
        _read_one(outcome, data, format_of(kind) if number % 2 else None, number)
    outcome.memory = max(memory.extra, megabytes_of_largest_child() if kind == "pdf_certificate" else 0.0)
    return outcome


def _read_one(outcome: Outcome, data: bytes, format_name: str | None, number: int) -> None:
    which = f"{outcome.kind} {number}"
    started = time.perf_counter()
    outcome.mutants += 1
    try:
        with _limited():
            is_read = answer(data, format_name, name_of(outcome.kind))
        outcome.read += is_read
        outcome.refused += not is_read
    except Hang:
        outcome.hangs.append(which)
    except Exception as error:  # noqa: BLE001 - any other exception is what is looked for
        place = traceback.extract_tb(error.__traceback__)[-1]
        outcome.crashes.append(f"{which}: {type(error).__name__}: {error} ({place.filename}:{place.lineno})")
    spent = time.perf_counter() - started
    outcome.slowest = max(outcome.slowest, spent)
    if spent > HANG_SECONDS and which not in outcome.hangs:
        outcome.hangs.append(which)


def answer(data: bytes, format_name: str | None = None, file_name: str = "file") -> bool:
    """Return whether a file is read; fails unless it is, or is refused with a sentence and what to do."""
    refusal: KnownError | None = None
    parts: list[ParsedFile] = []
    try:
        parts = [parse_file(data, file_name, format=format_name)] if format_name else parse_parts(data, file_name)
    except KnownError as error:
        refusal = error
    if refusal is not None:
        assert refusal.message.endswith(_SENTENCES), refusal.message
        assert refusal.hint
        return False
    for part in parts:
        _check(part)
        if part.kind != "library":
            assert len(plan_import(part, KnownRecords(part.kind, [], {})).rows) == len(part.rows)
    return True


def _check(parsed: ParsedFile) -> None:
    for row in parsed.rows:
        assert row.problems or row.draft is not None
        assert row.line >= 1
        address = ""
        if isinstance(row.draft, ProgramDraft):
            assert row.draft.name
            address = row.draft.url
        elif isinstance(row.draft, CredentialDraft):
            assert row.draft.title
            address = row.draft.verification_url
        assert not address or address.lower().startswith(("http://", "https://"))
        if parsed.format == "badge":
            assert all(text.isprintable() and len(text) <= 350 for text in (*row.problems, *row.raw))


@contextmanager
def _limited() -> Iterator[None]:
    """Break the work off when it hangs, where the system can."""
    if sys.platform == "win32":
        yield
        return
    before = signal.signal(signal.SIGALRM, _raise_hang)
    signal.setitimer(signal.ITIMER_REAL, HANG_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        _ = signal.signal(signal.SIGALRM, before)


def _raise_hang(_number: int, _frame: FrameType | None) -> None:
    raise Hang


def table(outcomes: Sequence[Outcome]) -> str:
    """Return the outcomes as a Markdown table, with the first crashes and hangs of each below it."""
    lines = [
        "| format | mutants | read | refused | crashes | hangs | slowest | peak memory |",
        "|---|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for one in outcomes:
        lines.append(
            f"| {one.kind} | {one.mutants:,} | {one.read:,} | {one.refused:,} | {len(one.crashes):,} | "
            f"{len(one.hangs):,} | {one.slowest:.2f} s | {one.memory:.0f} MB |"
        )
    for one in outcomes:
        lines += [*one.crashes[:5], *(f"{which}: hangs" for which in one.hangs[:5])]
    return "\n".join(lines) + "\n"
