"""Random sequences of service calls with undo, redo, closing, and export into an empty library."""

import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import rule, run_state_machine_as_test
from tests.rigs.result import Result
from tests.rigs.work import open_library
from tests.unit.services.test_undo_of_everything import ChangesAndUndo

from learnpath.domain.contents import LibraryContents
from learnpath.services.exporting import library_json
from learnpath.services.importing import apply_previews, preview_file
from learnpath.storage.evidence_store import read_file

_STEPS = 50


class ChangesAndRoundTrips(ChangesAndUndo):
    """The same, and at any point the library's export makes an equal library elsewhere, which can be undone."""

    sequences = 0

    def __init__(self) -> None:
        super().__init__()
        type(self).sequences += 1

    @rule()
    def export_and_import(self) -> None:
        data, notes = library_json(self.library)
        assert notes == ()
        folder = Path(tempfile.mkdtemp(prefix="learnpath-copy-"))
        copy = open_library(folder / "library", 3600)
        try:
            _ = apply_previews(copy, [preview_file(copy, "library.json", data)])
            assert without_names(copy.contents()) == without_names(self.now)
            for one in copy.all(type(self.now.evidence[0])) if self.now.evidence else ():
                assert read_file(copy.files_folder, one.file_name)
            assert preview_file(copy, "library.json", data).records_to_write == 0
            _ = copy.undo()
            assert copy.contents() == LibraryContents()
        finally:
            copy.close()
            shutil.rmtree(folder)


def without_names(contents: LibraryContents) -> LibraryContents:
    """Return contents without the names of stored files, which are each library's own matter."""
    return replace(
        contents,
        evidence=tuple(replace(one, file_name="") for one in contents.evidence),
        imports=tuple(replace(one, file_name="") for one in contents.imports),
    )


def run(count: int) -> Result:
    """Run so many sequences of at most 50 calls."""
    result = Result("random sequences with undo and round trip", "same contents after undo and redo; round trip equal")
    ChangesAndRoundTrips.sequences = 0
    try:
        run_state_machine_as_test(
            ChangesAndRoundTrips,
            settings=settings(
                max_examples=count,
                stateful_step_count=_STEPS,
                deadline=None,
                database=None,
                phases=(Phase.generate,),
                suppress_health_check=list(HealthCheck),
            ),
        )
    except Exception as error:  # noqa: BLE001 - any exception is what the rig looks for
        result.failures.append(f"{type(error).__name__}: {error}")
    result.count = ChangesAndRoundTrips.sequences
    return result.finish()
