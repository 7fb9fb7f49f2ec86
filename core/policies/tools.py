"""What the model may ask about the policy, and propose for it."""

from collections.abc import Collection
from functools import partial
from typing import Any, LiteralString

from core.kernel.claims import claiming
from core.kernel.tools import Done, Editing, ReadTool, ToolContext, ToolSpec, WriteTool
from core.policies import delegating, queries, writes
from core.policies.asked import ChangePolicy, CreateDelegation, EndDelegation, GetPolicy
from core.policies.describe import describe_delegation, describing_policy
from core.policies.kinds import FIXED, KINDS, said_action, said_conflict
from core.policies.rules import OWNERS_ONLY
from core.texts import plain, say


async def get_policy(ctx: ToolContext, _args: GetPolicy, *, action_types: Collection[str]) -> Done:
    """Return the policy in force, with names, how heavy each kind of conflict weighs, and who stands in for whom.

    ``actions`` and ``conflicts`` have what each kind is called in the language of whoever asks.
    """
    locale = ctx.principal.locale
    now = await queries.current(ctx.tx)
    policy, names = now.policy, now.names
    rules = [
        {**rule.model_dump(mode="json"), "people": [names.get(who, "") for who in rule.people]}
        for rule in policy.approvals
    ]
    return Done(
        {
            "version": now.version,
            "who_may_approve": rules,
            "otherwise": "owners and managers",
            "askers_may_approve": policy.askers_may_approve,
            "two_people_for": list(policy.two_people_for),
            "at_once_for_low": policy.at_once_for_low,
            "asked_when_nobody_decides": [names.get(who, "") for who in policy.backup] or ["the owners"],
            "buffer_minutes": policy.buffer_minutes,
            "levels": {**KINDS, **policy.levels},
            "levels_that_cannot_be_lowered": sorted(FIXED),
            "actions": {kind: plain(say(locale, said_action(kind))) for kind in action_types},
            "conflicts": {kind: plain(say(locale, said_conflict(kind))) for kind in KINDS},
            "delegations": [
                {
                    "absent": row["from_name"],
                    "delegate": row["to_name"],
                    "from": row["starts_at"].isoformat(),
                    "until": row["ends_at"].isoformat(),
                }
                for row in await queries.delegations(ctx.tx)
            ],
        }
    )


def policy_tools(action_types: Collection[str]) -> tuple[ToolSpec, ...]:
    """Return the tools of policies, in a program that has these kinds of writes besides."""
    known = tuple(dict.fromkeys((*action_types, *sorted(OWNERS_ONLY))))
    preview, review = writes.previewing(known)
    return (
        ReadTool(
            name="get_policy",
            description="Read who may approve what, how many must, which conflicts block, who stands in for whom. "
            "Say its names of actions and conflicts to people, never the kinds.",
            args=GetPolicy,
            run=partial(get_policy, action_types=known),
        ),
        WriteTool(
            name="change_policy",
            action_type="policy_change",
            description="Propose a change of the organisation's policy: who may approve what, two people for a risk, "
            "how heavy conflicts weigh, buffer minutes, backup approvers. All that is wished in one call.",
            args=ChangePolicy,
            preview=preview,
            review=review,
            execute=queries.POLICY.before(queries.INSERT_POLICY),
            describe=describing_policy(known),
            claims=claiming("policy"),
            inverse=writes.inverse,
            roles=frozenset({"owner"}),
        ),
        _delegation(
            "create_delegation",
            "delegation_create",
            "Propose who decides in somebody's place while they are away, from the first to the last day.",
            CreateDelegation,
            delegating.preview_create,
            editing=Editing(said=delegating.said),
            roles=frozenset({"owner", "manager"}),
        ),
        _delegation(
            "end_delegation",
            "delegation_end",
            "Propose to end now that somebody decides in another's place.",
            EndDelegation,
            delegating.preview_end,
            roles=frozenset({"owner", "manager"}),
        ),
        # The way back of an end; nobody is offered it, and a decision to undo finds it.
        _delegation(
            "resume_delegation",
            "delegation_resume",
            "Let a delegation that was ended hold again.",
            EndDelegation,
            delegating.preview_end,
            roles=frozenset(),
        ),
    )


def _delegation(name: str, action_type: str, description: str, args: Any, preview: Any, **more: Any) -> WriteTool[Any]:
    statements: dict[str, LiteralString] = {
        "delegation_create": queries.INSERT_DELEGATION,
        "delegation_end": queries.END_DELEGATION,
        "delegation_resume": queries.RESUME_DELEGATION,
    }
    return WriteTool(
        name=name,
        action_type=action_type,
        description=description,
        args=args,
        preview=preview,
        review=partial(delegating.propose, action_type),
        execute=queries.DELEGATION.before(statements[action_type]),
        describe=describe_delegation,
        claims=claiming("delegation", "delegation_id", "new_id"),
        inverse=delegating.inverse,
        **more,
    )
