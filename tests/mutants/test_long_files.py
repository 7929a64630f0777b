"""Files that repeat one piece without end: each is read or refused within the time for one file."""

import time

import pytest
from tests.mutants.run import answer

_EVENT = b"BEGIN:VEVENT\nSUMMARY:Exam\nDTSTART:20260721T090000\nEND:VEVENT\n"
_MANY_NAMES = b"".join(b"|a%d|b%d|\n|-|-|\n|1|2|\n\n" % (number, number) for number in range(5_000))
LONG = {
    "columns of one name": b"title," + b"x," * 200_000 + b"\n" + b"a," * 200_000 + b"\n",
    "columns without a name": b"title" + b"," * 500_000 + b"\nA\n" * 1000,
    "columns of a Markdown table": b"|" * 20_000 + b"\n" + b"|-" * 20_000 + b"|\n|" + b"a|" * 20_000 + b"\n",
    "quotation marks never closed": b"title,vendor\n" + b'"a,b\n' * 60_000,
    "quotation marks": b"title,vendor\n" + b'"' * 1_000_000,
    "empty cells": b"title\n" + b";;;;\n" * 60_000,
    "links never closed": b"|a|b|\n|-|-|\n" + b"|[[[[|\n" * 20_000,
    "tables": b"|a|b|\n|-|-|\n|1|2|\n\n" * 20_000,
    "tables of other columns": _MANY_NAMES,
    "events": b"BEGIN:VCALENDAR\n" + _EVENT * 10_000 + b"END:VCALENDAR\n",
    "events in events": b"BEGIN:VCALENDAR\n" + b"BEGIN:VEVENT\n" * 20_000 + b"END:VEVENT\n" * 20_000,
    "folded lines": b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Exam" + b"\n x" * 300_000 + b"\nEND:VEVENT\n",
    "scripts of a page": b"<!DOCTYPE html>" + b"<script type='application/ld+json'>{" * 30_000,
    "comments of a page": b"<!DOCTYPE html>" + b"<!-- " * 200_000,
    "attributes of a picture": b"<svg " + b"a='b' " * 200_000 + b">",
    "elements of a picture": b"<svg xmlns='http://www.w3.org/2000/svg'>" + b"<g>" * 200_000,
    "elements of a CV": b"<SkillsPassport xmlns='http://europass.cedefop.europa.eu/Europass'>" + b"<a>" * 100_000,
    "parts of a token": b"ey" + b"A" * 1_000_000 + b"." + b"A" * 1_000_000 + b".x",
    "lists in lists": b'{"@context":"https://schema.org","a":' + b"[" * 200_000,
    "courses": b'{"@context":"https://schema.org","@graph":[' + b'{"@type":"Course","name":"x"},' * 30_000 + b"{}]}",
    "streams of a PDF": b"%PDF-1.7\n" + b"1 0 obj<<>>stream\n" * 100_000,
    "objects of a PDF": b"%PDF-1.7\n" + b"obj " * 500_000,
    "chunks of a picture": b"\x89PNG\r\n\x1a\n" + b"\0\0\0\0tEXt\0\0\0\0" * 200_000,
}


@pytest.mark.parametrize("name", LONG)
def test_a_file_without_end_takes_no_time(name: str) -> None:
    # Of the processor: what else this machine is doing must not count.
    started = time.process_time()
    _ = answer(LONG[name])
    assert time.process_time() - started < 5
