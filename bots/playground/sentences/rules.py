"""Find out what a sentence asks for: the first rule that matches it whole."""

from bots.playground.sentences.building import Slots
from bots.playground.sentences.english import ENGLISH
from bots.playground.sentences.hebrew import HEBREW
from bots.playground.sentences.intents import Intent
from bots.playground.sentences.rule import Rule
from bots.playground.sentences.situation import Situation

RULES: tuple[Rule, ...] = (*ENGLISH, *HEBREW)
"""English first; a sentence of one language never matches a rule of the other."""


def understand(words: str, situation: Situation) -> Intent | None:
    """Return what a sentence asks for, or None. ``words`` went through ``words.normal``."""
    for rule in RULES:
        match = rule.pattern.fullmatch(words)
        if match is None:
            continue
        slots = {name: value.strip() for name, value in match.groupdict().items() if value is not None}
        call = rule.build(slots, situation)
        if call is None and rule.kind not in {"hello", "thanks", "help"}:
            continue
        minutes = _minutes(slots) if rule.kind == "shift" else 0
        return Intent(rule.kind, rule.language, call, minutes, dict(slots))
    return None


def _minutes(slots: Slots) -> int:
    if "half" in slots:
        amount = 30
    elif "hour" in slots:
        amount = 60
    else:
        amount = int(slots["minutes"])
    earlier = slots.get("way", "") in {"earlier", "forward", "הקדם", "הקדימי", "הקדימו", "להקדים"}
    return -amount if earlier else amount
