"""Someone said something: who are they, and what does the model make of it."""

from collections.abc import Mapping
from dataclasses import replace
from uuid import uuid4

import structlog

from core.conversations import queries as conversations
from core.conversations.queries import Answer
from core.db import DatabaseDown
from core.flows.desk_commands import answer_command, is_command
from core.flows.hearing import context_of, is_for_us, with_names
from core.flows.linking import invite, principal_of, redeem_token
from core.flows.on_reply import on_reply
from core.flows.running import new_turn, run_model
from core.flows.runtime import Runtime
from core.flows.shared_files import answer_to_files
from core.flows.store_turn import Turn, store_turn
from core.jobs.queries import say_later
from core.kernel.errors import AppError
from core.kernel.messages import InboundMessage
from core.kernel.phrases import Phrase, phrase
from core.kernel.principal import Principal, Role
from core.texts import locale_of_text, say, typed

_log = structlog.get_logger("flow.on_message")

_HELP: Mapping[Role, str] = {
    "owner": "help-deciding",
    "manager": "help-deciding",
    "staff": "help-asking",
    "viewer": "help-reading",
}
_GREETED = frozenset({"/start", "/help", ""})
"""Answered without the model: the first thing that a new person sends, and a bare mention."""


async def on_message(rt: Runtime, message: InboundMessage) -> None:
    """Answer a message. Everything that it leads to is stored in one transaction; sending happens afterwards.

    Raises ``AppError`` and ``DatabaseDown``, for which the queue tries again later; of a bug the person is told.
    """
    message = replace(message, text=typed(message.text))
    try:
        await _respond(rt, message)
    except (AppError, DatabaseDown):
        raise
    except Exception as failure:
        # It may have been a race: the person lost their role while the model was thinking, or another worker answered.
        _log.warning("a message is tried once more", error=type(failure).__name__)
        await _respond_or_apologise(rt, message)


async def _respond_or_apologise(rt: Runtime, message: InboundMessage) -> None:
    try:
        await _respond(rt, message)
    except (AppError, DatabaseDown):
        raise
    except Exception:  # the boundary: whoever writes hears something, and the next message is not held up
        bug_id = str(uuid4())[:8]
        _log.exception("message failed", bug_id=bug_id)
        async with rt.db.as_system() as tx:
            sorry = phrase("error-bug", id=bug_id)
            await say_later(tx, message.address, say(locale_of_text(message.text), sorry), to=message.asker)


async def _respond(rt: Runtime, message: InboundMessage) -> None:
    if message.link_token is not None:
        await redeem_token(rt, message)
        return
    principal = await principal_of(rt, message.sender)
    if not await is_for_us(rt, principal, message):
        return
    if principal is None:
        await invite(rt, message)
        return
    message = await with_names(rt, principal, message)
    if await on_reply(rt, principal, message):
        return
    context = await context_of(rt, principal, message)
    model = await rt.model() if _asks_the_model(message) else None
    if model is not None:
        await run_model(rt, model, principal, message, context)
        return
    turn = await _open(rt, principal, message)
    if turn is not None and not await answer_command(rt, turn):
        await store_turn(rt, turn, Answer(await _unasked(rt, turn)))


def _asks_the_model(message: InboundMessage) -> bool:
    return not (message.files or is_command(message) or _is_unread(message) or _is_greeted(message))


def _is_unread(message: InboundMessage) -> bool:
    is_bare = not message.text.strip() and not any(each.kind == "forwarded" for each in message.quoted)
    return bool(message.unread) and is_bare


def _is_greeted(message: InboundMessage) -> bool:
    return message.text.strip().lower() in _GREETED and not message.quoted


async def _open(rt: Runtime, principal: Principal, message: InboundMessage) -> Turn | None:
    """Keep a message that the model is not asked about; None where it was answered before a crash."""
    [rows] = await rt.db.ask_as(principal, conversations.asked_to_open(message.address, message.text, message.event_id))
    opened = conversations.opened(rows)
    return None if opened.is_answered else new_turn(rt, principal, message, opened, uuid4())


async def _unasked(rt: Runtime, turn: Turn) -> str:
    """Answer what needs no model, or what has none."""
    name, message = turn.principal.name, turn.message
    if message.files:
        return await answer_to_files(rt, turn)
    if _is_unread(message):
        return _said(turn, phrase("text-only"))
    if _is_greeted(message):
        is_help = message.text.strip().lower() == "/help"
        return _said(turn, phrase(_HELP[turn.principal.role] if is_help else "greeting", name=name))
    return _said(turn, phrase("model-off"))


def _said(turn: Turn, said: Phrase) -> str:
    return say(turn.principal.locale, said)
