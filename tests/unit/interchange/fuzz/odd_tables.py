"""Strategies for delimited text that is nearly a table: columns missing, doubled and moved, odd cells and quotes."""

import csv
import io
from collections.abc import Sequence

from hypothesis import strategies as st
from tests.unit.interchange.fuzz.odd_values import odd_texts, with_sign

_CELLS = ("", "N/A", "2024-05-14", "14.05.2024", "May 2024", "9,50 EUR", "$5", "Free", "3 h", "4 - 6 weeks", "2 years",
          '["a", "b\\u202e", "\\ud800"]', '[{"amount": 1e400, "currency": "EUR"}]', "a; b; c", "planned", "Certificate",
          "https://a.example/x", "expired", "1e9", "x | y", "'quoted'", "12:30", "Europe/Vienna", "30")  # fmt: skip
_FORMS = ("utf-8",) * 6 + ("utf-8-sig", "utf-16", "utf-16-le", "cp1252", "utf-32")
_ENDS = ("\n", "\r\n", "\r")
odd_cells: st.SearchStrategy[str] = st.sampled_from(_CELLS) | odd_texts


@st.composite
def tables(draw: st.DrawFn, columns: Sequence[str], valid: Sequence[Sequence[str]] = ()) -> list[list[str]]:
    """Draw the rows of a table with these columns but for up to two, and with rows that are valid, odd or ragged."""
    header = list(columns)
    for _ in range(draw(st.integers(0, 2)) if draw(st.booleans()) else 0):
        at = draw(st.integers(0, len(header) - 1)) if header else 0
        match draw(st.integers(0, 4)):
            case 0 if header:
                del header[at]
            case 1 if header:
                header.insert(at, header[at])
            case 2 if header:
                header[at] = draw(with_sign(header[at]))
            case 3 if header:
                header.append(header.pop(at))
            case _:
                header.append(draw(odd_cells))
    width = max(len(header), 1)
    odd_rows = st.lists(odd_cells, min_size=width, max_size=width) | st.lists(odd_cells, max_size=width + 2)
    rows = draw(st.lists(odd_rows, max_size=4))
    good = [list(row) for row in valid if draw(st.booleans())]
    before = draw(st.lists(st.lists(odd_cells, max_size=2), max_size=2)) if draw(st.integers(0, 4)) == 4 else []
    return [*before, header, *good, *rows]


@st.composite
def nearly_csv(draw: st.DrawFn, columns: Sequence[str], valid: Sequence[Sequence[str]] = ()) -> bytes:
    """Draw a file of delimited text with nearly these columns, in any encoding and with any line ends."""
    rows = draw(tables(columns, valid))
    out = io.StringIO(newline="")
    delimiter, end = draw(st.sampled_from((",", ",", ",", ";", "\t", "|"))), draw(st.sampled_from(_ENDS))
    if draw(st.integers(0, 4)):
        csv.writer(out, delimiter=delimiter, lineterminator=end).writerows(
            [cell.replace("\0", "") if draw(st.booleans()) else cell for cell in row] for row in rows
        )
    else:
        # Nothing is quoted.
        out.write(end.join(delimiter.join(row) for row in rows))
    text = out.getvalue()
    if draw(st.integers(0, 5)) == 5:
        at = draw(st.integers(0, len(text)))
        text = (
            text[:at] + draw(st.sampled_from(('"', '""', "\0", "\x1f", "\x07", "sep=;\n", delimiter * 50))) + text[at:]
        )
    form = draw(st.sampled_from(_FORMS))
    return text.encode(form, "replace" if form == "cp1252" else "surrogatepass")
