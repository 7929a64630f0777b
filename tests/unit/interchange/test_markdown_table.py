import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from learnpath.errors import KnownError
from learnpath.interchange.drafts import ParsedFile, ProgramDraft
from learnpath.interchange.formats import parse_file, recognise

COURSES = """# Courses 🎉

Some *words* | with a pipe.

| Course | Provider | Level |
| :----- | :------: | ----: |
| [Sail Maker](https://a.example/sail) | **Port School** 🚀 | Basic |
| [Knots \\| Ropes](<https://a.example/knots> "Knots") | ~~Port School~~ | `Basic` |
| Rope Work | Port&nbsp;School<br>West |

More words.
"""


def parse(text: str, **options: object) -> ParsedFile:
    parsed = parse_file(text.encode(), "list.md", **options)  # pyright: ignore[reportArgumentType]
    assert parsed.format == "markdown_table"
    return parsed


def programs(text: str) -> list[ProgramDraft]:
    return [row.draft for row in parse(text).rows if isinstance(row.draft, ProgramDraft)]


def test_titles_with_links_give_title_and_address() -> None:
    first, second, third = programs(COURSES)
    assert (first.name, first.url, first.issuer_name) == ("Sail Maker", "https://a.example/sail", "Port School 🚀")
    assert (second.name, second.url) == ("Knots | Ropes", "https://a.example/knots")
    assert (second.issuer_name, second.level) == ("Port School", "Basic")
    assert (third.name, third.url, third.issuer_name) == ("Rope Work", "", "Port School West")


def test_lines_are_those_of_the_file() -> None:
    assert [row.where for row in parse(COURSES).rows] == ["line 7", "line 8", "line 9"]


def test_a_column_of_links_gives_its_addresses() -> None:
    (draft,) = programs(
        "|Title|Link|Issuer|\n|-|-|-|\n|Knots|[Link]( https://a.example/x_(1)_y ) / [Link](https://b.example)|A_b_c|\n"
    )
    assert (draft.name, draft.url, draft.issuer_name) == ("Knots", "https://a.example/x_(1)_y", "A_b_c")


def test_a_title_with_a_link_beside_a_column_of_links_keeps_both() -> None:
    parsed = parse("|Link|Title|\n|-|-|\n|<https://a.example/1>|[Knots](https://b.example)|\n")
    assert parsed.rows[0].raw == ("https://a.example/1", "Knots", "https://b.example")
    assert parsed.table is not None
    assert parsed.table.columns == ("Link", "Title", "Title link")


def test_a_pipe_inside_the_text_of_a_link_does_not_end_its_cell() -> None:
    (draft,) = programs("|Title|Issuer|\n|---|---|\n|[Knots | Ropes](https://a.example/1)|Port School|\n")
    assert (draft.name, draft.issuer_name) == ("Knots | Ropes", "Port School")


def test_pictures_lead_nowhere() -> None:
    (draft,) = programs("|Title|Issuer|\n|---|---|\n|![logo](https://a.example/l.png)Knots|Port School|\n")
    assert (draft.name, draft.url) == ("logoKnots", "")


def test_sections_are_one_list_and_other_tables_are_counted() -> None:
    parsed = parse(
        "|Title|Issuer|Level|\n|-|-|-|\n|A|X|Basic|\n\n|Issuer|Title|\n|-|-|\n|Y|B|more|\n|Y|C|\n\n"
        "|Title|Issuer|Level|\n|-|-|-|\n|D|X|High|\n\n|Word|Meaning|\n|-|-|\n|a|b|\n"
    )
    assert [row.raw for row in parsed.rows] == [
        ("A", "X", "Basic"),
        ("B", "Y", "", "more"),
        ("C", "Y", ""),
        ("D", "X", "High"),
    ]
    assert parsed.problems == ("Left out: 1 row of tables with other columns.",)


def test_offers_that_end_are_no_credentials_of_ones_own() -> None:
    parsed = parse(
        "|Technology|Provider|Description|Link|Expiration|\n|-|-|-|-|-|\n"
        "|Cloud|Guild|Basics of clouds|[Link](https://a.example/1)|Sept 30, 2023|\n"
        "|Ships|Port|Knots and ropes|[Link](https://a.example/2)|Unknown|\n"
    )
    assert parsed.kind == "programs"
    assert all(row.draft for row in parsed.rows)


def test_only_tables_are_recognised() -> None:
    assert recognise(b"Title|Issuer\nA|B\n", "list.md") == "table"
    assert recognise(b"Words | more\n--- no rule\n", "list.md") != "markdown_table"
    with pytest.raises(KnownError, match="no Markdown table"):
        _ = parse_file(b"a,b\n", "list.md", format="markdown_table")


_PIECES = st.sampled_from(
    ("|", "\\|", "\n", "-", "|-|-|\n", "[", "](", ")", "https://a.example", "~~", "**", "_", "<", ">", "`", "Title",
     "\\", "!", "&amp;", "é", "\0", "\x85", " ", '"')
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.lists(_PIECES, max_size=60))
def test_any_mix_of_marks_is_read_or_refused(pieces: list[str]) -> None:
    read("".join(pieces))


def read(text: str) -> None:
    try:
        parsed = parse_file((f"|Title|Link|\n|-|-|\n{text}").encode(), "x", format="markdown_table")
    except KnownError:
        return
    for row in parsed.rows:
        assert row.draft is not None or row.problems


@pytest.mark.timeout(5)
@pytest.mark.parametrize("piece", ["[", "[a](", "|", "<!--", "_a", "*", "![", "\\"])
def test_endless_repetition_takes_no_time(piece: str) -> None:
    read(piece * 60_000)


@pytest.mark.timeout(30)
def test_thousands_of_different_tables_take_no_time() -> None:
    text = "".join(f"|Title {number}|Link {number}|\n|-|-|\n|A|B|\n\n" for number in range(4000))
    started = time.process_time()
    parsed = parse(text)
    assert time.process_time() - started < 5
    assert len(parsed.rows) == 1
    assert parsed.problems[0] == "Left out: 3,999 rows of tables with other columns."


OFFERS = """| Provider | Description | Link | Expiration |
| --- | --- | --- | --- |
| Port School | Free course on ropes. With a badge. | [Link](https://a.example/ropes) | Unlimited |
| Port School | N/A | [Sail Maker](https://a.example/sail) | Unknown |
| Harbour | | [here](https://a.example/harbour) | Unknown |
| | | | Unknown |
"""


def test_a_list_of_offers_without_titles_takes_them_from_link_or_description() -> None:
    parsed = parse(OFFERS)
    drafts = [row.draft for row in parsed.rows]
    assert [draft.name for draft in drafts if isinstance(draft, ProgramDraft)] == [
        "Free course on ropes",
        "Sail Maker",
        "Harbour",
    ]
    assert drafts[3] is None
    assert isinstance(drafts[0], ProgramDraft)
    assert (drafts[0].issuer_name, drafts[0].description, drafts[0].url) == (
        "Port School",
        "Free course on ropes. With a badge.",
        "https://a.example/ropes",
    )
    assert parsed.problems == ("3 rows without a title: the link or the description gave it.",)


def test_sections_without_the_column_of_titles_get_theirs() -> None:
    parsed = parse(f"""| Technology | Provider | Description | Link | Expiration |
| --- | --- | --- | --- | --- |
| Tar and pitch | Port School | Both | [Link](https://a.example/tar) | Unknown |
| Rigging | Port School | All | [Link](https://a.example/rig) | Unknown |

{OFFERS}""")
    names = [row.draft.name for row in parsed.rows if isinstance(row.draft, ProgramDraft)]
    assert names == ["Tar and pitch", "Rigging", "Free course on ropes", "Sail Maker", "Harbour"]


def test_a_long_description_is_shortened_and_tables_with_titles_stay() -> None:
    long = parse(f"|Provider|Description|Link|\n|-|-|-|\n|A|{'word ' * 60}|https://a.example/x|\n")
    assert isinstance(long.rows[0].draft, ProgramDraft)
    assert len(long.rows[0].draft.name) <= 120
    assert long.rows[0].draft.name.endswith("word…")
    assert parse(
        "|Course|Description|Link|\n|-|-|-|\n||x|https://a.example/x|\n|B|y|https://a.example/y|\n"
    ).problems == ("1 row without a title: the link or the description gave it.",)
    assert parse(COURSES).problems == ()
