"""What the model may propose for participants, and how each is executed after a decision."""

from collections.abc import Awaitable, Callable

from core.domains.participants import beside, inverses, models, queries, records, seats
from core.domains.participants.describe import describe
from core.domains.participants.queries import Row
from core.kernel.proposals import Proposal
from core.kernel.tools import Beside, Editing, Refused, ToolContext, ToolSpec, WriteTool


def _review(action_type: str) -> Callable[[ToolContext, Row], Awaitable[Proposal | Refused]]:
    async def review(ctx: ToolContext, change: Row) -> Proposal | Refused:
        return await records.review_record(ctx, change, action_type)

    return review


TOOLS: tuple[ToolSpec, ...] = (
    WriteTool(
        name="assign_participant",
        action_type="participant_assign",
        description="Propose to register a participant for a session, or to give a place to one who waits. "
        "A full session puts them on its waiting list.",
        args=models.AssignParticipant,
        preview=seats.preview_assign,
        review=seats.review_assign,
        execute=queries.PROOF.before(queries.REGISTER),
        describe=describe,
        claims=beside.claims,
        inverse=inverses.of_assign,
        beside=Beside("seats", beside.leaves, beside.clears, rank=2),
    ),
    WriteTool(
        name="unassign_participant",
        action_type="participant_unassign",
        description="Propose to end a participant's registration for a session, or their place on its waiting list.",
        args=models.UnassignParticipant,
        preview=seats.preview_unassign,
        review=seats.review_unassign,
        execute=queries.PROOF.before(queries.UNREGISTER),
        describe=describe,
        claims=beside.claims,
        inverse=inverses.of_unassign,
        beside=Beside("seats", beside.leaves, beside.clears, rank=0),
    ),
    WriteTool(
        name="move_participants",
        action_type="participants_move",
        description="Propose to move the registrations of one, several or all participants of a session to another "
        "session.",
        args=models.MoveParticipants,
        preview=seats.preview_move,
        review=seats.review_move,
        execute=queries.PROOF.before(queries.MOVE),
        describe=describe,
        claims=beside.claims,
        inverse=inverses.of_move,
        beside=Beside("seats", beside.leaves, beside.clears, rank=1),
    ),
    WriteTool(
        name="add_participant",
        action_type="participant_add",
        description="Propose to add a person to an event's participants.",
        args=models.AddParticipant,
        preview=records.preview_add,
        review=records.review_add,
        execute=queries.PROOF.before(queries.INSERT_PERSON),
        describe=describe,
        claims=beside.claims_of_record,
        inverse=inverses.of_add,
        editing=Editing(said=records.said),
    ),
    WriteTool(
        name="update_participant",
        action_type="participant_update",
        description="Propose to change a participant's name, e-mail or phone.",
        args=models.UpdateParticipant,
        preview=records.preview_update,
        review=_review("participant_update"),
        execute=queries.PROOF.before(queries.UPDATE_PERSON),
        describe=describe,
        claims=beside.claims_of_record,
        inverse=inverses.of_record,
        editing=Editing(said=records.said),
    ),
    WriteTool(
        name="set_vip",
        action_type="participant_set_vip",
        description="Propose to mark a participant as a VIP with a note, or to take the mark away; only when a person "
        "asks for it.",
        args=models.SetVip,
        preview=records.preview_set_vip,
        review=_review("participant_set_vip"),
        execute=queries.PROOF.before(queries.UPDATE_PERSON),
        describe=describe,
        claims=beside.claims_of_record,
        inverse=inverses.of_record,
        editing=Editing(said=records.said),
    ),
    WriteTool(
        name="check_in_participant",
        action_type="participant_check_in",
        description="Propose to note that a participant has arrived at the event.",
        args=models.CheckInParticipant,
        preview=records.preview_check_in,
        review=_review("participant_check_in"),
        execute=queries.PROOF.before(queries.UPDATE_PERSON),
        describe=describe,
        claims=beside.claims_of_record,
        inverse=inverses.of_record,
    ),
    WriteTool(
        name="remove_participant",
        action_type="participant_remove",
        description="Take a person off an event's participants; the way back from adding one.",
        args=models.RemoveParticipant,
        preview=records.preview_remove,
        review=records.review_remove,
        execute=queries.PROOF.before(queries.DELETE_PERSON),
        describe=describe,
        claims=beside.claims_of_record,
        inverse=inverses.of_remove,
        # Offered to nobody: it is reached as the inverse of an addition alone.
        roles=frozenset(),
    ),
)
