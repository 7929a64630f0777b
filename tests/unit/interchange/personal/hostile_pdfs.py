"""PDFs that are made to keep a reader busy, to make it call itself for ever, or to lead it astray."""

import zlib
from collections.abc import Mapping
from random import Random

from tests.mutants.mutation import mutate
from tests.unit.interchange.list_files import CERTIFICATE, pdf

_FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
_SHOW = b"BT /F1 14 Tf 50 560 Td (Certificate of Weaving) Tj ET"


def raw_pdf(
    content: bytes = _SHOW,
    *,
    pages: bytes = b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
    page: bytes = b"",
    more: Mapping[int, bytes] | None = None,
    trailer: bytes = b"",
) -> bytes:
    """Return a PDF of one page with `more` objects by their number and additions to its page and trailer."""
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: pages,
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 800 600]/Contents 4 0 R" + page
        + (b"" if b"/Resources" in page else b"/Resources<</Font<</F1 5 0 R>>>>") + b">>",
        4: stream(content),
        5: _FONT,
        **(more or {}),
    }  # fmt: skip
    out = b"%PDF-1.7\n"
    places: dict[int, int] = {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    size = max(objects) + 1
    rows = [b"%010d %05d %s \n" % (places.get(one, 0), 0, b"n" if one in places else b"f") for one in range(size)]
    out += b"xref\n0 %d\n%s" % (size, b"".join(rows))
    return out + b"trailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF" % (size, trailer, start)


def stream(content: bytes, entries: bytes = b"") -> bytes:
    """Return a stream object."""
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(content), entries, content)


def _deep(opening: bytes, closing: bytes, depth: int = 100_000) -> bytes:
    return opening * depth + closing * depth


_FORM = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]"
_CALLS = b"/Resources<</XObject<</X 6 0 R/Y 6 0 R>>/Font<</F1 5 0 R>>>>"
# Forms that each show the next one ten times.
_FORMS = {
    number: stream(b"/X Do " * 10, _FORM + b"/Resources<</XObject<</X %d 0 R>>/Font<</F1 5 0 R>>>>" % (number + 1))
    for number in range(6, 26)
}
HOSTILE: Mapping[str, bytes] = {
    "a form that shows itself": raw_pdf(b"/X Do", page=_CALLS, more={6: stream(b"/X Do /Y Do", _FORM + _CALLS)}),
    "forms by the billion": raw_pdf(b"/X Do", page=_CALLS, more={**_FORMS, 26: stream(_SHOW, _FORM + _CALLS)}),
    "pages that are their own parent": raw_pdf(pages=b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>"),
    "a billion pages": raw_pdf(pages=b"<</Type/Pages/Kids[3 0 R]/Count 1000000000>>"),
    "fewer pages than none": raw_pdf(pages=b"<</Type/Pages/Kids[3 0 R]/Count -5>>"),
    "a page of astronomic size": raw_pdf(page=b"/MediaBox[-1e38 -1e38 1e38 1e38]/UserUnit 1e30"),
    "deep lists": raw_pdf(page=b"/Extra" + _deep(b"[", b"]")),
    "deep dictionaries": raw_pdf(page=b"/Extra" + _deep(b"<</A", b">>")),
    "deep lists in a page": raw_pdf(_deep(b"[", b"]") + b" TJ"),
    "deep marks in a page": raw_pdf(_deep(b"/P BMC ", b"EMC ")),
    "saved states without end": raw_pdf(b"q " * 400_000),
    "text of a million characters": raw_pdf(b"BT /F1 1 Tf " + b"(aaaaaaaaaaaaaaaaaaaa) Tj " * 50_000 + b"ET"),
    "a font of enormous size": raw_pdf(b"BT /F1 1e38 Tf 1e38 0 0 1e38 1e38 1e38 Tm (Weaving) Tj ET"),
    "a font that is a loop": raw_pdf(
        more={5: b"<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/DescendantFonts[5 0 R]/ToUnicode 5 0 R>>"}
    ),
    "a font whose signs show themselves": raw_pdf(
        more={
            5: b"<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[1 0 0 1 0 0]/FirstChar 67/LastChar 67"
            b"/Widths[9]/Encoding<</Differences[67/a]>>/CharProcs<</a 6 0 R>>/Resources<</Font<</F1 5 0 R>>>>>>",
            6: stream(_SHOW),
        }
    ),
    "a length that is elsewhere": raw_pdf(more={4: b"<</Length 4 0 R>>stream\n" + _SHOW + b"\nendstream"}),
    "a length below nothing": raw_pdf(more={4: b"<</Length -99999999999>>stream\n" + _SHOW + b"\nendstream"}),
    "a table before the table, itself": raw_pdf(trailer=b"/Prev 9"),
    "objects inside objects inside themselves": raw_pdf(
        more={6: stream(b"6 0 1 10 <<>> <<>>", b"/Type/ObjStm/N 2147483647/First 4/Extends 6 0 R")}
    ),
    "a table of two billion rows": raw_pdf().replace(b"xref\n0 6", b"xref\n0 2147483647"),
    "a picture of a million million points": raw_pdf(
        b"/X Do",
        page=b"/Resources<</XObject<</X 6 0 R>>>>",
        more={6: stream(b"x", b"/Subtype/Image/Width 1000000/Height 1000000/BitsPerComponent 8/ColorSpace/DeviceRGB")},
    ),
    "codes without end": raw_pdf(
        more={
            5: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>>",
            6: stream(b"begincmap 1 beginbfrange <0000> <ffffffff> <0041> endbfrange endcmap " * 2000),
        }
    ),
    "a function of many sides": raw_pdf(
        b"/P gs",
        page=b"/Resources<</ExtGState<</P<</TR 6 0 R>>>>/Font<</F1 5 0 R>>>>",
        more={6: stream(b"{" * 50_000, b"/FunctionType 4/Domain[0 1]/Range[0 1]")},
    ),
    "a script, a form and a file to start": raw_pdf(
        more={1: b"<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(while\\(1\\);)>>/AcroForm<</XFA(x)>>>>"}
    ),
    "a packed page that is cut off": raw_pdf(more={4: stream(zlib.compress(_SHOW * 500)[:60], b"/Filter/FlateDecode")}),
    "a page packed in a way that is none": raw_pdf(
        more={4: stream(b"\xff" * 500, b"/Filter[/FlateDecode]/DecodeParms<</Predictor 15/Columns 2147483647>>")}
    ),
}  # fmt: skip


def damaged_pdfs(count: int) -> list[bytes]:
    """Return PDFs with something wrong, the same ones every time."""
    chance = Random("damaged")
    valid = (CERTIFICATE, pdf(["Certificate of Weaving"], compress_streams=False), *HOSTILE.values())
    return [mutate(chance.choice(valid), chance) for _ in range(count)]
