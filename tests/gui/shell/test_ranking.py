from hypothesis import given
from hypothesis import strategies as st

from learnpath.gui.shell.ranking import rank


def best(query: str, *texts: str) -> str:
    ranked = [(rank(query, text), text) for text in texts]
    return max((score, text) for score, text in ranked if score is not None)[1]


def test_beginnings_and_initials_win() -> None:
    assert best("dea", "Deadlines", "Undo edit area", "Ideas") == "Deadlines"
    assert best("ac", "Add credential", "Back", "Path cost") == "Add credential"
    assert best("lst", "Log study time", "Last", "Lists") == "Log study time"


def test_of_equal_matches_the_shorter_text_wins() -> None:
    assert best("imp", "Import history of everything", "Import") == "Import"


def test_letters_must_come_in_order() -> None:
    assert rank("trop", "Import") is None
    assert rank("importx", "Import") is None
    assert rank("x", "") is None


def test_spaces_and_case_do_not_matter() -> None:
    assert rank("ADD cred", "Add credential") == rank("addcred", "add credential")


@given(text=st.text(max_size=30), query=st.text(max_size=6))
def test_a_match_is_exactly_a_subsequence(text: str, query: str) -> None:
    letters = iter(text.casefold())
    is_subsequence = all(letter in letters for letter in "".join(query.casefold().split()))
    assert (rank(query, text) is not None) == is_subsequence


@given(text=st.text(min_size=1, max_size=40))
def test_every_text_is_found_by_itself(text: str) -> None:
    assert rank(text, text) is not None
