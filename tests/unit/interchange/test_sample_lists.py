"""Real files of the list and personal formats: each is read, or refused with a sentence, and reading twice is once."""

import json
import time
from pathlib import Path
from typing import Any

import pytest
from tests.unit.interchange.mutation import check_answer
from tests.unit.interchange.samples import sample_folder
from tests.unit.interchange.simulation import apply

from learnpath.errors import KnownError
from learnpath.interchange.formats import parse_file
from learnpath.interchange.plan import RowKind, plan_import

_FOLDERS = ("catalogue_json", "credly_templates", "ms_learn", "ctdl", "schemaorg", "esco", "jsonresume", "europass_cv",
            "ics", "hostile")  # fmt: skip
_ROOT = sample_folder()
PATHS = [] if _ROOT is None else sorted(path for name in _FOLDERS for path in (_ROOT / name).glob("*.*"))
# Rows in all and rows that can be used; files that are not named are refused.
ROWS = {
    "rolemath_top50_certifications.json": (50, 50),
    "credly_templates_aws.json": (93, 93),
    "credly_templates_comptia.json": (40, 40),
    "credly_templates_isc2.json": (45, 45),
    "credly_templates_microsoft.json": (179, 179),
    "credly_templates_scrumorg.json": (14, 14),
    "schuberg_example_certs.csv": (61, 61),
    "transcript_small_redacted.json": (109, 109),
    "ingest_LearningProgram-1-graph.json": (4, 4),
    "ingest_LearningProgram-1.json": (1, 1),
    "ingest_LearningProgram-2.json": (1, 1),
    "pathways_PathwayConditions.json": (7, 4),
    "registry_cer-credential.json": (1, 1),
    "registry_credential_1_valid.json": (1, 1),
    "registry_credential_4_import.json": (1, 1),
    "eg-0259__0.json": (1, 1),
    "eg-0260__0.json": (1, 1),
    "eg-0278__0.json": (1, 1),
    "eg-0332__0.json": (1, 0),
    "eg-0333__0.json": (1, 1),
    "eg-0334__0.json": (1, 1),
    "Europass_CV_ESP_CL_LP_V3.4.0_Example.xml": (6, 6),
    "Europass_CV_V3.2.0_Example.xml": (3, 3),
    "Europass_CV_V3.4.0_Example.xml": (6, 6),
    "NewLineCharacters.xml": (3, 3),
    "ictSkillsCollection_en.csv": (21, 21),
    "transversalSkillsCollection_en.csv": (107, 107),
}

pytestmark = pytest.mark.skipif(not PATHS, reason="no folder of sample files: set LEARNPATH_SAMPLES to one")


@pytest.mark.parametrize("path", PATHS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_real_file_is_read_or_refused_with_a_sentence(path: Path) -> None:
    data = path.read_bytes()
    started = time.perf_counter()
    check_answer(data, path.name)
    assert time.perf_counter() - started < 5
    if path.name not in ROWS:
        with pytest.raises(KnownError, match="Nothing was imported"):
            parse_file(data, path.name)
        return
    rows = parse_file(data, path.name).rows
    assert (len(rows), sum(row.draft is not None for row in rows)) == ROWS[path.name]


@pytest.mark.parametrize("path", [path for path in PATHS if path.name in ROWS], ids=lambda path: path.name)
def test_importing_a_real_file_twice_changes_nothing(path: Path) -> None:
    parsed = parse_file(path.read_bytes(), path.name)
    first = plan_import(parsed, [])
    second = plan_import(parsed, apply(first, []))
    assert (second.counts[RowKind.NEW], second.counts[RowKind.UPDATE]) == (0, 0)


def test_every_resume_of_the_schema_s_own_tests_is_read_or_refused() -> None:
    read = 0
    for path in (path for path in PATHS if path.name in {"test_certificates.json", "test_awards.json"}):
        resumes: dict[str, Any] = json.loads(path.read_bytes())
        for resume in resumes.values():
            data = json.dumps(resume).encode()
            check_answer(data, "resume.json", "json_resume")
            check_answer(data, "resume.json")
            read += 1
    assert read == 24
