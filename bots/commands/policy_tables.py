"""How a policy looks at the terminal: one table for what holds, one for the rules, one for the conflicts."""

import json
from typing import Any
from zoneinfo import ZoneInfo

from rich.table import Table
from rich.text import Text

from core.kernel.phrases import Phrase, phrase
from core.policies.describe import said_about, said_names, said_risks, said_rule
from core.policies.kinds import FIXED, KINDS
from core.policies.models import Approval, Current, Policy
from core.texts import plain, say

Row = dict[str, Any]

_LEVELS = {"block": "red", "acknowledge": "yellow", "warn": "", "off": "dim"}


def spoken(said: Phrase) -> str:
    """Say a sentence at the terminal, which knows nothing of directions."""
    return plain(say("en", said))


def policy_table(now: Current, versions: list[Row]) -> Table:
    """Return what holds for every action, and who said so when."""
    policy = now.policy
    table = _table("", "")
    table.show_header = False
    changed = "never changed"
    if versions:
        at = versions[0]["changed_at"].astimezone(ZoneInfo("UTC")).strftime("%Y-%m-%d %H:%M UTC")
        changed = f"{now.version}, changed by {versions[0]['changed_by']}, {at}"
    for label, value in (
        ("Version", changed),
        ("Askers may approve their own", "yes" if policy.askers_may_approve else "no"),
        ("Two people needed for", spoken(said_risks(policy))),
        ("Low risk is done at once", "yes" if policy.at_once_for_low else "no"),
        ("Asked when nobody decides", spoken(said_names(policy.backup, now.names))),
        ("Pause between two sessions in a room", spoken(phrase("policy-minutes", count=policy.buffer_minutes))),
    ):
        table.add_row(label, Text(value))
    return table


def rules_table(now: Current) -> Table:
    """Return who may approve what, in the order in which it counts."""
    table = _table("Action", "Approved by")
    for rule in now.policy.approvals:
        table.add_row(Text(spoken(said_about(rule))), Text(spoken(said_rule(rule, now.names))))
    rest = Approval(roles=("owner", "manager"))
    table.add_row("everything else" if now.policy.approvals else "everything", Text(spoken(said_rule(rest, {}))))
    return table


def levels_table(policy: Policy) -> Table:
    """Return how heavy each kind of conflict weighs, and which cannot be lowered."""
    table = _table("Conflict", "Level", "")
    for kind, default in KINDS.items():
        level = policy.levels.get(kind, default)
        note = "kept by the database" if kind in FIXED else "" if level == default else f"usually {default}"
        table.add_row(kind, Text(level, style=_LEVELS[level]), note)
    return table


def delegations_table(rows: list[Row]) -> Table:
    """Return who decides for whom, from when to when."""
    table = _table("Away", "Decides", "From (UTC)", "Until (UTC)")
    for row in rows:
        table.add_row(Text(row["from_name"]), Text(row["to_name"]), _moment(row["starts_at"]), _moment(row["ends_at"]))
    return table


def as_json(now: Current) -> str:
    """Return the policy as one JSON object, with the names of whom it names."""
    names = {str(who): name for who, name in now.names.items()}
    return json.dumps(
        {"version": now.version, **now.policy.model_dump(mode="json"), "names": names}, ensure_ascii=False
    )


def _moment(at: Any) -> str:
    return at.astimezone(ZoneInfo("UTC")).strftime("%Y-%m-%d %H:%M")


def _table(*titles: str) -> Table:
    table = Table(box=None, pad_edge=False)
    for title in titles:
        table.add_column(title, overflow="fold")
    return table
