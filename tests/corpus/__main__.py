"""`python -m tests.corpus [--files] [FOLDER]`: imports every file of a folder's folders and judges what came of it.

Each file goes into an empty library of its own, twice. FOLDER is the folder of sample files when none is named; of
other files only the promises are judged: read or refused with a sentence, every row accounted for, in 5 seconds.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from tests.corpus.check import Reading, files_table, read_corpus, rows_table, table
from tests.unit.interchange.samples import sample_folder


def main(arguments: list[str]) -> int:
    """Read the folder, print the tables and return the exit code: 1 when anything is wrong, 2 without a folder."""
    parser = argparse.ArgumentParser(prog="python -m tests.corpus", description="What becomes of real files.")
    _ = parser.add_argument("--files", action="store_true", help="a line for each file, too")
    _ = parser.add_argument("folder", nargs="?", type=Path, default=sample_folder(), metavar="FOLDER")
    chosen = parser.parse_args(arguments)
    if chosen.folder is None or not chosen.folder.is_dir():
        parser.error("there is no folder of sample files: name one, or set LEARNPATH_SAMPLES to it")
    readings: list[Reading] = []
    with tempfile.TemporaryDirectory(prefix="learnpath-corpus-") as place:
        for reading in read_corpus(chosen.folder, Path(place)):
            readings.append(reading)
    if chosen.files:
        sys.stdout.write(files_table(readings) + "\n")
    sys.stdout.write(rows_table(readings) + "\n" + table(readings))
    return 1 if any(reading.wrong for reading in readings) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
