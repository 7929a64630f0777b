"""Typed reading of the sample's TOML tables, with errors that name the table and the field.

Belongs here: one table and its fields. Not here: what the fields mean together.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar, cast

from learnpath.domain.dates import PartialDate
from learnpath.domain.money import Money

E = TypeVar("E", bound=StrEnum)


class SampleError(ValueError):
    """The sample data contradicts itself; the text says in which table and why."""


class SampleRow:
    """One TOML table: every field is taken once, and `close` refuses what nobody asked for."""

    def __init__(self, values: Mapping[str, object], where: str) -> None:
        self._values = dict(values)
        self.where = where

    def fail(self, problem: str) -> SampleError:
        """Return the error to raise for a problem in this table."""
        return SampleError(f"{self.where}: {problem}")

    def text(self, name: str, default: str = "") -> str:
        """Return a text, or the default when it is absent."""
        value = self._values.pop(name, default)
        if not isinstance(value, str):
            raise self.fail(f"{name} is not a text")
        return value

    def required(self, name: str) -> str:
        """Return a text that must be there and not be empty."""
        value = self.text(name)
        if not value:
            raise self.fail(f"{name} is missing")
        return value

    def number(self, name: str) -> int | None:
        """Return a whole number, or None when it is absent."""
        value = self._values.pop(name, None)
        if value is not None and (isinstance(value, bool) or not isinstance(value, int)):
            raise self.fail(f"{name} is not a whole number")
        return value

    def day(self, name: str) -> PartialDate | None:
        """Return a partial date, or None when it is absent."""
        text = self.text(name)
        try:
            return PartialDate(text) if text else None
        except ValueError as error:
            raise self.fail(f"{name}: {error}") from error

    def price(self, name: str) -> Money | None:
        """Return `[minor units, currency]` as money, or None when it is absent."""
        if name not in self._values:
            return None
        parts = self._values.pop(name)
        match parts:
            case [int(minor), str(currency)]:
                return Money(minor, currency)
            case _:
                raise self.fail(f"{name} is not [minor units, currency]")

    def choice(self, name: str, default: E) -> E:
        """Return a member of the default's enumeration."""
        text = self.text(name, default.value)
        try:
            return type(default)(text)
        except ValueError as error:
            raise self.fail(f"{name}: no such value: {text!r}") from error

    def texts(self, name: str) -> tuple[str, ...] | None:
        """Return a list of texts, or None when it is absent."""
        if name not in self._values:
            return None
        values = self._list(name)
        if not all(isinstance(value, str) for value in values):
            raise self.fail(f"{name} holds something else than texts")
        return tuple(cast("list[str]", values))

    def numbers(self, name: str) -> tuple[int, ...]:
        """Return a list of whole numbers, empty when it is absent."""
        values = self._list(name)
        if not all(isinstance(value, int) for value in values):
            raise self.fail(f"{name} holds something else than whole numbers")
        return tuple(cast("list[int]", values))

    def text_lists(self, name: str) -> tuple[tuple[str, ...], ...]:
        """Return a list of lists of texts."""
        lists: list[tuple[str, ...]] = []
        for value in self._list(name):
            if not isinstance(value, list) or not all(isinstance(part, str) for part in cast("list[object]", value)):
                raise self.fail(f"{name} holds something else than lists of texts")
            lists.append(tuple(cast("list[str]", value)))
        return tuple(lists)

    def row(self, name: str) -> "SampleRow":
        """Return a table inside this one."""
        return SampleRow(self._table(name), name)

    def rows(self, name: str) -> tuple["SampleRow", ...]:
        """Return a list of tables; each is named by its place in the list, counted from 1."""
        found: list[SampleRow] = []
        for place, value in enumerate(self._list(name), start=1):
            if not isinstance(value, dict):
                raise self.fail(f"{name} holds something else than tables")
            found.append(SampleRow(cast("dict[str, object]", value), f"{name} {place}"))
        return tuple(found)

    def keyed_rows(self, name: str) -> dict[str, "SampleRow"]:
        """Return the tables inside a table, by their key."""
        found: dict[str, SampleRow] = {}
        for key, value in self._table(name).items():
            if not isinstance(value, dict):
                raise self.fail(f"{name}.{key} is not a table")
            found[key] = SampleRow(cast("dict[str, object]", value), f"{name}.{key}")
        return found

    def close(self) -> None:
        """Raise SampleError when the table holds a field that was not read: it is a typing mistake."""
        if self._values:
            raise self.fail(f"unknown field {min(self._values)}")

    def _list(self, name: str) -> list[object]:
        value = self._values.pop(name, [])
        if not isinstance(value, list):
            raise self.fail(f"{name} is not a list")
        return cast("list[object]", value)

    def _table(self, name: str) -> dict[str, object]:
        value = self._values.pop(name, {})
        if not isinstance(value, dict):
            raise self.fail(f"{name} is not a table")
        return cast("dict[str, object]", value)
