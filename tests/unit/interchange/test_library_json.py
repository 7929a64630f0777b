import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.strategies import libraries

from learnpath.domain.contents import LibraryContents
from learnpath.domain.records import Credential, Issuer, Skill
from learnpath.errors import KnownError
from learnpath.interchange.formats import parse_file
from learnpath.interchange.library_json import VERSION, dump_library, load_library

SMALL = LibraryContents(issuers=(Issuer(id=5, name="Acme"),), credentials=(Credential(id=9, title="A", issuer_id=5),))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(libraries())
def test_a_library_comes_back_as_it_was(library: tuple[LibraryContents, dict[str, bytes]]) -> None:
    contents, files = library
    assert load_library(dump_library(contents, files)) == (contents, files)


def test_half_a_surrogate_pair_survives() -> None:
    contents = LibraryContents(skills=(Skill(id=1, name="\ud800"),))
    assert load_library(dump_library(contents, {}))[0] == contents


def test_it_is_recognised_and_ids_are_numbers() -> None:
    data = dump_library(SMALL, {})
    assert json.loads(data)["contents"]["credentials"][0]["id"] == 9
    parsed = parse_file(data, "anything.txt")
    assert (parsed.format, parsed.kind, parsed.contents, parsed.rows) == ("library_json", "library", SMALL, ())


def broken(change: Any) -> str:
    document = json.loads(dump_library(SMALL, {}))
    change(document)
    with pytest.raises(KnownError) as caught:
        load_library(json.dumps(document).encode())
    return caught.value.message


def put(*path: str | int, value: object) -> Any:
    def change(document: Any) -> None:
        for step in path[:-1]:
            document = document[step]
        document[path[-1]] = value

    return change


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (put("version", value=VERSION + 1), "reads up to"),
        (put("version", value="1"), "does not say its version"),
        (put("format", value="other"), "no Learnpath library"),
        (
            put("contents", "programs", value=[{"id": 7, "name": "A", "required_ids": [8]}]),
            "there is no record 8 in programs",
        ),
        (put("contents", value=[]), "contents: not an object"),
        (put("contents", "credentials", value={}), "contents.credentials: not a list"),
        (put("contents", "credentials", 0, "title", value=3), r"credentials\[0\].title: not text"),
        (put("contents", "credentials", 0, "id", value=2**63), "too large"),
        (put("contents", "credentials", 0, "id", value=True), "not a whole number"),
        (put("contents", "credentials", 0, "stage", value="x"), "not one of"),
        (put("contents", "credentials", 0, "awarded_on", value="2024-02-30"), "not a date"),
        (put("contents", "credentials", 0, "issuer_id", value=6), "there is no record 6 in issuers"),
        (put("contents", "credentials", 0, "skill_ids", value=[1]), "there is no record 1 in skills"),
        (put("contents", "credentials", 0, "extra", value=1), "unknown field “extra”"),
        (put("contents", "issuers", 0, value={"id": 5}), "“name” is missing"),
        (put("contents", "issuers", value=[{"id": 5, "name": "A"}, {"id": 5, "name": "B"}]), "used twice"),
        (put("contents", "programs", value=[{"name": "A", "price": {"minor": 1, "currency": "x"}}]), "currency"),
        (put("files", value=[]), "files: not an object"),
        (put("files", "ab", value="?"), "not base64"),
        (put("files", "ab", value="aGk="), "SHA-256"),
    ],
)
def test_strict_reading(change: Any, message: str) -> None:
    import re

    assert re.search(message, broken(change))


@pytest.mark.parametrize(
    "data",
    [b"", b"{", b"\xff\xfe", b"[]", b'{"a":1,"a":2}', b'{"format":NaN}', b'{"format":1.5}', b"[" * 100_000, b"1" * 5000,
     b'{"format":"learnpath-library","version":1}'],
)  # fmt: skip
def test_other_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(KnownError):
        load_library(data)


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 3000), st.binary(max_size=3))
def test_damage_is_a_known_error_or_harmless(at: int, insert: bytes) -> None:
    data = dump_library(SMALL, {})
    damaged = data[: at % len(data)] + insert + data[at % len(data) + 1 :]
    with suppress(KnownError):
        load_library(damaged)


def test_what_is_wrong_is_quoted_without_control_characters() -> None:
    document = json.loads(dump_library(LibraryContents(), {}))
    document["contents"]["\x1b[2J\u202efield"] = 1
    with pytest.raises(KnownError) as caught:
        load_library(json.dumps(document).encode())
    assert "unknown field “[2Jfield”" in caught.value.message


IMPORT = {
    "id": 1,
    "original_name": "a",
    "file_name": "a",
    "format": "table",
    "sha256": "0",
    "size": 1,
    "imported_at": "",
}


def formerly(*texts: str) -> Any:
    source = {"id": 1, "record_kind": "credential", "record_id": 9, "import_source_id": 1, "former": list(texts)}

    def change(document: Any) -> None:
        document["contents"] |= {"imports": [IMPORT], "sources": [source]}

    return change


@pytest.mark.parametrize("text", ["awarded_on=soon", "awarded_on=2024-02-30", "notes=a", "title", "=a", ""])
def test_what_a_record_was_called_is_checked(text: str) -> None:
    assert "contents.sources[0].former[1]: not what a record was called" in broken(formerly("title=Cloud", text))


def test_what_a_record_was_called_comes_back() -> None:
    texts = ("title=Cloud=Net", "title=", "awarded_on=", "awarded_on=2024-05")
    document = json.loads(dump_library(SMALL, {}))
    formerly(*texts)(document)
    (source,) = load_library(json.dumps(document).encode())[0].sources
    assert source.former == texts
