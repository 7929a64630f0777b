from collections.abc import Callable

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from learnpath.domain.matching import (
    canonical_url,
    extract_codes,
    identifies,
    likeness,
    normalise_issuer,
    normalise_title,
    number_words,
)
from learnpath.domain.names import fold_name


@pytest.mark.parametrize(
    ("title", "codes"),
    [
        ("AWS Certified Solutions Architect – Associate (SAA-C03)", ("SAA-C03",)),
        ("CompTIA A+ 220-1201 and 220-1202", ("220-1201", "220-1202")),
        ("az-104: Azure Administrator", ("AZ-104",)),
        ("Security+ (SY0-701)", ("SY0-701",)),
        ("Oracle 1Z0-071", ("1Z0-071",)),
        ("Report of 2024-05-14", ()),
        ("State-of-the-art methods", ()),
        ("COVID-19 and work", ()),
    ],
)
def test_codes_are_found_in_titles(title: str, codes: tuple[str, ...]) -> None:
    assert extract_codes(title) == codes


@pytest.mark.parametrize(
    "other",
    [
        "AWS Certified Solutions Architect - Associate",
        "AWS Certified Solutions Architect – Associate (SAA-C03)",
        "  aws certified   SOLUTIONS architect — associate® ",
        "AWS Certified Solutions Architect™ Associate",
    ],
)
def test_titles_that_mean_the_same(other: str) -> None:
    assert normalise_title(other) == "aws certified solutions architect associate"


@pytest.mark.parametrize(
    ("first", "second"), [("C++", "C#"), ("A+", "A"), ("Level 1", "Level 2"), ("AZ-104", "AZ-204"), ("!", "?")]
)
def test_titles_that_stay_apart(first: str, second: str) -> None:
    assert normalise_title(first) != normalise_title(second)


@given(st.text(max_size=60))
def test_a_normalised_title_is_lower_case_words_and_never_empty_without_need(title: str) -> None:
    words = normalise_title(title)
    assert words == words.strip()
    assert bool(words) == bool(title.strip()) or not title.isascii()


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("https://www.example.org/a/b/", "http://example.org/a/b"),
        ("https://Example.org/a?utm_source=x&trk=y", "example.org/a"),
        ("https://learn.example.com/en-us/credentials/x", "https://learn.example.com/de-de/credentials/x"),
        ("https://example.org/de/kurs#top", "https://example.org/kurs"),
        ("https://example.org:443/a?b=1&a=2", "https://example.org/a?a=2&b=1"),
        ("https://me@example.org//a", "https://example.org/a"),
    ],
)
def test_addresses_that_mean_the_same(first: str, second: str) -> None:
    assert canonical_url(first) == canonical_url(second)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("https://example.org/a", "https://example.org/b"),
        ("https://example.org/plan.cfm?plan=1", "https://example.org/plan.cfm?plan=2"),
        ("https://a.example.org/x", "https://b.example.org/x"),
        ("https://example.org/A1b", "https://example.org/a1B"),
    ],
)
def test_addresses_that_stay_apart(first: str, second: str) -> None:
    assert canonical_url(first) != canonical_url(second)


@given(st.from_regex(r"https?://(www\.)?[a-zA-Z.]{1,12}(/[a-z%-]{0,6}){0,3}(\?[a-z=&]{0,8})?", fullmatch=True))
def test_a_canonical_address_is_its_own_canonical_form(url: str) -> None:
    once = canonical_url(url)
    assert canonical_url("https://" + once) in (once, canonical_url("https://" + canonical_url("https://" + once)))


@given(st.text(max_size=80))
def test_any_text_has_a_canonical_address(text: str) -> None:
    assert isinstance(canonical_url(text), str)


def test_a_front_page_identifies_nothing() -> None:
    assert not identifies(canonical_url("https://example.org"))
    assert not identifies("")
    assert identifies(canonical_url("https://example.org/x"))


@pytest.mark.parametrize(
    "name",
    [
        "Amazon Web Services",
        "Amazon Web Services (AWS)",
        "Amazon Web Services, Inc.",
        "AMAZON WEB SERVICES Training and Certification",
        "The Amazon Web Services LLC",
    ],
)
def test_names_of_one_issuer(name: str) -> None:
    assert normalise_issuer(name) == "amazon web services"


def test_an_issuer_of_signs_only_keeps_them() -> None:
    assert normalise_issuer("(...)") == "(...)"


def test_likeness_of_titles() -> None:
    assert likeness("Certified Kubernetes Security Specialist", "Certified Kubernetes Security Speciallist") > 0.92
    assert likeness("Certified Kubernetes Administrator", "Certified Scrum Master") < 0.8
    assert likeness("Spanish Part 1", "Spanish Part 2") <= 0.5
    assert likeness("Quantum Physics I", "Quantum Physics II") <= 0.5
    assert likeness("Same", "Same ") == 1.0


def test_numbers_in_titles() -> None:
    assert number_words("level 2 part ii") == ("2", "ii")
    assert number_words("i robot") == ()


@given(st.text(max_size=12), st.sampled_from([str.upper, str.lower, str.title, str.swapcase, str.casefold]))
def test_what_is_one_issuer_by_its_name_is_one_when_compared(name: str, change: Callable[[str], str]) -> None:
    other = change(name)
    assume(fold_name(name) == fold_name(other))
    assert normalise_issuer(name) == normalise_issuer(other)
