"""Choosing which lines of a bundle run, and what happens when one of them cannot. Pure."""

from slack_sdk.models.blocks import Block, CheckboxesElement, InputBlock, Option, PlainTextObject, RadioButtonsElement

from bots.slack.modals.frame import LABEL, OPTION, Answer, Drawn, Typed
from bots.slack.render import Page
from bots.slack.text import directed, fitting, pieces, shorten
from core.kernel.cards import Sheet
from core.kernel.phrases import Phrase, phrase

_LINES, _MODE = "lines", "mode"
_GROUP = 10
"""Slack's limit for the boxes of one input."""
_LONG = 1800
_ROOM = 2
"""Pieces of a line that a box has room for."""
_MODES = {"all": "slack-choose-all", "until_failure": "slack-choose-until"}

_BETWEEN = "·"
"""What stands between the parts of a line."""


def draw(page: Page, sheet: Sheet, _choice: str) -> Drawn:
    """Return a box for every line, ticked where it runs as things are, and the two ways to go on after a failure."""
    lines = sheet.card.lines
    groups = [block for at in range(0, len(lines), _GROUP) for block in _group(page, sheet, at)]
    return Drawn(
        title=phrase("slack-choose-title"),
        submit=phrase("slack-choose-do"),
        blocks=[page.section(f"*{page.said(sheet.card.title, LABEL)}*"), *groups, _mode(page, sheet)],
        kept={"lines": len(lines)},
    )


def read(typed: Typed) -> Answer:
    """Return the numbers of the lines that are left out, from 1, and how to go on."""
    count = typed.number("lines")
    groups = [f"{_LINES}{at}" for at in range(0, count, _GROUP)]
    ticked = {value for group in groups for value in typed.ticked(group)}
    out = [str(number) for number in range(1, count + 1) if str(number) not in ticked]
    if len(out) == count:
        return Answer(wrong={f"{_LINES}0": phrase("slack-choose-none")} if count else {})
    mode = typed.chosen(_MODE)
    return Answer(evidence={"out": ",".join(out), "mode": mode if mode in _MODES else "all"}, blames=_MODE)


def _group(page: Page, sheet: Sheet, at: int) -> list[Block]:
    group = list(enumerate(sheet.card.lines, 1))[at : at + _GROUP]
    first, last = group[0][0], group[-1][0]
    one = phrase("slack-choose-line", first=first)
    label = one if first == last else phrase("slack-choose-lines", first=first, last=last)
    boxes = [_box(page, number, line) for number, line in group]
    options = [option for option, _whole in boxes]
    ticked = [option for option in options if int(option.value or 0) not in sheet.left_out]
    # Slack refuses an empty list.
    element = CheckboxesElement(action_id=_LINES, options=options, initial_options=ticked or None)
    ticks = InputBlock(
        block_id=f"{_LINES}{at}", label=page.plain(label, LABEL, emoji=False), optional=True, element=element
    )
    return [*(page.section(whole) for _option, whole in boxes if whole), ticks]


def _box(page: Page, number: int, line: Phrase) -> tuple[Option, str]:
    """Return a line's box, and the whole line where the box has no room for it: two lines, the second in grey."""
    words = f"{number}. {page.words(line)}"
    parts = _at_a_part(words) or list(pieces(words, OPTION - 1))
    if len(parts) > _ROOM:
        option = Option(value=str(number), text=_plain(page, shorten(words, OPTION - 1)))
        return option, f"{number}. {page.said(line, _LONG)}"
    first, *rest = (_plain(page, part) for part in parts)
    return Option(value=str(number), text=first, description=rest[0] if rest else None), ""


def _at_a_part(words: str) -> list[str]:
    """Cut before a part of the line, so that "instead of 14:15 to 15:00" stays whole; nothing where that cannot be."""
    at = words.rfind(_BETWEEN, 0, OPTION)
    first, rest = words[: max(at, 0)].rstrip(), words[at + len(_BETWEEN) :].lstrip()
    is_whole = first.count("\u2068") == first.count("\u2069")
    fit = all(0 < len(each) == fitting(each, OPTION - 1) for each in (first, rest))
    return [first, rest] if at > 0 and len(words) >= OPTION and is_whole and fit else []


def _plain(page: Page, words: str) -> PlainTextObject:
    return PlainTextObject(text=directed(words, page.locale), emoji=False)


def _mode(page: Page, sheet: Sheet) -> Block:
    options = [Option(value=value, text=page.plain(phrase(id_), OPTION, emoji=False)) for value, id_ in _MODES.items()]
    element = RadioButtonsElement(
        action_id=_MODE, options=options, initial_option=options[1 if sheet.is_stopping else 0]
    )
    return InputBlock(
        block_id=_MODE, label=page.plain(phrase("slack-choose-mode"), LABEL, emoji=False), element=element
    )
