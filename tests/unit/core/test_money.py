"""Money is read as people write it, said as their language writes it, and never guessed."""

import json
from decimal import Decimal
from uuid import uuid4

import pytest
from pydantic import BaseModel, ValidationError

from core.actions.discretion import FROM_VIEWERS, IN_COMPANY, discreet, without_personal
from core.actions.phrasing import touched_phrase
from core.kernel.cards import Card, Fact
from core.kernel.money import MoneyArgument, Unclear, money_of, money_row, read_money
from core.kernel.phrases import Money, Phrase, internal, phrase
from core.kernel.proposals import Conflict, Impact, Item, Touched, Vip, added_up
from core.texts import say

SHEKELS = Money(Decimal(1500), "ILS")


@pytest.mark.parametrize(
    "text",
    [
        *("1,500 ₪", "₪1500", "1500₪", "1500 NIS", "1500 ils", "ILS 1,500.00", "1500 shekels", "１５００ ILS"),
        *("1500 ש״ח", '1500 ש"ח', "1500 ש''ח", "1500 שקלים", " 1500  שקל "),
    ],
)
def test_one_amount_is_read_however_it_is_written(text: str) -> None:
    assert read_money(text) == SHEKELS


@pytest.mark.parametrize(
    ("text", "money"),
    [
        ("$20", Money(Decimal(20), "USD")),
        ("20.5 dollars", Money(Decimal("20.5"), "USD")),
        ("US$20 USD", Money(Decimal(20), "USD")),
        ("€1,000,000", Money(Decimal(1000000), "EUR")),
        ("1.125 KWD", Money(Decimal("1.125"), "KWD")),
        ("0 ILS", Money(Decimal(0), "ILS")),
    ],
)
def test_other_currencies_have_their_own_signs_and_decimals(text: str, money: Money) -> None:
    assert read_money(text) == money
    assert money_of(money_row(money)) == money


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("1500", "In which currency is 1500? Write it with the amount, such as 1,500 ILS or $20."),
        *(
            (text, f"I cannot read the amount {text}. Write it with its currency, such as 1,500 ILS or $20.")
            for text in ("a lot", "-5 ILS", "1,5 ILS", "1e5 ILS", "1.500,00 EUR", "$20 EUR", "NaN ILS", "")
        ),
        ("5 XXX", "I know no currency XXX. Write its sign or its code of three letters, such as ILS or USD."),
        ("5 DEM", "I know no currency DEM. Write its sign or its code of three letters, such as ILS or USD."),
        ("5.5 JPY", "JPY has no decimals. Write a whole amount."),
        ("5.555 ILS", "ILS has 2 decimals. Write the amount with no more of them."),
        ("1000000000000 ILS", "1000000000000 ILS is more than I can write down. Check the amount."),
    ],
)
def test_what_is_unclear_is_asked_back(text: str, why: str) -> None:
    with pytest.raises(Unclear) as found:
        read_money(text)
    assert say("en", found.value.phrase).translate({0x2068: None, 0x2069: None}) == why


def test_an_argument_is_money_or_says_why_not() -> None:
    class Args(BaseModel):
        cost: MoneyArgument

    assert Args.model_validate({"cost": "1,500 ₪"}).cost == SHEKELS
    assert Args.model_json_schema()["properties"]["cost"]["type"] == "string"
    with pytest.raises(ValidationError):
        Args.model_validate({"cost": 5})


@pytest.mark.parametrize(
    ("locale", "currency", "said"),
    [
        ("en", "ILS", "The event costs \u2068₪1,500.00\u2069 more."),
        ("en", "JPY", "The event costs \u2068¥1,500\u2069 more."),
        ("en", "KWD", "The event costs \u2068KWD1,500.000\u2069 more."),
        ("he", "ILS", "עלות האירוע עולה ב־\u2068\u200f1,500.00\u00a0\u200f₪\u2069."),
        ("he", "USD", "עלות האירוע עולה ב־\u2068\u200f1,500.00\u00a0\u200f$\u2069."),
    ],
)
def test_money_is_said_as_the_language_writes_it(locale: str, currency: str, said: str) -> None:
    assert say(locale, phrase("impact-cost-more", amount=Money(Decimal(1500), currency))) == said


def test_lines_of_one_kind_name_and_currency_are_added_up() -> None:
    def cost(amount: str, currency: str = "ILS", name: str | None = None) -> Touched:
        return Touched(kind="cost-more", amount=Decimal(amount), currency=currency, name=name)

    places = Touched(kind="places-more", count=5)
    lines = (cost("10.10"), places, cost("5", "USD"), cost("0.20"), places, cost("1", name="Sound"))
    assert added_up(lines) == (
        cost("10.30"),
        Touched(kind="places-more", count=10),
        cost("5", "USD"),
        cost("1", name="Sound"),
    )


def test_every_line_is_said_from_one_form_and_a_viewer_is_not_told_what_is_internal() -> None:
    cost = Touched(kind="cost-more", amount=Decimal(5), currency="USD", is_internal=True)
    touched = Impact(affected_participants=2, vips=(Vip(name="Dana", note="front row"),), waiting=1, more=(cost,))
    said = [touched_phrase(each) for each in touched.lines]
    assert [say("en", each).translate({0x2068: None, 0x2069: None}) for each in said] == [
        "2 registered people are affected.",
        "One person waits for a place.",
        "VIP: Dana (front row)",
        "The event costs $5.00 more.",
    ]
    assert [without_personal(each, FROM_VIEWERS).id for each in said] == [
        "impact-registered",
        "impact-waiting",
        "impact-vip",
        "personal-withheld",
    ]


@pytest.mark.parametrize("words", ["for 1,500 ₪", 'ב־1500 ש"ח', "for 1.5k shekels", "באלף וחמש מאות שקל"])
def test_no_words_tell_a_viewer_an_amount_that_their_card_withholds(words: str) -> None:
    said = phrase("asked-by", name="Dana", words=words)
    why = phrase("card-why", words=words)
    cost = phrase("vendors-cost", cost=Money(Decimal(1500), "ILS"))

    def quoted(value: Phrase, hidden: frozenset[str]) -> tuple[Phrase | None, Phrase | None]:
        facts = (Fact(phrase("vendors-label-cost"), value),)
        card = Card(
            suggestion_id=uuid4(),
            title=phrase("vendors-label-cost"),
            state="suggested",
            risk="low",
            gesture="confirm",
            facts=facts,
            asked_by=said,
            why=why,
        )
        shown = discreet(card, phrase("personal-not-for-viewers"), hidden)
        return shown.asked_by, shown.why

    assert quoted(internal(cost), FROM_VIEWERS) == (
        phrase("asked-by", name="Dana", words="…"),
        phrase("card-why", words="…"),
    )
    # Who works with it reads it, and an amount that is shown is no secret.
    assert quoted(internal(cost), IN_COMPANY) == (said, why)
    assert quoted(cost, FROM_VIEWERS) == (said, why)


OLD_IMPACT = {"affected_participants": 2, "vips": [{"name": "Dana", "note": None}], "counts_people": True}
OLD_ITEM = {
    "id": "00000000-0000-0000-0000-000000000001",
    "title": "Panel",
    "start_time": "2031-05-01T09:00:00Z",
    "end_time": "2031-05-01T10:00:00Z",
    "room": None,
    "speaker_name": None,
}
OLD_CONFLICT = {"kind": "room_overlap", "severity": "error", "item": OLD_ITEM, "details": {"minutes": 5}}


def test_what_was_stored_before_is_read_and_written_as_it_was() -> None:
    assert Impact.model_validate(OLD_IMPACT).model_dump(mode="json") == OLD_IMPACT
    assert Conflict.model_validate(OLD_CONFLICT).model_dump(mode="json") == OLD_CONFLICT
    before = {
        "kind": "vendor_event_over",
        "severity": "warning",
        "item": None,
        "details": {"vendor": "A", "event": "B"},
    }
    assert Conflict.model_validate(before).model_dump(mode="json") == before


def test_what_is_stored_now_is_read_as_it_was() -> None:
    more = (Touched(kind="cost-more", amount=Decimal("1.50"), currency="ILS", is_internal=True),)
    impact = Impact(counts_people=False, more=more)
    assert Impact.model_validate(json.loads(json.dumps(impact.model_dump(mode="json")))) == impact
    task = Item.model_validate({"kind": "task", "id": OLD_ITEM["id"], "title": "Print"})
    assert Item.model_validate(task.model_dump(mode="json")) == task
