"""Badges and credentials as JSON: Open Badges 0.5 to 3.0, CLR, European learning credentials, presentations."""

from typing import Any

from hypothesis import strategies as st
from tests.unit.interchange.badges.makers import ASSERTION, CREDENTIAL, EUROPEAN, encoded, token
from tests.unit.interchange.fuzz.fuzzer import Fuzzer
from tests.unit.interchange.fuzz.odd_values import json_files

_OB_05: dict[str, Any] = {
    "recipient": "sha256$c7ef86405ba71b85acd8e2e95166c4b111448089f2e1599f42fe1bba46e865c5",
    "salt": "knots",
    "evidence": "/board.html",
    "expires": "2029-06-01",
    "issued_on": "2024-06-01",
    "badge": {
        "version": "0.5.0",
        "name": "Knots",
        "image": "/knots.png",
        "description": "Ties ten knots.",
        "criteria": "/knots.html",
        "issuer": {"origin": "https://guild.example", "name": "Rope Guild", "org": "Guilds", "contact": "a@b.example"},
    },
}
_OB_1: dict[str, Any] = {
    "uid": "f2c20",
    "recipient": {"type": "email", "hashed": True, "salt": "x", "identity": "sha256$ab"},
    "badge": "https://guild.example/badges/soldering-basics.json",
    "verify": {"type": "hosted", "url": "https://guild.example/a/1.json"},
    "issuedOn": 1359217910,
    "expires": "2030-01-01",
    "evidence": "https://work.example/board",
}
_CLR_1: dict[str, Any] = {
    "@context": "https://purl.imsglobal.org/spec/clr/v1p0/context/clr_v1p0.jsonld",
    "type": "Clr",
    "name": "Transcript",
    "assertions": [{"achievement": {"name": "Weaving", "issuer": {"name": "Guild"}}, "issuedOn": "2024-01-01"}],
}
_CLR_2: dict[str, Any] = {
    "type": ["VerifiableCredential", "ClrCredential"],
    "issuer": {"name": "Guild"},
    "credentialSubject": {"type": ["ClrSubject"], "verifiableCredential": [CREDENTIAL, token(CREDENTIAL), EUROPEAN]},
}
_PRESENTATION: dict[str, Any] = {"type": "VerifiablePresentation", "verifiableCredential": [CREDENTIAL, _CLR_2]}
_EUROPASS: dict[str, Any] = {"credential": EUROPEAN, "deliveryDetails": {}}
_DOCUMENTS = {
    "badge of version 0.5": _OB_05,
    "badge of version 1": _OB_1,
    "badge of version 2": ASSERTION,
    "badge of version 3": CREDENTIAL,
    "European learning credential": EUROPEAN,
    "learner record": _CLR_2,
    "presentation": _PRESENTATION,
    "European credential as uploaded": _EUROPASS,
    "list of badges": [ASSERTION, _OB_05, CREDENTIAL],
}
FUZZERS = (
    *(Fuzzer(name, "badge", encoded(document), json_files(document)) for name, document in _DOCUMENTS.items()),
    # Read by no format, and near enough to badges to be taken for one.
    Fuzzer("badges of any kind", "badge", encoded(_OB_1), json_files(_CLR_1, _OB_1, _OB_05, ASSERTION) | st.binary()),
)
