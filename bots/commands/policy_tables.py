"""How a policy looks at the terminal: one table for what holds, one for the rules, one for the conflicts."""

from typing import Any

from rich.text import Text

from bots.commands.tables import Clock, cell, out, show, show_pairs
from core.flows.runtime import ACTION_TYPES
from core.kernel.phrases import Phrase, phrase
from core.policies.describe import said_about, said_names, said_risks, said_rule
from core.policies.kinds import FIXED, KINDS, said_conflict
from core.policies.models import Approval, Current, Policy
from core.texts import plain, say

Row = dict[str, Any]

_LEVELS = {"block": "red", "acknowledge": "yellow", "warn": "", "off": "dim"}


def spoken(said: Phrase) -> str:
    """Say a sentence at the terminal, which knows nothing of directions."""
    return plain(say("en", said))


def show_policy(now: Current, versions: list[Row]) -> None:
    """Print what holds for every action and who said so when, who may approve what, and how heavy conflicts weigh."""
    policy = now.policy
    changed = "never changed"
    if versions:
        [last], zone = versions, versions[0]["zone"] or "UTC"
        at = Clock([zone]).say(last["changed_at"], zone)
        changed = f"{now.version}, changed by {last['changed_by']}, {at} {zone}"
    show_pairs(
        (
            ("Version", changed),
            ("Askers may approve their own", "yes" if policy.askers_may_approve else "no"),
            ("Two people needed for", spoken(said_risks(policy))),
            ("Low risk is done at once", "yes" if policy.at_once_for_low else "no"),
            ("Asked when nobody decides", spoken(said_names(policy.backup, now.names))),
            ("Pause between two sessions in a room", spoken(phrase("policy-minutes", count=policy.buffer_minutes))),
        )
    )
    out.print()
    _show_rules(now)
    out.print()
    _show_levels(policy)


def _show_rules(now: Current) -> None:
    """Print who may approve what, in the order in which it counts."""
    rows = [
        (spoken(said_about(rule, ACTION_TYPES)), spoken(said_rule(rule, now.names))) for rule in now.policy.approvals
    ]
    rest = spoken(said_rule(Approval(roles=("owner", "manager")), {}))
    show(("Action", "Approved by"), [*rows, ("everything else" if rows else "everything", rest)])


def _show_levels(policy: Policy) -> None:
    """Print how heavy each kind of conflict weighs, which cannot be lowered, and how commands write it."""
    rows: list[tuple[str, Text, str]] = []
    for kind, default in KINDS.items():
        level = policy.levels.get(kind, default)
        note = ", kept by the database" if kind in FIXED else "" if level == default else f", usually {default}"
        rows.append((spoken(said_conflict(kind)), cell(level, _LEVELS[level]).append(note, style=""), kind))
    show(("Conflict", "Level", "In commands"), rows)


def show_delegations(rows: list[Row]) -> None:
    """Print who decides for whom, from when to when."""
    clock = Clock(row["zone"] for row in rows)
    told = [
        (
            row["from_name"],
            row["to_name"],
            clock.say(row["starts_at"], row["zone"]),
            clock.say(row["ends_at"], row["zone"]),
        )
        for row in rows
    ]
    show(("Away", "Decides", "From", "Until"), told, total=clock.below())


def data(now: Current) -> dict[str, Any]:
    """Return the policy as one object of JSON, with the names of whom it names."""
    names = {str(who): name for who, name in now.names.items()}
    return {"version": now.version, **now.policy.model_dump(mode="json"), "names": names}
