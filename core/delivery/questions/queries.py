"""Questions that wait for an answer in SQL, for the system role."""

from dataclasses import asdict, dataclass
from typing import Any, LiteralString
from uuid import UUID

from psycopg.types.json import Jsonb

from core.kernel.messages import MessageRef, Verdict
from core.kernel.tools import Transaction

Row = dict[str, Any]

ADD: LiteralString = """
insert into public.card_questions (
    organization_id, platform, workspace, channel, message, suggestion_id, user_id, verdict, choice, pressed)
values (%(organization_id)s, %(platform)s, %(workspace)s, %(channel)s, %(message)s, %(suggestion_id)s, %(user_id)s,
    %(verdict)s, %(choice)s, %(pressed)s)
on conflict (organization_id, platform, workspace, channel, message) do nothing
"""
ONE: LiteralString = """
select question.suggestion_id, question.user_id, question.verdict, question.choice, question.pressed,
       (select full_name from public.user_profiles
        where organization_id = question.organization_id and id = question.user_id) as name
from public.card_questions as question
where question.organization_id = %(organization_id)s and question.platform = %(platform)s
  and question.workspace = %(workspace)s and question.channel = %(channel)s and question.message = %(message)s
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What was asked of whom: the verdict and the choice that the answer completes."""

    suggestion_id: UUID
    user_id: UUID
    name: str = ""
    """Of whoever was asked; known where a question is read."""
    verdict: Verdict
    choice: str
    pressed: MessageRef
    """The copy of the card whose button led to it."""


async def add(tx: Transaction, organization_id: UUID, question: Question, ref: MessageRef) -> None:
    """Keep a question that was asked; ``ref`` is the message that it became."""
    values = {
        "organization_id": organization_id,
        **asdict(ref),
        "suggestion_id": question.suggestion_id,
        "user_id": question.user_id,
        "verdict": question.verdict,
        "choice": question.choice,
        "pressed": Jsonb(asdict(question.pressed)),
    }
    await tx.execute(ADD, values)


async def on_message(tx: Transaction, organization_id: UUID, ref: MessageRef) -> Question | None:
    """Return the question that a message of ours is, or None."""
    row = await (await tx.execute(ONE, {"organization_id": organization_id, **asdict(ref)})).fetchone()
    if row is None:
        return None
    return Question(
        suggestion_id=row["suggestion_id"],
        user_id=row["user_id"],
        name=row["name"] or "",
        verdict=row["verdict"],
        choice=row["choice"],
        pressed=MessageRef(**row["pressed"]),
    )
