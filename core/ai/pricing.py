"""What tokens cost, in integer micro-dollars. Prices are settings: they change, and differ by contract."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from core.ai.models import Usage


@dataclass(frozen=True, slots=True)
class Price:
    """US dollars per million tokens. ``cached`` is what a cached input token costs; None means like any other."""

    input: Decimal
    output: Decimal
    cached: Decimal | None = None


def _price(input_: str, output: str, cached: str | None = None) -> Price:
    return Price(Decimal(input_), Decimal(output), None if cached is None else Decimal(cached))


_KNOWN: Mapping[str, tuple[tuple[date, Price], ...]] = {
    "gemini-2.5-flash": ((date(2026, 1, 1), _price("0.30", "2.50")),),
    "gemini-3.5-flash": ((date(2026, 1, 1), _price("1.50", "9.00")),),
    "gemini-3.5-flash-lite": ((date(2026, 1, 1), _price("0.30", "2.50")),),
    "gemini-3.8-flash": (
        (date(2026, 1, 1), _price("0.75", "3.75")),
        (date(2027, 1, 1), _price("1.50", "7.50")),
    ),
    "gemini-4-argon": (
        (date(2026, 1, 1), _price("2", "10", "0.10")),
        (date(2026, 12, 1), _price("4", "20", "0.20")),
    ),
    "gemini-4-carbon": (
        (date(2026, 1, 1), _price("2", "10")),
        (date(2026, 12, 1), _price("4", "20")),
    ),
    "gemini-4-hydrogen": ((date(2026, 1, 1), _price("1.50", "7.50")),),
}
"""Published list prices with the day from which they hold, as read in autumn 2026; ``GEMINI_PRICES`` overrides.

Where none stands for cached tokens they are counted as any other: a cost may be told too high, never too low."""


def price_of(model: str, day: date, overrides: Mapping[str, Price]) -> Price | None:
    """Return the model's price on a day, or None when it is not known: no figure is better than a wrong one."""
    if model in overrides:
        return overrides[model]
    valid = [price for since, price in _KNOWN.get(model, ()) if since <= day]
    return valid[-1] if valid else None


def read_prices(text: str) -> dict[str, Price]:
    """Read ``model=input/output[/cached], ...``. Raises ``ValueError`` with one sentence that names the part."""
    return dict(_read_price(part.strip()) for part in text.split(",") if part.strip())


def _read_price(part: str) -> tuple[str, Price]:
    model, _, said = part.partition("=")
    try:
        amounts = [Decimal(amount.strip()) for amount in said.split("/")]
    except InvalidOperation:
        amounts = []
    if not model.strip() or len(amounts) not in {2, 3} or not all(map(_is_amount, amounts)):
        raise ValueError(
            f'GEMINI_PRICES: write "{part}" as model=input/output or model=input/output/cached, '
            "such as my-model=0.5/2/0.05."
        )
    return model.strip(), Price(*amounts)


def _is_amount(dollars: Decimal) -> bool:
    return dollars.is_finite() and dollars >= 0


def cost_microdollars(usage: Usage, price: Price) -> int:
    """Return the cost, rounded half up. A dollar per million tokens is a micro-dollar per token."""
    cached = price.cached if price.cached is not None else price.input
    total = (
        max(usage.prompt - usage.cached, 0) * price.input
        + usage.cached * cached
        + (usage.output + usage.thoughts) * price.output
    )
    return int(total.quantize(Decimal(1), ROUND_HALF_UP))
