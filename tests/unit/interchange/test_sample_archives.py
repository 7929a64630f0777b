"""Every file of the sample folders with workbooks, Markdown lists and exports is read, or refused with a sentence."""

import time
from contextlib import suppress
from pathlib import Path

import pytest
from tests.unit.interchange.samples import sample_folder

from learnpath.errors import KnownError
from learnpath.interchange.formats import parse_parts

FOLDER = sample_folder()
FOLDERS = (
    "catalogue_xlsx",
    "xlsx_odd",
    "catalogue_md",
    "linkedin",
    "hostile",
    "tabular_odd",
    "catalogue_csv",
    "edubadges",
)
FILES = sorted(path for name in FOLDERS for path in (FOLDER / name).glob("*")) if FOLDER else []
REFUSED = {
    "calamine_empty_sheet.xlsx": "no rows",
    "calamine_errors.xlsx": "no rows",
    "zip-slip.zip": "a ZIP archive",
    "csv_formula_payloads.txt": "a text file without columns",
    "synthetic_Email_Addresses.csv": "the list of email addresses of a LinkedIn export",
    "synthetic_Positions.csv": "the list of jobs of a LinkedIn export",
    "synthetic_Profile.csv": "the profile of a LinkedIn export",
}
# Format, number of rows and of those that can be used.
READ = {
    "class_central_dup_header.xlsx": [("spreadsheet", 84, 84)],
    "messytables_simple.xlsx": [("spreadsheet", 6, 6)],
    "calamine_merged_range.xlsx": [("spreadsheet", 2, 0)],
    "free_certifications.md": [("markdown_table", 194, 127)],
    "free_certifications_expired.md": [("markdown_table", 63, 63)],
    "Learning_real_dates_shifted.csv": [("linkedin_learning", 25, 25)],
    "synthetic_Education.csv": [("linkedin_education", 2, 2)],
    "synthetic_Skills.csv": [("linkedin_skills", 60, 60)],
    "synthetic_complete_export.zip": [
        ("linkedin_learning", 129, 129),
        ("linkedin_education", 2, 2),
        ("linkedin_skills", 60, 60),
    ],
}

pytestmark = pytest.mark.skipif(not FILES, reason="no folder of sample files: set LEARNPATH_SAMPLES to one")


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_sample_is_read_or_refused_in_time(path: Path) -> None:
    data = path.read_bytes()
    began = time.monotonic()
    if path.name in REFUSED:
        with pytest.raises(KnownError, match=REFUSED[path.name]) as caught:
            _ = parse_parts(data, path.name)
        assert caught.value.hint
    elif path.parent.name in ("hostile", "tabular_odd"):
        with suppress(KnownError):
            _ = parse_parts(data, path.name)
    else:
        parts = parse_parts(data, path.name)
        found = [(part.format, len(part.rows), sum(row.draft is not None for row in part.rows)) for part in parts]
        assert found == READ.get(path.name, found)
    assert time.monotonic() - began < 5
