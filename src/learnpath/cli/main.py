"""The group of all commands, the options before them, and how a command ends."""

import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

import click

from learnpath import __version__
from learnpath.cli.context import CommandContext
from learnpath.cli.importing import import_files
from learnpath.cli.issuers import issuers
from learnpath.cli.keeping import backup, check, restore
from learnpath.cli.looking import look
from learnpath.cli.printing import prepare_streams, print_error, say
from learnpath.cli.reading import (
    list_credentials,
    list_programs,
    show_deadlines,
    show_history,
    show_progress,
    show_record,
)
from learnpath.cli.window import demo, gui, screenshots
from learnpath.cli.writing import export, redo, undo
from learnpath.errors import KnownError, UsageError
from learnpath.paths import find_paths
from learnpath.settings import LIBRARY_FOLDER, Settings

# Rules look decades back and ahead of today, and the calendar has to reach that far.
_YEARS = range(1900, 3000)


def _day(_context: click.Context, _parameter: click.Parameter, value: str | None) -> date | None:
    if value is None:
        return None
    try:
        day = date.fromisoformat(value)
    except ValueError:
        raise click.BadParameter(f"{value} is no day such as 2026-11-21.") from None
    if day.year not in _YEARS:
        raise click.BadParameter(f"{value} is not between {_YEARS[0]} and {_YEARS[-1]}.")
    return day


class _Commands(click.Group):
    """Ends every command alike: a known error as one sentence, or as JSON with `--json`, and its exit code."""

    def main(self, args: Sequence[str] | None = None, prog_name: str | None = None, *_: Any, **__: Any) -> NoReturn:
        prepare_streams()
        as_json = "--json" in (sys.argv[1:] if args is None else args)
        try:
            code = super().main(args, prog_name, standalone_mode=False)
        except KnownError as error:
            print_error(error, as_json=as_json)
            sys.exit(error.exit_code)
        except click.ClickException as error:
            if as_json:
                print_error(_usage_error(error), as_json=True)
            else:
                error.show()
            sys.exit(error.exit_code)
        except click.Abort:
            say("Stopped.", err=True)
            sys.exit(1)
        sys.exit(code if isinstance(code, int) else 0)


def _usage_error(error: click.ClickException) -> UsageError:
    context = error.ctx if isinstance(error, click.UsageError) else None
    return UsageError(error.format_message(), f"See {context.command_path} --help." if context else "")


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"]},
    invoke_without_command=True,
    epilog="Leaves with 0: done. 1: done, but something was rejected or is not as it should be. 2: wrong use, or no "
    "display. 3: the library cannot be used.",
)
@click.option(
    "--library", "folder", type=click.Path(path_type=Path), help="The library folder to work on; made when new."
)
@click.option("--today", callback=_day, metavar="YYYY-MM-DD", help="Take this day for today (for scripts and checks).")
@click.version_option(__version__, "--version", prog_name="learnpath")
@click.pass_context
def commands(context: click.Context, folder: Path | None, today: date | None) -> None:
    """Track credentials, learning paths and deadlines, and show them in a portfolio.

    Without a command the window opens. Commands that read take --json.
    """
    context.obj = CommandContext(folder or _usual_folder(), today)
    if context.invoked_subcommand is None:
        context.invoke(gui)


def _usual_folder() -> Path:
    places = find_paths(os.environ)
    chosen = Settings(places.settings_file).get(LIBRARY_FOLDER, "")
    return Path(chosen) if chosen else places.library


for command in (
    demo,
    import_files,
    list_credentials,
    list_programs,
    issuers,
    show_record,
    show_progress,
    show_deadlines,
    export,
    show_history,
    undo,
    redo,
    backup,
    restore,
    look,
    check,
    screenshots,
    gui,
):
    commands.add_command(command)
