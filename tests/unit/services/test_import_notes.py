from learnpath.services.import_notes import merged_notes


def test_notes_that_differ_only_in_what_they_quote_are_one() -> None:
    notes = [
        ("line 2", "line 2: “soon” is no date"),
        ("line 3", "line 3: “x” is no web address"),
        ("line 5", "line 5: “later” is no date"),
    ]
    assert merged_notes(notes) == (
        ("lines 2 and 5", "“soon” is no date, and others like it"),
        ("line 3", "“x” is no web address"),
    )


def test_a_note_that_repeats_is_told_once_with_its_places() -> None:
    assert merged_notes(("line 4", "“soon” is no date") for _ in range(2)) == (("line 4", "“soon” is no date"),)
    assert merged_notes((f"line {line}", "“soon” is no date") for line in range(2, 1236)) == (
        ("lines 2, 3, 4, 5 and 1,230 more", "“soon” is no date"),
    )
    assert merged_notes((f"award {number}", "“soon” is no date") for number in (1, 2)) == (
        ("award 1 and award 2", "“soon” is no date"),
    )
    assert merged_notes([]) == ()
