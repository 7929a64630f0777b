"""The commands that need the window, seen or unseen: gui, demo, screenshots."""

import os
import re
import shlex
from datetime import date
from pathlib import Path

import click

from learnpath.cli.context import CommandContext, pass_context
from learnpath.cli.printing import say
from learnpath.domain.wording import count_text, date_text, distance_text, minutes_text
from learnpath.errors import UsageError
from learnpath.resources import resource_path
from learnpath.services.exporting import export_library
from learnpath.services.importing import apply_previews, preview_file
from learnpath.services.libraries import open_library
from learnpath.services.overview import read_overview
from learnpath.services.sample import add_sample
from learnpath.storage.library import Library

_THEMES = ("light", "dark", "contrast")
_MOST_DEADLINES = 6


@click.command("gui", short_help="Open the window.")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@pass_context
def gui(context: CommandContext, files: tuple[Path, ...] = ()) -> None:
    """Open the window; FILES are led to the import."""
    from learnpath.app import run_window

    raise SystemExit(run_window(context.folder, context.chosen_today, files))


@click.command("screenshots", short_help="Write a picture of every screen.")
@click.argument("out", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@click.option("--theme", type=click.Choice(_THEMES), default="light", show_default=True, help="Of the window.")
@click.option("--size", default="1320x840", show_default=True, metavar="WxH", help="Of the window, in logical pixels.")
@click.option("--scale", type=click.FloatRange(1, 4), default=1.0, show_default=True, help="Pixels to a logical one.")
@click.option("--text", type=click.FloatRange(1, 2), default=1.0, show_default=True, help="Size of the text.")
@pass_context
def screenshots(context: CommandContext, out: Path, theme: str, size: str, scale: float, text: float) -> None:
    """Write a picture of every screen into DIR, as SCREEN.png. Works without a display."""
    from learnpath.app import write_screenshots

    with context.library() as library:
        written = write_screenshots(library, context.today, out, theme, _size(size), scale, text)
    say(f"Wrote {count_text(len(written), 'picture')} into {out}.")


@click.command("demo", short_help="Make a sample library and show what it does.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("learnpath-demo"),
    show_default=True,
    help="Where the sample library, the portfolio and the pictures go.",
)
@click.option("--no-window", is_flag=True, help="Open no window even when there is a display.")
@pass_context
def demo(context: CommandContext, out: Path, no_window: bool) -> None:
    """Make a sample library and show what Learnpath does with it.

    Writes OUT/library, OUT/portfolio.pdf and OUT/screens, prints progress and the next deadlines, and opens the
    window when there is a display. Running it again makes the sample anew.
    """
    from learnpath.app import has_display, run_window, write_screenshots

    today = context.today
    opens_window = has_display(os.environ) and not no_window
    library = open_library(out / "library")
    try:
        credentials = add_sample(library, today).value
        say(f"Sample library with {count_text(credentials, 'credential')}: {out / 'library'}")
        _import_list(library, resource_path("samples/program-list.csv"))
        pdf = out / "portfolio.pdf"
        for note in export_library(library, "pdf", pdf, today=today):
            say(note)
        say(f"Portfolio: {pdf}")
        _print_progress(library, today)
        written = write_screenshots(library, today, out / "screens", "light", (1320, 840), 1.0, 1.0)
        say("", f"Pictures of {count_text(len(written), 'screen')}: {out / 'screens'}")
    finally:
        library.close()
    if opens_window:
        raise SystemExit(run_window(out / "library", context.chosen_today, ()))
    say(f"Open it on a desktop: learnpath --library {shlex.quote(str(out / 'library'))}")


def _import_list(library: Library, file: Path) -> None:
    result = apply_previews(library, [preview_file(library, file.name, file.read_bytes())]).value[0]
    say(
        f"Imported {file.name}: {result.new} new, {result.updated} updated, {result.same} same, "
        f"{result.undecided} to decide, {result.broken} broken"
    )
    for _, message in result.problems:
        say(f"  {message}")


def _print_progress(library: Library, today: date) -> None:
    overview = read_overview(library, today)
    say("", f"{count_text(overview.valid, 'valid credential')}, {overview.valid_with_proof} with proof.")
    say(f"This week: {minutes_text(overview.week_minutes)} of {minutes_text(overview.week_goal_minutes)}.")
    for path in overview.paths:
        say(
            f"{path.path.title}: {path.percent} %, {path.steps_done} of {len(path.steps)} steps, "
            f"{minutes_text(path.minutes_left)} left"
        )
    say("", "Next deadlines:")
    for one in overview.deadlines[:_MOST_DEADLINES]:
        say(f"  {date_text(one.on):<12} {distance_text(one.days(today)):<12} {one.title}: {one.explanation}")


def _size(text: str) -> tuple[int, int]:
    found = re.fullmatch(r"(\d{3,4})x(\d{3,4})", text, re.ASCII)
    if found is None:
        raise UsageError(f"“{text}” is no size of a window.", "Write it as 1320x840.")
    return int(found[1]), int(found[2])
