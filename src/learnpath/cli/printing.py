"""How the command line prints: sentences, tables and JSON, with text from outside as text and nothing else.

Belongs here: streams, escaping, tables. Not here: what is printed.
"""

import json
import re
import sys
from collections.abc import Iterable, Sequence

from learnpath.errors import KnownError

# What a terminal acts upon instead of showing it: the control characters of Unicode (category Cc), what overrides or
# isolates the direction of text, the two separators that end a line; and halves of surrogate pairs, which have no
# form outside Python.
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_WIDEST = 100_000
_LINE_ENDS = re.compile("\r\n|[\r\n\t\x0b\x0c\x85\u2028\u2029]")


def prepare_streams() -> None:
    """Let what a terminal's encoding lacks come out as a question mark instead of ending the command."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")


def one_line(text: str) -> str:
    """Return a text as one line without anything that a terminal would act upon."""
    return _CONTROLS.sub("\ufffd", _LINE_ENDS.sub(" ", text))


def say(*lines: str, err: bool = False) -> None:
    """Print each text as one line."""
    for line in lines:
        _write(one_line(line), err=err)


def print_error(error: KnownError, *, as_json: bool) -> None:
    """Print a known error to standard error: its sentence and its hint, or both as JSON."""
    if as_json:
        _write(
            json_text({"error": error.message, "hint": error.hint}, indent=None, encoding=sys.stderr.encoding), err=True
        )
        return
    say(error.message, *([error.hint] if error.hint else []), err=True)


def print_json(value: object) -> None:
    """Print a value as JSON to standard output."""
    _write(json_text(value, indent=2, encoding=sys.stdout.encoding))


def json_text(value: object, *, indent: int | None, encoding: str) -> str:
    """Return a value as JSON that arrives whole: escaped where a terminal would act or an encoding would lose it."""
    is_unicode = encoding.lower().startswith("utf")
    text = json.dumps(value, ensure_ascii=not is_unicode, indent=indent)
    # The line ends of the layout stay; inside texts they are escaped already.
    return _CONTROLS.sub(lambda found: found[0] if found[0] == "\n" else f"\\u{ord(found[0]):04x}", text)


def print_table(
    columns: Sequence[str], rows: Iterable[Sequence[str]], *, empty: str, whole: Sequence[str] = ()
) -> None:
    """Print rows as a plain table, or a sentence when there are none.

    On a terminal the table is as wide as that, and the columns named in `whole` are never broken. Elsewhere every
    row is one line.
    """
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    listed = list(rows)
    if not listed:
        say(empty)
        return
    is_terminal = sys.stdout.isatty()
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold", no_wrap=column in whole)
    for row in listed:
        # Text objects: what comes from files is never read as markup.
        table.add_row(*(Text(one_line(cell)) for cell in row))
    Console(file=sys.stdout, width=None if is_terminal else _WIDEST, highlight=False).print(table)


def _write(line: str, *, err: bool = False) -> None:
    stream = sys.stderr if err else sys.stdout
    stream.write(f"{line}\n")
    stream.flush()
