"""The group of all commands and the options before them."""

import os
from datetime import date
from pathlib import Path

import click

from learnpath import __version__
from learnpath.cli.context import CommandContext
from learnpath.cli.keeping import backup, check, restore
from learnpath.cli.reading import (
    list_credentials,
    list_programs,
    show_deadlines,
    show_history,
    show_progress,
    show_record,
)
from learnpath.cli.window import demo, gui, screenshots
from learnpath.cli.writing import export, import_files, redo, undo
from learnpath.paths import find_paths
from learnpath.settings import LIBRARY_FOLDER, Settings


class _Day(click.ParamType[date]):
    name = "YYYY-MM-DD"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value} is no day such as 2026-11-21.", param, ctx)


@click.group(context_settings={"help_option_names": ["-h", "--help"]}, invoke_without_command=True)
@click.option("--library", "folder", type=click.Path(path_type=Path), help="The library folder to work on.")
@click.option("--today", type=_Day(), help="Pretend that today is this day (for scripts and checks).")
@click.version_option(__version__, prog_name="learnpath")
@click.pass_context
def commands(context: click.Context, folder: Path | None, today: date | None) -> None:
    """Track credentials, learning paths and deadlines, and show them in a portfolio.

    Without a command the window opens.
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
    show_record,
    show_progress,
    show_deadlines,
    export,
    show_history,
    undo,
    redo,
    backup,
    restore,
    check,
    screenshots,
    gui,
):
    commands.add_command(command)
