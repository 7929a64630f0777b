"""The columns of the preview, by the kind of records in a file."""

from dataclasses import dataclass

from learnpath.gui.screens.importing.wording import say
from learnpath.interchange.drafts import RowsKind


@dataclass(frozen=True, slots=True)
class PreviewColumn:
    """One column: its key, title, and width in logical pixels at 100 %; `share` divides what is left."""

    key: str
    title: str
    width: int = 0
    share: int = 0


def columns_for(kind: RowsKind) -> tuple[PreviewColumn, ...]:
    """Return the columns of a list of records of a kind."""
    effect = PreviewColumn("effect", say("What happens"), 124)
    title, issuer = PreviewColumn("title", say("Title"), share=42), PreviewColumn("issuer", say("Issuer"), share=22)
    note = PreviewColumn("note", say("Note"), share=36)
    match kind:
        case "programs":
            middle = (issuer, PreviewColumn("effort", say("Effort"), 76), PreviewColumn("cost", say("Cost"), 92))
        case "credentials":
            earned, until = PreviewColumn("earned", say("Earned"), 104), PreviewColumn("until", say("Valid until"), 104)
            middle = (issuer, earned, until)
        case "skills":
            middle = (PreviewColumn("others", say("Also called"), share=44),)
        case "paths":
            middle = (PreviewColumn("description", say("Description"), share=26),)
    return (effect, title, *middle, note)
