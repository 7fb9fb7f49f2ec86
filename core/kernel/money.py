"""Money as people write it: "1,500 ₪", "$20", "1500 NIS". Babel knows the currencies and their decimals."""

import re
import unicodedata
from decimal import Decimal
from functools import cache
from typing import Annotated, Any

from babel.core import get_global
from babel.numbers import get_currency_precision
from pydantic import BeforeValidator, WithJsonSchema

from core.kernel.phrases import Money, Phrase, phrase

MOST = Decimal(10) ** 12
"""Amounts are below it: what ``numeric(16, 4)`` holds."""
_SAID_BACK = 60
_CALLED = {
    **dict.fromkeys(("₪", "nis", "shekel", "shekels", 'ש"ח', "שח", "שקל", "שקלים"), "ILS"),
    **dict.fromkeys(("$", "us$", "dollar", "dollars", "דולר", "דולרים"), "USD"),
    **dict.fromkeys(("€", "euro", "euros", "אירו", "יורו"), "EUR"),
    **dict.fromkeys(("£", "pound", "pounds", 'ליש"ט'), "GBP"),
    **dict.fromkeys(("¥", "yen", "ין"), "JPY"),
}
"""What a currency is called beside its code; a sign that several have means the one that is most used."""
_AMOUNT = r"\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_NAME = r"[^\W\d_]+(?:\"[^\W\d_]+)?|[^\W\d_]{0,2}[$€£¥₪]"
_WRITTEN = re.compile(rf"(?:(?P<before>{_NAME}) ?)?(?P<amount>{_AMOUNT})(?: ?(?P<after>{_NAME}))?")
_QUOTES = str.maketrans(dict.fromkeys("״”“„", '"'))


class Unclear(ValueError):
    """An argument that a person has to say otherwise; ``phrase`` tells them how, in their language."""

    def __init__(self, said: Phrase) -> None:
        super().__init__(said.id)
        self.phrase = said


def read_money(text: str) -> Money:
    """Return an amount and its currency, in whichever order. Raises ``Unclear``; nothing is guessed."""
    written = " ".join(unicodedata.normalize("NFKC", text).translate(_QUOTES).replace("''", '"').split())
    found = _WRITTEN.fullmatch(written)
    named = {_code(each) for each in (found["before"], found["after"]) if each} if found else set[str]()
    # What is said back is short, and nothing in it is invisible.
    text = "".join(letter for letter in text if letter.isprintable())[:_SAID_BACK]
    if found is None or len(named) > 1:
        raise Unclear(phrase("money-unreadable", text=text))
    if not named:
        raise Unclear(phrase("money-no-currency", text=text))
    currency = named.pop()
    if currency not in _currencies():
        raise Unclear(phrase("money-currency-unknown", currency=currency))
    amount = Decimal(found["amount"].replace(",", ""))
    if amount >= MOST:
        raise Unclear(phrase("money-too-much", text=text))
    decimals = get_currency_precision(currency)
    if amount != round(amount, decimals):
        raise Unclear(
            phrase("money-decimals" if decimals else "money-whole", currency=currency, decimals=str(decimals))
        )
    return Money(amount, currency)


def _code(name: str) -> str:
    return _CALLED.get(name.casefold(), name.upper())


@cache
def _currencies() -> frozenset[str]:
    """The codes of ISO 4217 that somewhere are tender today."""
    everywhere = get_global("territory_currencies").values()
    return frozenset(code for each in everywhere for code, _since, until, is_tender in each if is_tender and not until)


def money_row(money: Money) -> dict[str, str]:
    """Return it as JSON: ``amount`` as PostgreSQL writes it without trailing zeros, and ``currency``."""
    return {"amount": f"{money.amount.normalize():f}", "currency": money.currency}


def money_of(row: dict[str, str]) -> Money:
    """Return what ``money_row`` made a row of."""
    return Money(Decimal(row["amount"]), row["currency"])


def _argument(value: Any) -> Money:
    return value if isinstance(value, Money) else read_money(str(value))


MoneyArgument = Annotated[Money, BeforeValidator(_argument), WithJsonSchema({"type": "string"})]
"""An argument that a model writes as text, such as "1500 ILS"."""
