"""The bytes of the sample's proofs open in other programs' eyes and never change for the same words."""

import struct
import zlib
from io import BytesIO

import pikepdf
import pytest

from learnpath.services.sample_files import pdf_bytes, png_bytes, text_bytes


def test_a_pdf_is_sound_and_keeps_brackets_and_backslashes() -> None:
    with pikepdf.open(BytesIO(pdf_bytes(("Title (003)", "a\\b")))) as pdf:
        assert pdf.check_pdf_syntax() == []
        shown = [part.operands[0] for part in pikepdf.parse_content_stream(pdf.pages[0]) if str(part.operator) == "Tj"]
    assert [str(text) for text in shown] == ["Title (003)", "a\\b"]


def test_a_pdf_survives_letters_its_font_lacks() -> None:
    assert b"(Gy?r)" in pdf_bytes(("Győr",))


def test_a_png_has_the_size_it_states_and_its_colour_in_the_middle() -> None:
    content = png_bytes("2f5bd7")
    width, height = struct.unpack(">II", content[16:24])
    length = struct.unpack(">I", content[33:37])[0]
    pixels = zlib.decompress(content[41 : 41 + length])
    assert len(pixels) == height * (1 + 3 * width)
    middle = (height // 2) * (1 + 3 * width) + 1 + 3 * (width // 2)
    assert pixels[middle : middle + 3] == bytes.fromhex("2f5bd7")
    assert pixels[1:4] == b"\xff\xff\xff"


@pytest.mark.parametrize("colour", ["2f5b", "blue", ""])
def test_a_word_that_is_no_colour_is_refused(colour: str) -> None:
    with pytest.raises(ValueError):
        png_bytes(colour)


def test_a_text_file_ends_with_a_line_end() -> None:
    assert text_bytes(("á", "b")) == "á\nb\n".encode()
