from datetime import date
from decimal import Decimal

import pytest

from core.ai.models import Usage
from core.ai.pricing import Price, cost_microdollars, price_of, read_prices

NOVEMBER, JANUARY = date(2026, 11, 20), date(2027, 1, 1)


def test_usage_adds_up() -> None:
    assert Usage(1, 2, 3, 4) + Usage(10, 20, 30, 40) == Usage(11, 22, 33, 44)


def test_a_price_holds_from_its_day() -> None:
    assert price_of("gemini-3.8-flash", NOVEMBER, {}) == Price(Decimal("0.75"), Decimal("3.75"))
    assert price_of("gemini-3.8-flash", JANUARY, {}) == Price(Decimal("1.50"), Decimal("7.50"))
    assert price_of("gemini-3.8-flash", date(2025, 1, 1), {}) is None


def test_a_model_without_a_price_costs_nothing_that_is_known() -> None:
    assert price_of("gemini-99", NOVEMBER, {}) is None


def test_the_price_of_cached_tokens_can_be_set() -> None:
    prices = read_prices("my-model=2/10/ 0.10, free=1/2/0")

    assert prices == {
        "my-model": Price(Decimal(2), Decimal(10), Decimal("0.10")),
        "free": Price(Decimal(1), Decimal(2), Decimal(0)),
    }
    assert cost_microdollars(Usage(prompt=1000, cached=400, output=20, thoughts=30), prices["my-model"]) == 1740
    assert cost_microdollars(Usage(prompt=1000, cached=1000), prices["free"]) == 0


def test_prices_can_be_set() -> None:
    prices = read_prices(" my-model = 0.5 / 2 , gemini-3.8-flash=0/1,")

    assert prices == {
        "my-model": Price(Decimal("0.5"), Decimal("2")),
        "gemini-3.8-flash": Price(Decimal("0"), Decimal("1")),
    }
    assert price_of("gemini-3.8-flash", JANUARY, prices) == Price(Decimal("0"), Decimal("1"))
    assert read_prices("") == {}


@pytest.mark.parametrize(
    "text",
    [
        "model",
        "model=1",
        "model=1/",
        "=1/2",
        "m=a/b",
        "m=nan/1",
        "m=1/-2",
        "m=1/Infinity",
        "m=1/2/",
        "m=1/2/x",
        "m=1/2/-1",
        "m=1/2/3/4",
    ],
)
def test_a_price_that_cannot_be_read_is_named(text: str) -> None:
    with pytest.raises(ValueError, match=f'write "{text}" as model=input/output'):
        read_prices(text)


def test_thoughts_cost_like_output_and_cached_tokens_their_own_price() -> None:
    price = Price(input=Decimal(2), output=Decimal(10), cached=Decimal("0.10"))

    assert cost_microdollars(Usage(prompt=1000, cached=400, output=20, thoughts=30), price) == 600 * 2 + 40 + 50 * 10
    assert cost_microdollars(Usage(prompt=1000, cached=400), Price(Decimal(2), Decimal(10))) == 2000


def test_half_a_micro_dollar_is_rounded_up() -> None:
    assert cost_microdollars(Usage(prompt=1), Price(Decimal("0.5"), Decimal(1))) == 1
    assert cost_microdollars(Usage(prompt=1), Price(Decimal("0.49"), Decimal(1))) == 0


def test_more_cached_than_sent_is_not_a_gain() -> None:
    assert cost_microdollars(Usage(prompt=0, cached=10), Price(Decimal(2), Decimal(1), Decimal(0))) == 0
