"""Domain records to plain JSON values and back, driven by their annotations. Reading is strict.

Belongs here: values of the domain's types. What the whole file looks like is `library_json`.
"""

from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass
from enum import StrEnum
from functools import lru_cache
from types import NoneType, UnionType
from typing import Any, cast, get_args, get_origin, get_type_hints

from learnpath.domain.dates import PartialDate

Decode = Callable[[object, str], Any]
_LARGEST = 2**63 - 1


class WrongValue(ValueError):
    """A value that its field cannot hold. The message begins with where: `credentials[3].awarded_on: …`."""


def encode_value(value: Any) -> Any:
    """Return a domain value as JSON values: records as objects, dates and words as text, tuples as arrays."""
    if isinstance(value, PartialDate | StrEnum):
        return str(value)
    if isinstance(value, tuple):
        return [encode_value(item) for item in value]  # pyright: ignore[reportUnknownVariableType]
    if is_dataclass(value):
        return {field.name: encode_value(getattr(value, field.name)) for field in fields(value)}
    return value


def decode_record(record_type: type[Any], value: object, where: str) -> Any:
    """Return the record an object describes. Fields with a default may be absent; unknown ones are refused.

    Raises WrongValue for any value that is not exactly of the field's type.
    """
    return _decoder(record_type)(value, where)


@lru_cache(maxsize=64)
def _decoder(annotation: Any) -> Decode:
    if annotation is PartialDate:
        return _partial_date
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        return _word_decoder(annotation)
    if annotation in (str, bool, int):
        return _plain_decoder(annotation)
    if isinstance(annotation, type) and is_dataclass(annotation):
        return _record_decoder(annotation)
    if get_origin(annotation) is tuple:
        return _tuple_decoder(_decoder(get_args(annotation)[0]))
    if isinstance(annotation, UnionType):
        (inner,) = (part for part in get_args(annotation) if part is not NoneType)
        return _optional_decoder(_decoder(inner))
    raise AssertionError(f"no JSON form for {annotation}")


def _plain_decoder(wanted: type[Any]) -> Decode:
    names = {str: "text", bool: "true or false", int: "a whole number"}

    def decode(value: object, where: str) -> Any:
        if type(value) is not wanted:
            raise WrongValue(f"{where}: not {names[wanted]}")
        if isinstance(value, int) and abs(value) > _LARGEST:
            raise WrongValue(f"{where}: the number is too large")
        return value

    return decode


def _partial_date(value: object, where: str) -> PartialDate:
    try:
        return PartialDate(value if isinstance(value, str) else "")
    except ValueError:
        raise WrongValue(f"{where}: not a date such as 2026-05-14") from None


def _word_decoder(words: type[StrEnum]) -> Decode:
    def decode(value: object, where: str) -> StrEnum:
        try:
            return words(value)  # pyright: ignore[reportArgumentType]
        except ValueError:
            raise WrongValue(f"{where}: not one of {', '.join(words)}") from None

    return decode


def _optional_decoder(inner: Decode) -> Decode:
    return lambda value, where: None if value is None else inner(value, where)


def _tuple_decoder(inner: Decode) -> Decode:
    def decode(value: object, where: str) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise WrongValue(f"{where}: not a list")
        items = cast("list[object]", value)
        return tuple(inner(item, f"{where}[{at}]") for at, item in enumerate(items))

    return decode


def _record_decoder(record_type: type[Any]) -> Decode:
    hints = get_type_hints(record_type)
    decoders = {field.name: _decoder(hints[field.name]) for field in fields(record_type)}
    required = {field.name for field in fields(record_type) if field.default is MISSING}

    def decode(value: object, where: str) -> Any:
        if not isinstance(value, dict):
            raise WrongValue(f"{where}: not an object")
        found = cast("dict[str, object]", value)
        unknown = found.keys() - decoders.keys()
        if unknown:
            raise WrongValue(f"{where}: unknown field “{min(unknown)[:40]}”")
        missing = required - found.keys()
        if missing:
            raise WrongValue(f"{where}: “{min(missing)}” is missing")
        values = {name: decoders[name](item, f"{where}.{name}" if where else name) for name, item in found.items()}
        try:
            return record_type(**values)
        except ValueError as problem:
            raise WrongValue(f"{where}: {problem}") from None

    return decode
