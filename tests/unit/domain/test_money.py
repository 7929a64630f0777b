from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learnpath.domain.money import Money, minor_digits


@pytest.mark.parametrize(
    ("amount", "currency", "minor"),
    [
        ("165", "USD", 16500),
        ("0.005", "EUR", 1),
        ("-0.005", "EUR", -1),
        ("1.004", "EUR", 100),
        ("999.5", "JPY", 1000),
        ("1.2345", "KWD", 1235),
    ],
)
def test_an_amount_becomes_minor_units(amount: str, currency: str, minor: int) -> None:
    assert Money.of(Decimal(amount), currency) == Money(minor, currency)


@pytest.mark.parametrize("currency", ["", "EU", "eur", "EURO", "€", "EUR\n", "ÉUR"])
def test_a_currency_is_three_capital_letters(currency: str) -> None:
    with pytest.raises(ValueError):
        _ = Money(1, currency)


@given(st.integers(-(10**12), 10**12), st.sampled_from(["EUR", "JPY", "KWD", "HUF"]))
def test_minor_units_and_amount_are_the_same_money(minor: int, currency: str) -> None:
    money = Money(minor, currency)
    assert Money.of(money.amount, currency) == money
    assert -money.amount.as_tuple().exponent == minor_digits(currency)
