"""How a change of somebody's access reads on a card, from the bytes that will run. Pure."""

from typing import Any

from core.kernel.cards import Change, Fact
from core.kernel.phrases import Phrase, phrase
from core.kernel.principal import PLATFORM_NAMES
from core.kernel.tools import Action, Description

Row = dict[str, Any]


def describe(action: Action) -> Description:
    """Return whom it is about, what changes, and what becomes of their chats."""
    before: Row = action.before or {}
    title = phrase(f"card-{action.action_type.replace('_', '-')}", name=before["name"])
    if action.action_type == "person_role":
        change = Change(phrase("access-field-role"), role_phrase(before["role"]), role_phrase(action.args["role"]))
        return Description(title, changes=(change,))
    role = Fact(phrase("access-field-role"), role_phrase(before["role"]))
    change = Change(phrase("access-field-access"), *_switched(action.action_type))
    return Description(
        title, facts=(role, Fact(phrase("access-field-chats"), _chats(action, before))), changes=(change,)
    )


def role_phrase(role: str) -> Phrase:
    """Say a role."""
    return phrase(f"access-role-{role}")


def _switched(action_type: str) -> tuple[Phrase, Phrase]:
    off, on = phrase("access-off"), phrase("access-on")
    return (on, off) if action_type == "person_off" else (off, on)


def _chats(action: Action, before: Row) -> Phrase:
    if action.action_type == "person_on":
        return phrase("access-chats-back" if action.args.get("links") else "access-chats-anew")
    platforms = tuple(
        dict.fromkeys(PLATFORM_NAMES.get(str(link["platform"]), str(link["platform"])) for link in before["links"])
    )
    return phrase("access-chats-end", platforms=platforms) if platforms else phrase("access-chats-none")
