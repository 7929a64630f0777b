from learnpath.interchange.formats import format_names
from learnpath.interchange.source_ranks import SOURCE_RANKS, rank_of


def test_every_format_has_a_rank_of_its_own_and_nothing_else_has() -> None:
    assert set(SOURCE_RANKS) == set(format_names())


def test_an_award_is_believed_before_a_platform_before_a_profile_before_a_table() -> None:
    names = ("badge", "credly_badges", "ms_learn_transcript", "linkedin_learning", "pdf_certificate")
    assert [rank_of(name) for name in names] == [4, 3, 3, 2, 1]


def test_a_format_of_a_newer_version_counts_like_a_table() -> None:
    assert rank_of("hologram") == rank_of("table")
