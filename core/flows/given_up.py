"""A job that workers died of is left alone: whoever waits for it is told, and the owners, each in their language."""

from typing import Any
from uuid import UUID

from core.actions.waiting.reminders.queries import deciders
from core.delivery import queries as copies
from core.identity import queries as identity
from core.jobs import names
from core.jobs.queries import ASKER, COPIED, ORGANIZATION_OF, SENDER, say_later
from core.kernel.messages import Address
from core.kernel.phrases import Phrase, phrase
from core.kernel.principal import ChatUser, Platform
from core.kernel.tools import Transaction
from core.texts import LOCALES, say


async def tell_given_up(tx: Transaction, task: str, args: dict[str, Any], lock: str, bug_id: str) -> None:
    """Queue the sentences about a job, as the system role. Nothing that may be deadly is read as more than words."""
    if task == names.HANDLE_EVENT:
        organization = await _tell_sender(tx, args["inbound_id"], lock, phrase("error-bug", id=bug_id))
    elif task == names.SAY:
        there = Address(**args["address"])
        organization = await _claimed_by(tx, there.platform, there.workspace)
    elif task == names.SHOW_PICTURE:
        # Nobody waits for it: the card says everything that it shows.
        copy = await _copied(tx, args)
        organization = copy["organization_id"] if copy else None
    elif task == names.REPLACE_CARD:
        copy = await _copied(tx, args)
        organization = await _tell_asker(tx, copy, phrase("given-up-card")) if copy else None
    elif "suggestion_id" in args:
        said = phrase("card-not-shown" if task == names.POST_CARD else "given-up-card")
        organization = await _tell_asker(tx, args, said)
    else:
        organization = None
    if organization is not None:
        await _tell_owners(tx, organization, bug_id)


async def _tell_sender(tx: Transaction, event: str, lock: str, sorry: Phrase) -> UUID | None:
    """Answer where it was said, else directly; return the organisation of it."""
    found = await (await tx.execute(SENDER, {"id": event})).fetchone()
    if found is None:
        return None
    platform: Platform = found["platform"]
    workspace, user = found["workspace"], found["sender"]
    person = await identity.principal_of(tx, ChatUser(platform, workspace, user)) if user else None
    said = say(person.locale, sorry) if person else "\n".join(say(locale, sorry) for locale in LOCALES)
    place = lock.split("/")
    if place[0] == platform and len(place) == len(Address.__dataclass_fields__):
        await say_later(tx, Address(platform, workspace, place[2], place[3] or None), said, to=user)
    elif user:
        # The lock of a press names a message. A person's id is their private chat, on both platforms.
        await say_later(tx, Address(platform, workspace, user), said)
    return person.organization_id if person else await _claimed_by(tx, platform, workspace)


async def _copied(tx: Transaction, args: dict[str, Any]) -> dict[str, Any] | None:
    key = {"organization_id": args.get("organization_id"), "id": args["copy_id"]}
    return await (await tx.execute(COPIED, key)).fetchone()


async def _tell_asker(tx: Transaction, card: dict[str, Any], said: Phrase) -> UUID:
    organization = UUID(str(card["organization_id"]))
    values = {"organization_id": organization, "suggestion_id": card["suggestion_id"]}
    asker = await (await tx.execute(ASKER, values)).fetchone()
    if asker is not None and asker["origin"] is not None:
        origin = Address(**asker["origin"])
        locale = await copies.locale_of(tx, organization, asker["user_id"])
        to = await identity.chat_user_of(tx, organization, asker["user_id"], origin)
        await say_later(tx, origin, say(locale, said), to=to)
    return organization


async def _claimed_by(tx: Transaction, platform: str, workspace: str) -> UUID | None:
    values = {"platform": platform, "workspace": workspace}
    row = await (await tx.execute(ORGANIZATION_OF, values)).fetchone()
    return row["organization_id"] if row else None


async def _tell_owners(tx: Transaction, organization: UUID, bug_id: str) -> None:
    """Tell each owner once, in one of their chats; where none has any, the managers' channels."""
    told = phrase("given-up", id=bug_id)
    owners = [each for each in await deciders(tx, organization) if each.role == "owner" and each.chats]
    for owner in owners:
        await say_later(tx, owner.chats[0], say(owner.locale, told))
    if not owners:
        for managers in await identity.managers_channels(tx, organization):
            await say_later(tx, managers.address, say(managers.locale, told))
