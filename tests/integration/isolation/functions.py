"""Every function of the program's schemas: how it may be planned, with whose rights it runs, and who may call it."""

from dataclasses import dataclass
from typing import Literal

Volatility = Literal["immutable", "stable", "volatile"]
EVERYBODY = frozenset({"authenticated", "eventflow_system", "eventflow_operator"})
PEOPLE = frozenset({"authenticated"})
NOBODY = frozenset[str]()
SYSTEM = frozenset({"eventflow_system"})
# Schema auth has Supabase's names and is closed to all but authenticated, so PUBLIC's right reaches nobody else.
ANYBODY = frozenset({"public", "authenticated"})


@dataclass(frozen=True, slots=True)
class Function:
    """One function's line."""

    volatility: Volatility
    executors: frozenset[str]
    why_definer: str | None = None
    """Why it must run with its owner's rights; None: it runs with the caller's."""


FUNCTIONS: dict[str, Function] = {
    "app.applied_migrations()": Function("stable", SYSTEM, "the ledger belongs to the owner alone"),
    "app.assert_one(bigint)": Function("immutable", EVERYBODY),
    "app.assert_schedule_unchanged(jsonb, text)": Function("volatile", PEOPLE),
    "app.assert_unchanged(jsonb, text)": Function("stable", EVERYBODY),
    "app.check_step()": Function("volatile", NOBODY),
    "app.copy_room_rule()": Function("volatile", PEOPLE),
    "app.digest(jsonb)": Function("immutable", EVERYBODY),
    "app.enqueue(text, text, jsonb, timestamp with time zone)": Function("volatile", SYSTEM),
    "app.free_slots(uuid, timestamp with time zone, timestamp with time zone, integer, text)": Function(
        "stable", PEOPLE
    ),
    "app.name_key(text)": Function("immutable", EVERYBODY),
    "app.name_keys(text)": Function("immutable", EVERYBODY),
    "app.new_id()": Function("volatile", EVERYBODY),
    "app.organization_id()": Function("stable", EVERYBODY, "the policies of user_profiles themselves need the answer"),
    "app.receive(text, text, text, text, jsonb)": Function("volatile", SYSTEM),
    "app.role()": Function("stable", EVERYBODY, "the policies of user_profiles themselves need the answer"),
    "app.schedule_facts(jsonb)": Function("stable", PEOPLE),
    "app.search_sessions(text, uuid, integer)": Function(
        "stable", PEOPLE, "trigram operators cannot use their index under a policy; it filters by itself"
    ),
    "app.session_fact(schedules)": Function("stable", PEOPLE),
    "app.spread_room_rule()": Function("volatile", PEOPLE),
    "app.touch_row()": Function("volatile", EVERYBODY),
    "app.user_id()": Function("stable", EVERYBODY),
    "auth.uid()": Function("stable", ANYBODY),
    "auth.user_organization_id()": Function("stable", ANYBODY),
    ("public.check_speaker_conflicts(uuid, text, timestamp with time zone, timestamp with time zone, uuid)"): Function(
        "stable", PEOPLE
    ),
}
