"""The format `library_json`: a whole library with its files in one JSON document, without loss.

`{"format": "learnpath-library", "version": 2, "contents": {…records by kind…}, "files": {sha256: base64}}`. Reading is
all or nothing: a library with a hole in it is worse than a sentence that says where the hole is.
"""

import base64
import binascii
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import cast

from learnpath.domain.contents import LibraryContents
from learnpath.errors import KnownError
from learnpath.interchange.checkpoints import Checkpoint, go_on, watched
from learnpath.interchange.drafts import ParsedFile, ParseOptions
from learnpath.interchange.former_identities import is_former_value
from learnpath.interchange.record_codec import WrongValue, decode_record, encode_value
from learnpath.interchange.text_decoding import without_odd_signs

FORMAT = "library_json"
# 2 since programs tell what they require; what version 1 does not say is empty.
VERSION = 2
_NAME = "learnpath-library"
_HINT = "Choose another export of the library, or restore a backup. Nothing was changed."


def sniff(data: bytes, file_name: str) -> float:
    """Return 1.0 when the document names our format near its start, else 0. The name does not matter."""
    del file_name
    head = data[:500].removeprefix(b"\xef\xbb\xbf").lstrip()
    return 1.0 if head.startswith(b"{") and f'"{_NAME}"'.encode() in head else 0.0


def parse(data: bytes, options: ParseOptions) -> ParsedFile:
    """Return a parsed file with `contents`. Raises KnownError like `load_library`."""
    del options
    contents, _ = load_library(data)
    return ParsedFile(format=FORMAT, kind="library", contents=contents)


def dump_library(contents: LibraryContents, files: Mapping[str, bytes], check: Checkpoint = go_on) -> bytes:
    """Return a library as one JSON document. `files` are the bytes of evidence and import originals by SHA-256.

    `check` is called every few milliseconds and may raise to stop.
    """
    document = {
        "format": _NAME,
        "version": VERSION,
        "contents": {field.name: _encode(getattr(contents, field.name), check) for field in fields(contents)},
        "files": {digest: base64.b64encode(data).decode("ascii") for digest, data in sorted(files.items())},
    }
    try:
        pieces = json.JSONEncoder(ensure_ascii=False, indent=1).iterencode(document)
        return ("".join(watched(pieces, check)) + "\n").encode()
    except UnicodeEncodeError:
        # A half of a surrogate pair has no UTF-8 form; escaped it survives.
        return (json.dumps(document, indent=1) + "\n").encode()


def _encode(value: object, check: Checkpoint) -> object:
    if isinstance(value, tuple):
        return [encode_value(one) for one in watched(cast("tuple[object, ...]", value), check)]
    return encode_value(value)


def load_library(data: bytes) -> tuple[LibraryContents, dict[str, bytes]]:
    """Return the records and the files (by SHA-256) of an exported library.

    Raises KnownError, with the place of the first fault, for anything else: other or damaged JSON, a newer version,
    unknown fields, wrong types, ids used twice, references to records that are not there, files with another SHA-256.
    """
    document = _load_document(data)
    try:
        contents = decode_record(LibraryContents, document.get("contents"), "contents")
        _check_ids(contents)
        _check_formers(contents)
        return contents, _decode_files(document.get("files", {}))
    except WrongValue as problem:
        raise KnownError(f"The library export is damaged at {without_odd_signs(str(problem))}.", _HINT) from None


def _load_document(data: bytes) -> dict[str, object]:
    try:
        document: object = json.loads(
            data.decode("utf-8-sig"), object_pairs_hook=_once, parse_constant=_refuse, parse_float=_refuse
        )
    except RecursionError:
        raise KnownError("The library export is nested too deeply to be one of ours.", _HINT) from None
    except ValueError as problem:
        raise KnownError(f"The library export is no valid JSON ({problem}).", _HINT) from None
    if not isinstance(document, dict) or document.get("format") != _NAME:  # pyright: ignore[reportUnknownMemberType]
        raise KnownError("The file is JSON, but no Learnpath library.", "Choose a file that Export library wrote.")
    found = cast("dict[str, object]", document)
    version = found.get("version")
    if type(version) is not int or version < 1:
        raise KnownError("The library export does not say its version.", _HINT)
    if version > VERSION:
        raise KnownError(
            f"The library export has version {version}; this Learnpath reads up to {VERSION}. Nothing was changed.",
            "Update Learnpath and import it again.",
        )
    return found


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name appears twice in one object")
    return found


def _refuse(text: str) -> object:
    raise ValueError(f"{text[:20]} is no whole number")


def _decode_files(value: object) -> dict[str, bytes]:
    if not isinstance(value, dict):
        raise WrongValue("files: not an object")
    encoded = cast("dict[str, object]", value)
    files: dict[str, bytes] = {}
    for digest, text in encoded.items():
        where = f"files.{digest[:12]}…"
        try:
            content = base64.b64decode(text if isinstance(text, str) else "?", validate=True)
        except (binascii.Error, ValueError):
            raise WrongValue(f"{where}: not base64") from None
        if hashlib.sha256(content).hexdigest() != digest:
            raise WrongValue(f"{where}: the bytes do not have this SHA-256")
        files[digest] = content
    return files


def _check_ids(contents: LibraryContents) -> None:
    kinds = {
        name: [record.id for record in getattr(contents, name)]
        for name in LibraryContents.__dataclass_fields__
        if name != "profile"
    }
    for name, ids in kinds.items():
        if len(set(ids)) < len(ids):
            raise WrongValue(f"contents.{name}: an id is used twice")
    known = {name: frozenset(ids) for name, ids in kinds.items()}
    for where, target, reference in _references(contents):
        if reference is not None and reference not in known[target]:
            raise WrongValue(f"contents.{where}: there is no record {reference} in {target}")


def _check_formers(contents: LibraryContents) -> None:
    for at, source in enumerate(contents.sources):
        for place, text in enumerate(source.former):
            if not is_former_value(text):
                raise WrongValue(f"contents.sources[{at}].former[{place}]: not what a record was called")


def _references(contents: LibraryContents) -> Iterable[tuple[str, str, int | None]]:
    for name, field, target in (
        ("programs", "issuer_id", "issuers"),
        ("credentials", "issuer_id", "issuers"),
        ("credentials", "program_id", "programs"),
        ("evidence", "credential_id", "credentials"),
        ("costs", "credential_id", "credentials"),
        ("sessions", "credential_id", "credentials"),
        ("steps", "path_id", "paths"),
        ("steps", "program_id", "programs"),
        ("steps", "credential_id", "credentials"),
        ("sources", "import_source_id", "imports"),
    ):
        for at, record in enumerate(getattr(contents, name)):
            yield f"{name}[{at}].{field}", target, getattr(record, field)
    for at, source in enumerate(contents.sources):
        if source.record_kind not in ("program", "credential"):
            raise WrongValue(f"contents.sources[{at}].record_kind: not program or credential")
        yield f"sources[{at}].record_id", f"{source.record_kind}s", source.record_id
    for at, program in enumerate(contents.programs):
        for reference in program.required_ids:
            yield f"programs[{at}].required_ids", "programs", reference
    for name in ("programs", "credentials"):
        for at, record in enumerate(getattr(contents, name)):
            for field, target in (("skill_ids", "skills"), ("tag_ids", "tags")):
                for reference in getattr(record, field):
                    yield f"{name}[{at}].{field}", target, reference
