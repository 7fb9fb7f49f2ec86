"""The buttons below a card, in rows that fit a phone; what a modal asks elsewhere is a menu or a question here."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.constants import KeyboardButtonStyle

from bots.telegram.press import callback_data
from bots.telegram.text import clean, shorten, units
from core.kernel.cards import Button, Card, Press
from core.kernel.phrases import Phrase, phrase
from core.kernel.principal import Locale
from core.texts import say

_STYLES = {"danger": KeyboardButtonStyle.DANGER, "primary": KeyboardButtonStyle.SUCCESS}
_NOTES = frozenset({"acknowledge", "withdraw"})
"""What a press on these notes is no verdict; they have a row of their own."""
_DECIDING = frozenset({"approve", "reject"})
_LABEL = 64
"""UTF-16 units of a button's label; longer ones are not readable on a phone."""
_HALF = 18
"""UTF-16 units that half the width of a phone shows; a longer label has a row of its own."""
_SHOW = Button("show", phrase("button-show"), "plain")
_MODE = phrase("telegram-mode")

Rows = list[list[Button]]


def keyboard_of(card: Card, locale: Locale, *, is_cut: bool) -> InlineKeyboardMarkup | None:
    """Return a card's keyboard, None where it has no buttons.

    ``is_cut``: something of the card had to be shortened, so that there has to be a button that shows everything.
    """
    offered = [button for button in card.buttons if _is_offered(button, card)]
    is_cut = is_cut or any(shorten(label := _words(each.label, locale), _LABEL) != label for each in offered)
    if is_cut and all(button.verdict != "show" for button in offered):
        offered.append(_SHOW)
    is_menu = any(button.verdict == "menu" for button in offered)
    rows = _menu_rows(offered, locale) if is_menu else _rows(_opening(offered, card), card, locale)
    keys = [[_key(button, card, locale) for button in row] for row in rows if row]
    return InlineKeyboardMarkup(keys) if keys else None


def offers(offered: Sequence[tuple[str, Press]]) -> InlineKeyboardMarkup | None:
    """Return answers to a question as buttons, two in a row where they fit; None where there are none."""
    rows: list[list[InlineKeyboardButton]] = []
    last_is_half = False
    for said, press in offered:
        label = shorten(" ".join(clean(said).split()), _LABEL)
        key = InlineKeyboardButton(label, callback_data=callback_data(press.verdict, press.suggestion_id, press.choice))
        is_half = units(label) <= _HALF
        if is_half and last_is_half:
            rows[-1].append(key)
            last_is_half = False
        else:
            rows.append([key])
            last_is_half = is_half
    return InlineKeyboardMarkup(rows) if rows else None


def _is_offered(button: Button, card: Card) -> bool:
    """What must be acknowledged can be approved once somebody has; a word is typed, not pressed."""
    if button.verdict != "approve":
        return True
    return card.gesture != "type_word" and (card.gesture != "acknowledge" or bool(card.acknowledged_by))


def _opening(offered: Iterable[Button], card: Card) -> list[Button]:
    """Return the buttons of a card; those that open a modal elsewhere open a menu or ask a question."""
    found: list[Button] = []
    for button in offered:
        if (button.verdict == "reject" and card.gesture != "none") or button.verdict == "edit":
            found.append(replace(button, verdict="menu", choice=button.verdict))
        elif button.verdict == "choose":
            found += [replace(button, choice="lines"), Button("choose", _MODE, "plain", "mode")]
        else:
            found.append(button)
    return found


def _rows(buttons: Sequence[Button], card: Card, locale: Locale) -> Rows:
    """What decides comes first; where nobody can approve, what could be done instead does."""
    notes = [[each] for each in buttons if each.verdict in _NOTES]
    verdicts = [each for each in buttons if _decides(each)]
    alternatives = [[each] for each in buttons if each.verdict == "alternative"]
    rest = [each for each in buttons if not _decides(each) and each.verdict not in {*_NOTES, "alternative"}]
    first, then = ([verdicts], alternatives) if card.gesture != "none" else (alternatives, [verdicts])
    return [*notes, *first, *then, *_in_pairs(rest, locale)]


def _decides(button: Button) -> bool:
    return button.verdict in _DECIDING or (button.verdict, button.choice) == ("menu", "reject")


def _menu_rows(buttons: Sequence[Button], locale: Locale) -> Rows:
    """A menu's own choices come first, two in a row where they fit; then what is about the whole, and the way out."""
    choices = [each for each in buttons if each.choice and each.verdict != "alternative"]
    whole = [[each] for each in buttons if each.verdict == "alternative" or not each.choice]
    return [*_in_pairs(choices, locale), *sorted(whole, key=lambda row: row[0].verdict == "menu")]


def _in_pairs(buttons: Sequence[Button], locale: Locale) -> Rows:
    rows: Rows = []
    for button in buttons:
        is_short = units(_words(button.label, locale)) <= _HALF
        beside = rows[-1] if rows else []
        if is_short and len(beside) == 1 and units(_words(beside[0].label, locale)) <= _HALF:
            beside.append(button)
        else:
            rows.append([button])
    return rows


def _key(button: Button, card: Card, locale: Locale) -> InlineKeyboardButton:
    data = callback_data(button.verdict, card.suggestion_id, button.choice)
    words = _words(button.label, locale)
    # A reason also stands within a sentence, where it begins small.
    label = shorten(words[:1].upper() + words[1:] if button.verdict == "reject" else words, _LABEL)
    return InlineKeyboardButton(label, callback_data=data, style=_STYLES.get(button.style))


def _words(label: Phrase, locale: Locale) -> str:
    return " ".join(clean(say(locale, label)).split())
