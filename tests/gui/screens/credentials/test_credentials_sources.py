from tests.gui.screens.credentials.conftest import Bench

from learnpath.gui.widgets.plain_label import PlainLabel
from learnpath.services.importing import apply_previews, preview_file

_TABLE = b"Title,Issuer,Issue date\nCloud <b>Basics</b>,Guild,2025-01\n"


def test_the_inspector_tells_where_fields_came_from(empty_bench: Bench) -> None:
    library = empty_bench.context.library
    empty_bench.context.operations.change(lambda: apply_previews(library, [preview_file(library, "mine.csv", _TABLE)]))
    empty_bench.settle()
    _ = empty_bench.select("Cloud <b>Basics</b>")
    label = empty_bench.screen.findChild(PlainLabel, "source0")
    assert label is not None
    assert label.text().startswith("mine.csv, ")
    assert label.toolTip() == "<qt>Title, Issuer, Stage, Earned</qt>"


def test_what_was_typed_has_no_sources(bench: Bench) -> None:
    _ = bench.select(bench.titles()[0])
    assert bench.screen.findChild(PlainLabel, "source0") is None
