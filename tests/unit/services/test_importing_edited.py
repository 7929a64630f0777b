"""A file is imported, the person calls records something else, the file is imported again: nothing comes twice."""

import tempfile
from dataclasses import replace
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.library_fixtures import LibraryHouse, fixed_surroundings

from learnpath.domain.dates import PartialDate
from learnpath.domain.records import Credential, Stage
from learnpath.services.credentials import read_form, save_credential
from learnpath.services.importing import apply_previews, preview_file
from learnpath.storage.library import Library

_few = st.sampled_from
_rows = st.tuples(
    _few(("Cloud", "Cloud (CL-900)", "Net", "Nets")),
    _few(("", "Guild", "Port School")),
    _few(("", "2024", "2024-05", "2024-05-14", "2025-01")),
    _few(("", "A", "B")),
    _few(("", "https://v.example/1", "https://v.example/2")),
)
_edits = st.tuples(
    st.none() | _few(("Net", "Something else", "Cloud")),
    st.none() | _few(("", "Guild", "Other guild")),
    st.none() | _few((PartialDate("2023-03"), PartialDate("2025-01"))),
    st.none() | _few(("", "B", "C")),
    st.none() | _few(("", "https://v.example/2", "https://w.example/3")),
)


def _bring(library: Library, rows: list[tuple[str, ...]]) -> tuple[int, int]:
    lines = ["Title,Issuer,Issue date,Credential ID,URL", *(",".join(row) for row in rows)]
    (done,) = apply_previews(library, [preview_file(library, "list.csv", "\n".join(lines).encode())]).value
    return done.new, done.updated


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(_rows, min_size=1, max_size=5), st.lists(_edits, max_size=5))
def test_a_file_never_adds_what_it_brought_before(
    rows: list[tuple[str, ...]], edits: list[tuple[str | None, str | None, PartialDate | None, str | None, str | None]]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        library = LibraryHouse(Path(folder), fixed_surroundings()).open()
        _ = _bring(library, rows)
        assert _bring(library, rows) == (0, 0)
        for one, edit in zip(library.all(Credential), edits, strict=False):
            title, issuer, awarded, number, url = edit
            form = read_form(library, one.id)
            mine = replace(
                one,
                title=one.title if title is None else title,
                awarded_on=awarded or one.awarded_on or (PartialDate("2022") if one.stage is Stage.EARNED else None),
                license_number=one.license_number if number is None else number,
                verification_url=one.verification_url if url is None else url,
            )
            name = form.issuer_name if issuer is None else issuer
            _ = save_credential(library, replace(form, credential=mine, issuer_name=name))
        before = {one.id: one for one in library.all(Credential)}
        assert _bring(library, rows)[0] == 0
        after = {one.id: one for one in library.all(Credential)}
        assert after.keys() == before.keys()
        for record_id, one in before.items():
            filled = {name for name in ("title", "license_number", "verification_url") if getattr(one, name)}
            assert all(getattr(after[record_id], name) == getattr(one, name) for name in filled)
        library.close()
