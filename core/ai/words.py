"""What is wrong with a model's words before anybody reads them: a call in its own notation, a loop, too many. Pure."""

import re
from collections.abc import Iterable

LONGEST = 8000
"""Characters of an answer: three messages of a chat. People asked on a phone, in a hurry."""
_CALL = re.compile(
    r"default_api\s*[.:]\s*\w+|declaration\s*:\s*\w+[\w:.]*\s*[({]|```\s*(?:tool_code|tool_call|tool_output)\b"
    r"|<\|?/?(?:tool_call|tool_calls|tool_code|tool_response|function_calls?|function_response|invoke|tool_use)\b"
    r"|<(?:function|parameter|invoke)\s*=|<(?:ctrl|unused)\d+>|<(?:start|end)_(?:of_turn|function_\w+)>|<\|[a-z_]+\|>"
    r"|\Athought\s*\n|</?think(?:ing)?>|^functions?\.\w+:\d|\[(?:TOOL_CALLS?|TOOL_REQUEST|FUNCTION_CALLS?)\]"
    r"|\"(?:functionCall|function_call|tool_calls|toolCall|tool_call)\"\s*:",
    re.IGNORECASE | re.MULTILINE,
)
"""The notations in which models write calls where they should make them, and thoughts that nobody is to read."""
_FEWEST, _SHORTEST_LOOP = 6, 300
"""Times that something stands behind itself, and characters of it all, from which it is a loop and no list."""
_LONGEST_PERIOD = 150
"""Words of what is repeated."""
_LONGEST_WORD = 400
_STUTTER = re.compile(r"(\S{1,20}?)\1{60,}")
"""One word that does not end: no white space parts what is repeated in it."""


def is_call(text: str, tools: Iterable[str]) -> bool:
    """Whether words are, or contain, a call of a tool in some notation; ``tools`` are the names there are."""
    if _CALL.search(text):
        return True
    names = "|".join(re.escape(name) for name in tools)
    if not names:
        return False
    in_steps = rf"^\s*Action\s*:\s*(?:\w+\.)?(?:{names})\b"
    called = rf"(?<![\w.])(?:print\s*\(\s*)?(?:\w+\.)?(?:{names})\s*[({{]"
    in_json = rf"[\"'](?:name|tool|tool_name|function|action)[\"']\s*:\s*[\"'](?:\w+\.)?(?:{names})[\"']"
    in_markup = rf"<(?:{names})[\s/>]"
    return re.search(f"{called}|{in_json}|{in_markup}|{in_steps}", text, re.MULTILINE) is not None


def shortened(text: str) -> str:
    """Return a text without the rest of a loop and at most ``LONGEST`` characters long, cut between lines or words."""
    kept = _without_loop(_STUTTER.sub(r"\1", text)).strip()
    if len(kept) <= LONGEST:
        return kept
    border = max(kept.rfind("\n", LONGEST // 2, LONGEST), kept.rfind(". ", LONGEST // 2, LONGEST) + 1)
    return kept[: border if border > 0 else LONGEST].rstrip()


def _without_loop(text: str) -> str:
    """Keep a text up to where it begins to repeat itself, once through; what a loop led to is no answer either."""
    places = [(found.start(), found[0]) for found in re.finditer(r"\S+", text)]
    words = [word[:_LONGEST_WORD] for _, word in places]
    found = (_loop(words, places, period) for period in range(1, min(_LONGEST_PERIOD, len(words) // 2) + 1))
    ends = [end for end in found if end is not None]
    return text[: min(ends)] if ends else text


def _loop(words: list[str], places: list[tuple[int, str]], period: int) -> int | None:
    """Return where the first loop with this many words in a round is through once, in characters."""
    same = 0
    for at in range(period, len(words)):
        same = same + 1 if words[at] == words[at - period] else 0
        first = at - same - period + 1
        is_long = places[at][0] + len(places[at][1]) - places[first][0] >= _SHORTEST_LOOP
        if same >= period * (_FEWEST - 1) and is_long:
            return places[first + period][0]
    return None
