"""JSON that other services keep: catalogues, transcripts, descriptions of courses, résumés, whole libraries."""

import json
from typing import Any

from hypothesis import strategies as st
from tests.unit.interchange.fuzz.fuzzer import Fuzzer
from tests.unit.interchange.fuzz.odd_values import choice, damaged, json_files, nearly_json, odd_texts
from tests.unit.interchange.list_files import (
    CATALOGUE,
    CTDL,
    EARNED_BADGES,
    PAGE,
    RESUME,
    ROLES,
    SCHEMA_ORG,
    TEMPLATES,
    TRANSCRIPT,
    as_json,
)

from learnpath.domain.contents import LibraryContents
from learnpath.domain.dates import PartialDate
from learnpath.domain.money import Money
from learnpath.domain.records import Credential, Issuer, Program, Skill, Stage
from learnpath.interchange.library_json import dump_library

_LIBRARY = dump_library(
    LibraryContents(
        issuers=(Issuer(id=5, name="Guild"),),
        skills=(Skill(id=1, name="Weaving"),),
        programs=(Program(id=3, name="Weaving course", issuer_id=5, price=Money(900, "EUR")),),
        credentials=(
            Credential(
                id=9,
                title="Weaver",
                issuer_id=5,
                program_id=3,
                stage=Stage.EARNED,
                awarded_on=PartialDate("2024-05"),
                skill_ids=(1,),
            ),
        ),
    ),
    {},
)
_PLAIN_LIST = [{"course_name": "Weaving", "provider": "Guild", "url": "https://a.example/w", "id": 7}]
_FILES: dict[str, tuple[Any, ...]] = {
    "credly_catalogue": (TEMPLATES, {"data": list(TEMPLATES.values()), "metadata": {}}),
    "credly_badges": (EARNED_BADGES, EARNED_BADGES["data"]),
    "ms_learn_catalogue": (CATALOGUE,),
    "ms_learn_transcript": (TRANSCRIPT,),
    "ctdl": (CTDL, CTDL["@graph"][1]),
    "catalogue_json": (ROLES, _PLAIN_LIST),
    "json_resume": (RESUME,),
}


@st.composite
def _pages(draw: st.DrawFn) -> bytes:
    head = draw(choice(("<!DOCTYPE html><html><head>", "<html>", "<!-- x --><html>", "<script>", "\ufeff<html><head>")))
    parts = [head]
    for _ in range(draw(st.integers(0, 4))):
        kind = draw(
            choice(('"application/ld+json"', "application/ld+json", "'APPLICATION/LD+JSON; charset=utf-8'", "x"))
        )
        inside = draw(nearly_json(SCHEMA_ORG, SCHEMA_ORG["@graph"][1])).decode("utf-8", "replace")
        odd = draw(choice(("", "<!--", "-->", ",", "<![CDATA[", "</script>")) | odd_texts)
        parts += [f"<script type={kind}>", inside, odd, draw(choice(("</script>", "</SCRIPT >", "")))]
    text = "".join(parts) + "<body><p>x</p></html>"
    return text.encode(draw(choice(("utf-8", "utf-16"))), "surrogatepass")


FUZZERS = (
    *(Fuzzer(name, name, as_json(documents[0]), json_files(*documents)) for name, documents in _FILES.items()),
    Fuzzer("schema.org as JSON", "schema_org", as_json(SCHEMA_ORG), json_files(SCHEMA_ORG, SCHEMA_ORG["@graph"][1])),
    Fuzzer("schema.org in a web page", "schema_org", PAGE, _pages() | damaged(PAGE)),
    Fuzzer("library_json", "library_json", _LIBRARY, json_files(json.loads(_LIBRARY)) | damaged(_LIBRARY)),
)
