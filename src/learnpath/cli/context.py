"""What every command shares: the library it works on, the day it is, and how it prints."""

import json
import sys
from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

import click

from learnpath.errors import KnownError
from learnpath.services.libraries import open_library
from learnpath.storage.library import Library

P = ParamSpec("P")
T = TypeVar("T")

Json = dict[str, "Json"] | list["Json"] | str | int | float | bool | None


@dataclass(slots=True)
class CommandContext:
    """The options given before the command. `as_json` is set by the commands that read."""

    folder: Path
    chosen_today: date | None
    as_json: bool = False

    @property
    def today(self) -> date:
        """Return the day chosen with `--today`, else the real one."""
        return self.chosen_today or date.today()  # noqa: DTZ011 - the day where the person is

    @contextmanager
    def library(self) -> Generator[Library]:
        """Open the library for the length of a command."""
        library = open_library(self.folder)
        try:
            yield library
        finally:
            library.close()


pass_context = click.make_pass_decorator(CommandContext)


def json_option(command: Callable[P, T]) -> Callable[P, T]:
    """Add `--json` to a command that reads."""

    def remember(context: click.Context, _parameter: click.Parameter, value: bool) -> None:
        context.ensure_object(CommandContext).as_json = value

    return click.option(
        "--json", is_flag=True, expose_value=False, callback=remember, help="Print JSON instead of a table."
    )(command)


def known_errors(command: Callable[P, T]) -> Callable[P, T]:
    """Print a known error as one sentence (JSON on standard error with `--json`) and leave with its exit code."""

    @wraps(command)
    def run(*arguments: P.args, **options: P.kwargs) -> T:
        try:
            return command(*arguments, **options)
        except KnownError as error:
            print_error(error, as_json=click.get_current_context().ensure_object(CommandContext).as_json)
            sys.exit(error.exit_code)

    return run


def print_error(error: KnownError, *, as_json: bool) -> None:
    """Print a known error to standard error."""
    if as_json:
        click.echo(json.dumps({"error": error.message, "hint": error.hint}, ensure_ascii=False), err=True)
        return
    click.echo(error.message, err=True)
    if error.hint:
        click.echo(error.hint, err=True)


def print_json(value: object) -> None:
    """Print a value as JSON to standard output."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def print_table(columns: Sequence[str], rows: Iterable[Sequence[str]], *, empty: str) -> None:
    """Print rows as a plain table as wide as the terminal, or a sentence when there are none."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    listed = list(rows)
    if not listed:
        click.echo(empty)
        return
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in listed:
        # Text objects: what comes from files is never read as markup.
        table.add_row(*(Text(cell) for cell in row))
    console = Console(highlight=False)
    console.print(table)
