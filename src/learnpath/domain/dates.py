"""Dates known to the year, the month or the day, and ISO 8601 terms such as `P3Y`.

Reading dates that people type or files contain is not here (`domain.typed_dates`, `interchange`).
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, Self

Precision = Literal["year", "month", "day"]
_PARTIAL = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?", re.ASCII)
_TERM = re.compile(r"P(?:(\d{1,4})Y)?(?:(\d{1,4})M)?(?:(\d{1,4})W)?(?:(\d{1,5})D)?", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A date as exact as its source: `2024`, `2024-05` or `2024-05-14`. Orders by text."""

    text: str

    def __post_init__(self) -> None:
        """Raise ValueError for anything but a real date in one of the three forms."""
        if not _PARTIAL.fullmatch(self.text):
            raise ValueError(f"not a date: {self.text!r}")
        _ = self.first_day

    @classmethod
    def of(cls, day: date) -> Self:
        """Return the exact date of a day."""
        return cls(day.isoformat())

    @property
    def precision(self) -> Precision:
        """Return how much is known."""
        return {4: "year", 7: "month"}.get(len(self.text), "day")  # pyright: ignore[reportReturnType]

    @property
    def first_day(self) -> date:
        """Return the earliest day this can mean."""
        parts = [int(part) for part in self.text.split("-")]
        return date(*[*parts, 1, 1][:3])

    @property
    def last_day(self) -> date:
        """Return the latest day this can mean: what is valid until May is valid on 31 May."""
        first = self.first_day
        if self.precision == "day":
            return first
        month = 12 if self.precision == "year" else first.month
        return date(first.year, month, calendar.monthrange(first.year, month)[1])

    def refines(self, other: "PartialDate") -> bool:
        """Return whether this says the same as `other`, only more exactly."""
        return len(self.text) > len(other.text) and self.text.startswith(other.text)

    def __str__(self) -> str:
        return self.text


def better_date(old: PartialDate | None, new: PartialDate | None) -> PartialDate | None:
    """Return the date to keep when a source brings `new`: less precision never replaces more of the same date."""
    if new is None or (old is not None and old.refines(new)):
        return old
    return new


@dataclass(frozen=True, slots=True)
class Term:
    """A span in calendar units: ISO 8601 `P3Y`, `P18M`, `P180D`."""

    years: int = 0
    months: int = 0
    days: int = 0

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read an ISO 8601 duration of years, months, weeks and days; ValueError for any other text."""
        match = _TERM.fullmatch(text)
        if match is None or not any(match.groups()):
            raise ValueError(f"not a term: {text!r}")
        years, months, weeks, days = (int(part or 0) for part in match.groups())
        return cls(years, months, weeks * 7 + days)

    def __str__(self) -> str:
        parts = ((self.years, "Y"), (self.months, "M"), (self.days, "D"))
        return "P" + ("".join(f"{count}{unit}" for count, unit in parts if count) or "0D")

    def after(self, day: date) -> date:
        """Return the day this long after `day`; 29 February and long months fall back to the month's last day.

        Raises OverflowError beyond the year 9999.
        """
        month_index = day.year * 12 + day.month - 1 + self.years * 12 + self.months
        year, month = divmod(month_index, 12)
        if year > 9999:
            raise OverflowError("the term ends after the year 9999")
        last = calendar.monthrange(year, month + 1)[1]
        return date(year, month + 1, min(day.day, last)) + timedelta(days=self.days)
