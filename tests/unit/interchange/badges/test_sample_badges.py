"""Real badge files, where there are any beside the project: each is read, or refused with a sentence."""

import time
from pathlib import Path

import pytest
from tests.unit.interchange.samples import sample_folder
from tests.unit.interchange.simulation import apply

from learnpath.errors import KnownError
from learnpath.interchange.drafts import CredentialDraft
from learnpath.interchange.formats import parse_file
from learnpath.interchange.plan import ExistingRecord, RowKind, plan_import

_FOLDERS = (
    *(
        "ob1",
        "ob2",
        "ob3",
        "vc_fixtures",
        "w3c_vc",
        "w3c_di",
        "clr",
        "ler-rs",
        "elm",
        "edubadges",
        "png_odd",
        "hostile",
    ),
)
_ROOT = sample_folder()
FILES = sorted(path for name in _FOLDERS if _ROOT for path in (_ROOT / name).glob("*"))
# What real files must give: folder -> name contains -> title, issuer, award, end.
EXPECTED = {
    "ob2/rollercoaster": ("3-D Printmaster", "Example Maker Society", "2016-12-31", "None"),
    "ob2/dcpv_simple-badge.png": ("Robotics badge", "", "2016-12-31", "None"),
    "ob2/dcpv_simple.jwt": ("Robotics badge", "", "2016-12-31", "None"),
    "ob3/spec_fullOpenBadge": ("1EdTech University Degree", "1EdTech University", "2010-01-01", "2030-01-01"),
    "ob3/dcpv_simple-json.png": ("Teamwork", "Example Corp", "2010-01-01", "None"),
    "ob3/dcpv_simple-jwt.svg": ("Teamwork", "Example Corp", "2010-01-01", "None"),
    "ob3/dcpv_simple.1ob": ("Teamwork", "Example Corp", "2010-01-01", "None"),
    "elm/credential-sample": ("some kind of learning achievement", "some legal name", "2010-10-01", "2024-09-25"),
}
# Least number of files of a folder from which a credential comes.
USABLE = {"ob1": 8, "ob2": 15, "ob3": 31, "vc_fixtures": 53, "w3c_di": 4, "clr": 4, "ler-rs": 2, "elm": 7}

pytestmark = pytest.mark.skipif(not FILES, reason="no folder of sample files: set LEARNPATH_SAMPLES to one")


def check_sentence(problem: KnownError) -> None:
    assert problem.message
    assert problem.hint


def read(path: Path) -> list[CredentialDraft]:
    """Return the credentials of a file; none when it is refused."""
    try:
        parsed = parse_file(path.read_bytes(), path.name)
    except KnownError as problem:
        check_sentence(problem)
        return []
    assert all(row.draft or row.problems for row in parsed.rows)
    return [row.draft for row in parsed.rows if isinstance(row.draft, CredentialDraft)]


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_file_is_read_or_refused(path: Path) -> None:
    before = time.monotonic()
    drafts = read(path)
    assert time.monotonic() - before < 5
    assert all(draft.title for draft in drafts)
    for named, expected in EXPECTED.items():
        if f"{path.parent.name}/{path.name}".startswith(named):
            (draft,) = drafts
            assert (draft.title, draft.issuer_name, str(draft.awarded_on), str(draft.valid_until)) == expected


@pytest.mark.parametrize("folder", USABLE)
def test_most_badges_are_usable(folder: str) -> None:
    assert sum(bool(read(path)) for path in FILES if path.parent.name == folder) >= USABLE[folder]


def test_importing_all_real_badges_twice_changes_nothing() -> None:
    parsed = [parse_file(path.read_bytes(), path.name) for path in FILES if path.parent.name in USABLE and read(path)]
    records: list[ExistingRecord] = []
    for file in parsed:
        records = apply(plan_import(file, records), records)
    for file in parsed:
        # Fixtures of different content share an identity: only that nothing is doubled can be asked of all.
        assert plan_import(file, records).counts[RowKind.NEW] == 0
        alone = apply(plan_import(file, []), [])
        again = plan_import(file, alone)
        assert (again.counts[RowKind.NEW], again.counts[RowKind.UPDATE]) == (0, 0)


def test_a_transcript_has_all_its_parts() -> None:
    transcripts = [path for path in FILES if path.name == "dcpv_simple_v1.json" and path.parent.name == "clr"]
    for path in transcripts:
        assert [draft.title for draft in read(path)][:2] == [
            "Nurse Assistant 1 Program with Licensure",
            "Health Careers 1",
        ]
