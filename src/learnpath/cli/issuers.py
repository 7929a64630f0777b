"""The command that lists issuers, gives them other names, and makes one of two."""

from collections.abc import Sequence
from dataclasses import replace

import click

from learnpath.cli.context import CommandContext, json_option, pass_context
from learnpath.cli.printing import print_json, print_table, say
from learnpath.domain.changes import Outcome
from learnpath.domain.names import fold_name
from learnpath.domain.records import Issuer
from learnpath.errors import UsageError
from learnpath.services.issuers import IssuerLine, find_issuer, list_issuers, merge_issuers, save_issuer
from learnpath.storage.library import Library


@click.command("issuers", short_help="List issuers, name them, make one of two.")
@click.argument("name", required=False, default="")
@click.option("--alias", "added", multiple=True, metavar="OTHER", help="Files call it OTHER, too. Repeatable.")
@click.option("--remove-alias", "removed", multiple=True, metavar="OTHER", help="OTHER is not this issuer. Repeatable.")
@click.option("--rename", "new_name", metavar="NEW", help="Call it NEW; the name it had stays as another name.")
@click.option(
    "--merge",
    "merged",
    multiple=True,
    metavar="OTHER",
    help="Make the issuer OTHER a part of NAME: what it awarded, and its names. Repeatable.",
)
@json_option
@pass_context
def issuers(
    context: CommandContext,
    name: str,
    added: tuple[str, ...],
    removed: tuple[str, ...],
    new_name: str | None,
    merged: tuple[str, ...],
) -> None:
    """List issuers with the other names that files use for them, all or those with NAME in one of their names.

    With an option NAME is one issuer: its name, one of its other names or its id. Each call is one change that undo
    takes back.
    """
    is_edit = bool(added or removed or new_name is not None)
    if not name and (is_edit or merged):
        raise UsageError("No issuer is named.", "Write the name of the issuer before the options.")
    if is_edit and merged:
        raise UsageError("--merge stands alone.", "Merge first, then edit the names.")
    with context.library() as library:
        if not is_edit and not merged:
            _print_lines(context, list_issuers(library, name), is_search=bool(name))
            return
        issuer = find_issuer(library, name)
        if merged:
            outcome = merge_issuers(library, issuer.id, [find_issuer(library, one).id for one in merged])
        else:
            outcome = _edit(library, issuer, added, removed, new_name)
        (line,) = [one for one in list_issuers(library) if one.id == issuer.id]
    if context.as_json:
        print_json(_line_json(line))
        return
    label = outcome.change.label if outcome.change is not None else "Nothing to change"
    say(f"{label}. {_known_text(line.issuer)}")


def _edit(
    library: Library, issuer: Issuer, added: Sequence[str], removed: Sequence[str], new_name: str | None
) -> Outcome[Issuer]:
    gone = {fold_name(one) for one in removed}
    if unknown := [one for one in removed if fold_name(one) not in map(fold_name, issuer.aliases)]:
        raise UsageError(f"“{unknown[0]}” is no other name of {issuer.name}.", _known_text(issuer))
    kept = tuple(one for one in issuer.aliases if fold_name(one) not in gone)
    name = issuer.name if new_name is None else new_name
    return save_issuer(library, replace(issuer, name=name, aliases=(*kept, *added)))


def _known_text(issuer: Issuer) -> str:
    if not issuer.aliases:
        return f"{issuer.name} has no other names."
    return f"{issuer.name} is also called {', '.join(f'“{one}”' for one in issuer.aliases)}."


def _print_lines(context: CommandContext, lines: Sequence[IssuerLine], *, is_search: bool) -> None:
    if context.as_json:
        print_json([_line_json(line) for line in lines])
        return
    rows = [
        (str(one.id), one.issuer.name, ", ".join(one.issuer.aliases), f"{one.programs:,}", f"{one.credentials:,}")
        for one in lines
    ]
    empty = "No issuer matches." if is_search else "There are no issuers yet. Import a file to begin."
    columns = ("Id", "Issuer", "Other names", "Programs", "Credentials")
    print_table(columns, rows, empty=empty, whole=("Id", "Programs", "Credentials"))


def _line_json(line: IssuerLine) -> dict[str, object]:
    return {
        "id": str(line.id),
        "name": line.issuer.name,
        "aliases": list(line.issuer.aliases),
        "url": line.issuer.url,
        "programs": line.programs,
        "credentials": line.credentials,
    }
