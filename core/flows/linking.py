"""Who is speaking: the linked person, or the way in for somebody who is not linked yet."""

from uuid import UUID

from core.flows.runtime import Runtime
from core.identity import queries as identity
from core.jobs.names import STRANGERS, queue_name
from core.jobs.queries import say_later
from core.kernel.errors import Unreachable
from core.kernel.messages import InboundMessage
from core.kernel.phrases import Phrase, phrase
from core.kernel.principal import ChatUser, Locale, Principal
from core.texts import locale_of_text, say


async def principal_of(rt: Runtime, sender: ChatUser) -> Principal | None:
    """Return the person that a chat user is linked to, linking by verified e-mail where the workspace is claimed."""
    # Most senders are linked, and this comes before every answer and every press: one round trip.
    known = identity.principal_from(await rt.db.run_as_system(identity.PRINCIPAL, identity.user_values(sender)))
    if known is not None:
        return known
    async with rt.db.as_system() as tx:
        if not await identity.is_claimed(tx, sender):
            return None
    email = await _verified_email(rt, sender)
    if email is None:
        return None
    async with rt.db.as_system() as tx:
        await identity.link_by_email(tx, sender, email)
        return await identity.principal_of(tx, sender)


async def _verified_email(rt: Runtime, sender: ChatUser) -> str | None:
    try:
        return await rt.platforms[sender.platform].verified_email(sender)
    except Unreachable:
        return None


async def redeem_token(rt: Runtime, message: InboundMessage) -> None:
    """Link the sender to the person that the one-time token was made for, and say so."""
    assert message.link_token is not None  # noqa: S101 only called for messages that carry one
    async with rt.db.as_system() as tx:
        before = await identity.principal_of(tx, message.sender)
        linked: UUID | None = None
        if before is None:
            linked = await identity.redeem(tx, message.sender, message.link_token)
        person = await identity.principal_of(tx, message.sender)
        said = _link_answer(before, linked, person)
        locale = person.locale if person else locale_of_text(message.text)
        await say_later(tx, message.address, say(locale, said))


def _link_answer(before: Principal | None, linked: UUID | None, person: Principal | None) -> Phrase:
    if before is not None:
        return phrase("link-already", name=before.name)
    if linked is None or person is None:
        return phrase("link-invalid")
    return phrase("link-done", name=person.name)


async def invite(rt: Runtime, message: InboundMessage) -> None:
    """Answer somebody who is not linked: a friendly sentence and the way in, once an hour, and nothing else."""
    async with rt.db.as_system() as tx:
        if await identity.was_invited(tx, message.sender):
            return
    text = say(_language(message), phrase("link-invitation"))
    is_told = not message.direct and await _whispered(rt, message, text)
    async with rt.db.as_system() as tx:
        # In the strangers' own queue: however many they are, what is said to others does not wait behind them.
        if await identity.note_invitation(tx, message.sender) and not is_told:
            await say_later(tx, message.address, text, queue=queue_name(message.address.platform, STRANGERS))


def _language(message: InboundMessage) -> Locale:
    return message.language if message.language and not message.text else locale_of_text(message.text)


async def _whispered(rt: Runtime, message: InboundMessage, text: str) -> bool:
    platform = rt.platforms[message.sender.platform]
    if not platform.can.private_answers:
        return False
    try:
        await platform.whisper(message.sender, message.address, text)
    except Unreachable:
        # Telegram lets nobody be written to who never wrote to the bot. The sentence tells the others nothing.
        return False
    return True
