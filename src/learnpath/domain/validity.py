"""Until when an award is valid that says for how long."""

from learnpath.domain.dates import PartialDate, Term


def end_of_validity(awarded_on: PartialDate, valid_for: str) -> PartialDate | None:
    """Return the end of a term (`P3Y`) that begins with the award, as exact as its date.

    A text that is no term, or a term that ends beyond the calendar, gives no date.
    """
    try:
        ends = Term.parse(valid_for).after(awarded_on.last_day).isoformat()
    except (ValueError, OverflowError):
        return None
    return PartialDate(ends[: len(awarded_on.text)])
