from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.interchange.list_files import FILES, NEW_CV, OCCUPATIONS, OLD_CV, SCHEMA_ORG, SKILLS, as_json
from tests.unit.interchange.mutation import check_answer, mutate

from learnpath.interchange.formats import recognise

MORE = [("schema_org", "a.json", as_json(SCHEMA_ORG)), ("europass_cv", "a", OLD_CV), ("europass_cv", "a", NEW_CV)]
MORE.append(("esco", "a.csv", OCCUPATIONS))
TOLD = [*((name, *file) for name, file in FILES.items()), *MORE]
# Not told by its content alone.
CASES = [*TOLD, ("linkedin_skills", "Skills.csv", SKILLS)]


@pytest.mark.parametrize(("format_name", "file_name", "data"), TOLD)
def test_each_file_is_recognised_by_its_content(format_name: str, file_name: str, data: bytes) -> None:
    del file_name
    assert recognise(data, "thing") == format_name


@pytest.mark.parametrize(("format_name", "file_name", "data"), CASES)
def test_a_mutant_is_read_or_refused_with_a_sentence(format_name: str, file_name: str, data: bytes) -> None:
    @settings(max_examples=40, deadline=None)
    @given(st.integers(0, 2**32))
    def check(seed: int) -> None:
        mutant = mutate(data, Random(seed))
        check_answer(mutant, file_name)
        check_answer(mutant, file_name, format_name)

    check()


@pytest.mark.heavy
@pytest.mark.timeout(1800)
@pytest.mark.parametrize(("format_name", "file_name", "data"), CASES)
def test_ten_thousand_mutants(format_name: str, file_name: str, data: bytes) -> None:
    random = Random(format_name)
    for _ in range(10_000):
        check_answer(mutate(data, random), file_name, format_name)
