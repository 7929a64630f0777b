"""What every command shares: the library it works on, the day it is, and whether it answers in JSON."""

import os
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import ParamSpec, TypeVar

import click

from learnpath.paths import find_paths
from learnpath.services.libraries import open_library
from learnpath.settings import Settings
from learnpath.storage.library import Library

P = ParamSpec("P")
T = TypeVar("T")


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

    @property
    def settings(self) -> Settings:
        """Return the settings of this machine, read anew."""
        return Settings(find_paths(os.environ).settings_file)

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
        if value:
            context.ensure_object(CommandContext).as_json = True

    return click.option(
        "--json", is_flag=True, expose_value=False, callback=remember, help="Print JSON instead of text."
    )(command)
