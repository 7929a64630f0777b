"""What a JSON document is, and the credentials in it: alone, in a list, a transcript, a presentation or a wrapper."""

from collections.abc import Iterator
from typing import cast

from learnpath.errors import KnownError
from learnpath.interchange.badges.europass import is_european, read_european
from learnpath.interchange.badges.foreign_documents import describe_document
from learnpath.interchange.badges.found import Found
from learnpath.interchange.badges.open_badges import is_assertion, read_assertion
from learnpath.interchange.badges.shape import JsonObject, is_object, many, objects, types_of
from learnpath.interchange.badges.tokens import NOT_CHECKED, Token, is_token, is_wrapped, read_token, unwrap
from learnpath.interchange.badges.verifiable import is_credential, read_credential

# A transcript holds credentials, and one of them may be a transcript again; deeper is no real file.
_MOST_NESTED = 6
# More than any transcript; each may hold its own description.
_MOST_CREDENTIALS = 2_000
_HR_PARTS = ("certifications", "licenses")


def is_readable(value: object) -> bool:
    """Return whether a JSON value is a credential, or holds some where badge files hold them."""
    if isinstance(value, list):
        return any(is_object(part) and is_readable(part) for part in cast("list[object]", value)[:5])
    if not isinstance(value, dict):
        return False
    document = cast("JsonObject", value)
    return (
        is_wrapped(document)
        or "VerifiablePresentation" in types_of(document)
        or _parts(document) is not None
        or (describe_document(document) is None and is_credential(document))
        or is_assertion(document)
    )


def read_credentials(value: object, sentences: list[str]) -> list[Found]:
    """Return every credential in a JSON value, in order. Adds to `sentences` what is to be said about the whole.

    Raises KnownError for a document that is something else, saying what, and for more than 2,000 credentials.
    """
    found: list[Found] = []
    for credential in _walk(value, 0, sentences):
        found.append(credential)
        if len(found) > _MOST_CREDENTIALS:
            raise KnownError("The file holds more than 2,000 credentials: no transcript does.", "Import it in parts.")
    if not found:
        raise KnownError("The file is made for credentials but holds none.", "Choose another file.")
    return found


def _walk(value: object, depth: int, sentences: list[str]) -> Iterator[Found]:
    if depth > _MOST_NESTED:
        raise KnownError("Credentials in the file are nested too deeply.", "Import the inner credentials one by one.")
    if isinstance(value, list):
        for part in cast("list[object]", value):
            yield from _walk_inner(part, depth + 1, sentences)
    elif isinstance(value, str) and is_token(value):
        yield from _walk_token(read_token(value), depth, sentences)
    elif isinstance(value, dict):
        yield from _walk_document(cast("JsonObject", value), depth, sentences)
    else:
        raise KnownError("The file is JSON, but no badge.", "Import the badge as its issuer hands it out.")


def _walk_document(document: JsonObject, depth: int, sentences: list[str]) -> Iterator[Found]:
    inner = _parts(document)
    if is_wrapped(document):
        yield from _walk_token(unwrap(document), depth, sentences)
    elif inner is not None:
        _note_listed(document, sentences)
        for part in inner:
            yield from _walk_inner(part, depth + 1, sentences)
    elif is_european(document):
        _note_proof(document, sentences)
        yield read_european(document)
    elif is_assertion(document):
        yield read_assertion(document)
    elif (known := describe_document(document)) is not None:
        raise KnownError(f"The file is {known[0]}. Nothing was imported.", known[1])
    elif is_credential(document):
        _note_proof(document, sentences)
        yield read_credential(document)
    else:
        raise KnownError("The file is JSON, but no badge.", "Import the badge as its issuer hands it out.")


def _walk_token(token: Token, depth: int, sentences: list[str]) -> Iterator[Found]:
    sentences += [note for note in token.notes if note not in sentences]
    yield from _walk(token.payload, depth + 1, sentences)


def _walk_inner(part: object, depth: int, sentences: list[str]) -> Iterator[Found]:
    """Yield the credentials of one part of a collection; a part that cannot be read is one broken row."""
    try:
        yield from _walk(part, depth, sentences)
    except KnownError as problem:
        yield Found(draft=None, notes=(problem.message,))


def _parts(document: JsonObject) -> list[object] | None:
    """Return the credentials inside a collection, or None when a document is no collection."""
    if "VerifiablePresentation" in types_of(document) or ("verifiableCredential" in document):
        return many(document.get("verifiableCredential"))
    subjects = objects(document.get("credentialSubject"))
    inner = [part for subject in subjects for part in many(subject.get("verifiableCredential"))]
    if inner or "ClrCredential" in types_of(document):
        return inner
    if any("LER-RSType.json" in types_of(subject) for subject in subjects):
        return _verified_parts(subjects)
    # Uploads to Europass, and answers of the Open Badges 3.0 service interface.
    wrapped = [*many(document.get("credential")), *many(document.get("compactJwsString"))]
    return wrapped if any(is_object(part) or (isinstance(part, str) and is_token(part)) for part in wrapped) else None


def _verified_parts(subjects: list[JsonObject]) -> list[object]:
    """Return the credentials that prove certifications and licences in a résumé of the HR Open standard (LER-RS)."""
    entries = [entry for subject in subjects for name in _HR_PARTS for entry in objects(subject.get(name))]
    return [proof for entry in entries for proof in many(entry.get("verifications"))]


def _note_proof(document: JsonObject, sentences: list[str]) -> None:
    if "proof" in document and NOT_CHECKED not in sentences:
        sentences.append(NOT_CHECKED)


def _note_listed(document: JsonObject, sentences: list[str]) -> None:
    """Say which entries of a transcript or résumé are not credentials of their own and were left out."""
    subjects = objects(document.get("credentialSubject"))
    listed = sum(len(many(subject.get("achievement"))) for subject in subjects)
    if listed:
        sentences.append(f"{listed} achievements that the transcript only lists were left out.")
    others = sum(
        len(many(subject.get(name)))
        for subject in subjects
        for name in ("educationAndLearnings", "employmentHistories")
    )
    if others:
        sentences.append(f"{others} entries on education and employment were left out.")
