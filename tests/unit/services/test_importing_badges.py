import pytest
from tests.unit.interchange.badges.makers import ASSERTION, CREDENTIAL, EUROPEAN, baked, encoded, png, token

from learnpath.interchange.plan import RowKind
from learnpath.services.importing import apply_previews, preview_file
from learnpath.storage.library import Library


@pytest.mark.parametrize(
    ("data", "external_id"),
    [
        (encoded(ASSERTION), "https://badges.example/a/17"),
        (png(baked(encoded(CREDENTIAL), b"openbadgecredential")), "https://guild.example/c/9/1"),
        (encoded(EUROPEAN), "urn:credential:5"),
    ],
)
def test_a_badge_is_kept_and_a_second_import_changes_nothing(library: Library, data: bytes, external_id: str) -> None:
    _ = apply_previews(library, [preview_file(library, "badge.bin", data)])
    [credential] = library.contents().credentials
    assert credential.external_id == external_id
    assert len(library.contents().issuers) == 1
    assert [source.format for source in library.contents().imports] == ["badge"]
    again = preview_file(library, "badge.bin", data)
    assert (again.records_to_write, again.counts[RowKind.SAME]) == (0, 1)


def test_the_same_badge_in_another_wrapping_is_the_same(library: Library) -> None:
    _ = apply_previews(library, [preview_file(library, "badge.json", encoded(CREDENTIAL))])
    wrapped = preview_file(library, "badge.jwt", token({"vc": {**CREDENTIAL, "id": CREDENTIAL["id"].strip()}}).encode())
    assert (wrapped.records_to_write, wrapped.counts[RowKind.SAME]) == (0, 1)


def test_two_badges_that_name_only_their_addresses_stay_two(library: Library) -> None:
    for number in (1, 2):
        place = f"https://badges.example/assertions/{number}"
        data = png(baked(place.encode(), kind=b"tEXt"))
        _ = apply_previews(library, [preview_file(library, "badge.png", data)])
    assert len(library.contents().credentials) == 2
