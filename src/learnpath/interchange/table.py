"""The format `table`: any CSV or TSV, as a list of programs or of the person's own credentials."""

from learnpath.interchange.column_matching import count_known
from learnpath.interchange.csv_export import own_delimiter
from learnpath.interchange.delimited import split_text
from learnpath.interchange.drafts import ParsedFile, ParseOptions
from learnpath.interchange.foreign_files import is_named
from learnpath.interchange.linkedin_others import describe_other
from learnpath.interchange.people_lists import is_list_of_people
from learnpath.interchange.table_building import TableSource, build_table
from learnpath.interchange.table_layout import is_blank
from learnpath.interchange.text_decoding import decode, is_binary, plainly, without_odd_signs

FORMAT = "table"
_SNIFF_BYTES = 65_536
# Of the rows of a table without a header we know: other text has commas and bars as well, but no tabs.
_LEAST_EVEN = 0.9


def sniff(data: bytes, file_name: str) -> float:
    """Return how sure it is that bytes are a table: from even columns and known headers; the name adds a little."""
    if not data.strip() or is_binary(data):
        return 0.0
    text = without_odd_signs(decode(data[:_SNIFF_BYTES]).text)
    start = text.lstrip()[:200].lower()
    if start.startswith(("<!doctype", "<html", "<?xml", "<svg", "<!--", "{", "%pdf", "begin:v")) or is_named(data):
        return 0.0
    if start.startswith("[") and data.rstrip().endswith(b"]"):
        return 0.0
    split = split_text(text)
    rows = [row for row in split.rows[:50] if not is_blank(row)]
    if not rows:
        return 0.0
    known = max(count_known(row) for row in rows[:20])
    wide = [len(row) for row in rows if len(row) > 1]
    named = 0.1 if file_name.lower().endswith((".csv", ".tsv", ".tab")) else 0.0
    if not wide:
        return 0.3 + named if known else 0.0
    even = max(wide.count(width) for width in set(wide)) / len(rows)
    least = 0.5 if known or split.delimiter == "\t" else _LEAST_EVEN
    if even < least and known < 2 and not named:
        return 0.0
    if describe_other(data) or is_list_of_people(data):
        return 0.0
    return min(0.8, 0.2 + 0.3 * even + 0.1 * min(known, 3) + named)


def parse(data: bytes, options: ParseOptions) -> ParsedFile:
    """Return the rows of a table as drafts. Raises KnownError when there is no row at all or a choice does not fit."""
    decoded = decode(data)
    own = own_delimiter(decoded.text)
    # Of our own export, what the library holds comes back as it is there.
    decoded, problems = plainly(decoded) if own is None else (decoded, ())
    options.check()
    split = split_text(decoded.text.replace("\0", ""), own, options.check)
    source = TableSource(
        format=FORMAT,
        rows=split.rows,
        lines=split.lines,
        encoding=decoded.encoding,
        is_guessed=decoded.is_guessed,
        delimiter=split.delimiter,
        too_long=split.too_long,
        unclosed=split.unclosed,
        is_own=own is not None,
    )
    return build_table(source, options, problems)
