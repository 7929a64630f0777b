"""The rows that could not be imported as a CSV file to mend and import again."""

from learnpath.interchange.csv_export import write_csv
from learnpath.interchange.drafts import ParsedFile

_LINE, _REASON = "Line in the file", "Why it was not imported"


def broken_rows_csv(parsed: ParsedFile) -> bytes:
    """Return the broken rows' own cells as CSV, with the line they were on and the reason in two more columns."""
    broken = [row for row in parsed.rows if row.draft is None]
    columns = parsed.table.columns if parsed.table else ()
    width = max([len(columns), *(len(row.raw) for row in broken)])
    header = [*columns, *(f"Column {number}" for number in range(len(columns) + 1, width + 1)), _LINE, _REASON]
    rows = [[*row.raw, *[""] * (width - len(row.raw)), str(row.line), "; ".join(row.problems)] for row in broken]
    return write_csv([header, *rows])
