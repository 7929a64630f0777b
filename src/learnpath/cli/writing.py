"""The commands that change the library or write files: export, undo, redo. Importing is in `importing`."""

from pathlib import Path

import click

from learnpath.cli.context import CommandContext, pass_context
from learnpath.cli.printing import say
from learnpath.domain.changes import ChangeSet
from learnpath.domain.wording import count_text
from learnpath.errors import KnownError
from learnpath.services.exporting import EXPORT_KINDS, export_library


@click.command("export", short_help="Write the portfolio, a table or the whole library.")
@click.argument("kind", type=click.Choice(EXPORT_KINDS))
@click.argument("out", type=click.Path(path_type=Path))
@click.option(
    "--portfolio", metavar="NAME", help="Which version of the portfolio goes into the PDF (the first one without this)."
)
@pass_context
def export(context: CommandContext, kind: str, out: Path, portfolio: str | None) -> None:
    """Write the portfolio (pdf), the credentials (csv) or the whole library (json) to OUT.

    A file that is there already is replaced.
    """
    with context.library() as library:
        notes = export_library(library, kind, out, today=context.today, portfolio_name=portfolio)
    for note in notes:
        say(note, err=True)
    say(f"Wrote {out}.")


@click.command("undo")
@pass_context
def undo(context: CommandContext) -> None:
    """Take back the last change."""
    with context.library() as library:
        _tell("Undone", library.undo(), "There is nothing to undo.")


@click.command("redo")
@pass_context
def redo(context: CommandContext) -> None:
    """Repeat the change that was taken back last."""
    with context.library() as library:
        _tell("Redone", library.redo(), "There is nothing to redo.")


def _tell(done: str, change: ChangeSet | None, nothing: str) -> None:
    if change is None:
        raise KnownError(nothing)
    say(f"{done}: {change.label} ({count_text(len(change.ids), 'record')}).")
