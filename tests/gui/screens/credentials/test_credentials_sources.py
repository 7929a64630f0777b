from tests.gui.screens.credentials.conftest import Bench

from learnpath.gui.widgets.plain_label import PlainLabel
from learnpath.services.importing import ReadingOptions, apply_previews, preview_file

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
    assert empty_bench.screen.findChild(PlainLabel, "source1") is None


def test_the_inspector_tells_what_was_typed_while_importing(empty_bench: Bench) -> None:
    library = empty_bench.context.library
    typed = ReadingOptions(corrections={(2, 0): "Rigging"})
    data = _TABLE.replace(b"Cloud <b>Basics</b>", b"n/a")
    empty_bench.context.operations.change(
        lambda: apply_previews(library, [preview_file(library, "mine.csv", data, typed)])
    )
    empty_bench.settle()
    _ = empty_bench.select("Rigging")
    label = empty_bench.screen.findChild(PlainLabel, "source1")
    assert label is not None
    assert label.text() == "Typed by you: Title"


def test_what_was_typed_has_no_sources(bench: Bench) -> None:
    _ = bench.select(bench.titles()[0])
    assert bench.screen.findChild(PlainLabel, "source0") is None
