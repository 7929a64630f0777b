from hypothesis import given
from hypothesis import strategies as st

from learnpath.domain.names import fold_name, tidy_name


def test_a_name_is_one_line_of_composed_letters() -> None:
    assert tidy_name(" A\u0308rger \n  und   Mu\u0308he\t") == "Ärger und Mühe"
    assert fold_name("STRASSE") == fold_name("straße") == "strasse"
    assert fold_name(" \t ") == ""


@given(st.text())
def test_names_that_are_kept_stay_as_they_are(name: str) -> None:
    assert tidy_name(tidy_name(name)) == tidy_name(name)
    assert fold_name(tidy_name(name)) == fold_name(name)
