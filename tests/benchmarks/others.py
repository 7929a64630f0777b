"""The same list imported by other programs, where they are installed: `pip install 'learnpath[benchmark]'`.

Their packages are imported here alone, and only when they are measured.
"""

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from tests.benchmarks.fill import COLUMNS


def is_installed(package: str) -> bool:
    """Return whether a package is there to be measured."""
    return find_spec(package) is not None


def import_with_sqlite_utils(folder: Path, file: Path) -> None:
    """Run `sqlite-utils insert --csv` and `sqlite-utils enable-fts` on the columns that our search covers, too."""
    cli: Any = import_module("sqlite_utils.cli").cli
    database = str(folder / "sqlite-utils.db")
    cli.main(["insert", database, "program", str(file), "--csv", "--silent"], standalone_mode=False)
    cli.main(["enable-fts", database, "program", "title", "provider", "url"], standalone_mode=False)


def import_with_anki(folder: Path, file: Path) -> None:
    """Import the list into an empty Anki collection as notes with one field for each column, the header as one too."""
    collection_module: Any = import_module("anki.collection")
    collection: Any = collection_module.Collection(str(folder / "anki.anki2"))
    try:
        kind = collection.models.new("Program")
        for name in COLUMNS:
            collection.models.add_field(kind, collection.models.new_field(name))
        template = collection.models.new_template("Card")
        template["qfmt"], template["afmt"] = "{{title}}", "{{provider}}"
        collection.models.add_template(kind, template)
        kind_id = collection.models.add_dict(kind).id
        metadata = collection.get_csv_metadata(path=str(file), delimiter=None)
        metadata.global_notetype.id = kind_id
        # Columns count from 1.
        metadata.global_notetype.field_columns[:] = range(1, len(COLUMNS) + 1)
        request = collection_module.ImportCsvRequest(path=str(file), metadata=metadata)
        _ = collection.import_csv(request)
    finally:
        collection.close()
