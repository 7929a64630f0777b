import csv
import io
from pathlib import Path

import pytest
from tests.unit.interchange.samples import sample_tables
from tests.unit.interchange.simulation import apply

from learnpath.interchange.formats import parse_file
from learnpath.interchange.plan import RowKind, plan_import
from learnpath.interchange.table_layout import is_blank
from learnpath.interchange.text_decoding import decode

# Refused with a sentence: see test_sample_archives.
NO_TABLES = {"synthetic_Email_Addresses.csv", "synthetic_Positions.csv", "synthetic_Profile.csv"}
TABLES = [path for path in sample_tables() if path.name not in NO_TABLES]
# Least share of rows that must be usable, for the files people really have.
USABLE = {
    "all_courses_10400.csv": 0.985,
    "edx_courses_bom.csv": 0.95,
    "edx_courses_kopect.csv": 1,
    "generic_courses.csv": 1,
    "rolemath_top50_certifications.csv": 1,
    "udemy_bom_banner_line.csv": 1,
    "vmware_certifications_two_headers.csv": 0.96,
    "Certifications_real_a_edx_redacted.csv": 1,
    "Certifications_real_c_coursera_redacted.csv": 1,
    "Certifications_real_d_portuguese_redacted.csv": 1,
    "Learning_real_dates_shifted.csv": 1,
    "synthetic_Education.csv": 1,
    "synthetic_Skills.csv": 1,
}

pytestmark = pytest.mark.skipif(not TABLES, reason="no folder of sample files: set LEARNPATH_SAMPLES to one")


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.name)
def test_every_row_of_a_real_file_is_accounted_for(path: Path) -> None:
    data = path.read_bytes()
    parsed = parse_file(data, path.name)
    text = decode(data).text
    delimiter = parsed.table.delimiter if parsed.table else ","
    rows = [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) if not is_blank(row)]
    before = len(rows) - len(parsed.rows)
    if parsed.table and parsed.table.header_row < 0:
        assert before == 0
    else:
        assert 1 <= before <= 5
    assert [row.raw[: len(cells)] for row, cells in zip(parsed.rows, rows[before:], strict=True)] == [
        tuple(cells) for cells in rows[before:]
    ]
    usable = sum(row.draft is not None for row in parsed.rows)
    assert usable >= USABLE.get(path.name, 0) * len(parsed.rows)


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.name)
def test_importing_a_real_file_twice_changes_nothing(path: Path) -> None:
    parsed = parse_file(path.read_bytes(), path.name, currency="USD")
    first = plan_import(parsed, [])
    second = plan_import(parsed, apply(first, []))
    assert (second.counts[RowKind.NEW], second.counts[RowKind.UPDATE]) == (0, 0)
    assert second.counts[RowKind.BROKEN] == first.counts[RowKind.BROKEN]
