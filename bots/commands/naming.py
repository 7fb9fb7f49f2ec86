"""Whom and what an operator means by a name; a name that nobody has is answered with those that are near it."""

from collections.abc import Iterable
from difflib import SequenceMatcher
from uuid import UUID
from zoneinfo import available_timezones

from bots.commands.console import fail
from core.identity import people, provisioning
from core.identity.people import Listed
from core.identity.provisioning import Row
from core.kernel.tools import Transaction

_MOST = 3
_ALIKE, _TIE = 0.6, 0.08
"""How alike a name must be at least, of 1, and how far behind the nearest."""


def near(said: str, names: Iterable[str]) -> str:
    """Return ``Did you mean "Aleph Events"? ``, or nothing where no name is like what was said."""
    known = {name.casefold(): name for name in names if name}
    alike = {key: SequenceMatcher(None, said.casefold(), key).ratio() for key in known}
    # Addresses of one house are all a little alike: only what comes close to the nearest is worth asking for.
    least = max(_ALIKE, max(alike.values(), default=0) - _TIE)
    found = sorted((key for key in alike if alike[key] >= least), key=lambda key: -alike[key])
    # A first name or a part of an address is like nothing as a whole, and yet meant.
    found += [key for key in known if len(said) > 1 and said.casefold() in key and key not in found]
    meant = [f'"{known[key]}"' for key in found[:_MOST]]
    return f"Did you mean {' or '.join(meant)}? " if meant else ""


async def the_organization(tx: Transaction, said: str) -> Row:
    """Return ``id``, ``name`` and ``locale`` of an organisation, by name or id; else end the command."""
    found = await provisioning.organization_named(tx, said)
    if found is None:
        names = [row["name"] for row in await provisioning.organizations(tx)]
        fail(f'There is no organisation named "{said}". {near(said, names)}Add it with `eventflow org add`.')
    return found


async def organization_or_all(tx: Transaction, said: str | None) -> UUID | None:
    """Return the id of the organisation that was named; None where none was."""
    return None if said is None else (await the_organization(tx, said))["id"]


async def the_user(tx: Transaction, said: str, organization: str | None) -> Listed:
    """Return somebody, active or not, by e-mail address, name or id; else end the command with who is near."""
    everybody = await people.listed(tx, await organization_or_all(tx, organization))
    wanted = said.strip().casefold()
    found = [each for each in everybody if wanted in {each.email.casefold(), str(each.id), each.full_name.casefold()}]
    if not found:
        names = [name for each in everybody if each.erased_at is None for name in (each.email, each.full_name)]
        what = "Nobody has the address" if "@" in said else "Nobody is called"
        fail(f"{what} {said}. {near(said, names)}Add them with `eventflow user add`.")
    if len({each.organization for each in found}) > 1:
        fail(f"Several organisations know {said}: {', '.join(each.organization for each in found)}. Give --org.")
    if len(found) > 1:
        fail(f"Several people are called {said}: {', '.join(each.email for each in found)}. Write the address.")
    return found[0]


async def check_address(tx: Transaction, said: str, organization: str | None) -> None:
    """End the command where nobody has an e-mail address; near ones are offered."""
    known = {each.email for each in await people.listed(tx, await organization_or_all(tx, organization))}
    if said.casefold() not in {each.casefold() for each in known}:
        fail(f"Nobody has the address {said}. {near(said, known)}`eventflow user list` shows all.")


def check_zone(said: str) -> None:
    """End the command where there is no such time zone; near ones are offered."""
    if said not in available_timezones():
        zones = near(said, available_timezones())
        fail(f'There is no time zone "{said}". {zones}Write one such as Asia/Jerusalem or UTC.')


async def check_named(tx: Transaction, organization: str | None, event: str | None) -> None:
    """End the command where an organisation or an event was named that there is not; near names are offered."""
    within = await organization_or_all(tx, organization)
    if event is None:
        return
    known = await provisioning.events(tx, within)
    wanted = " ".join(event.split()).casefold()
    if not any(wanted in {str(row["id"]), " ".join(row["name"].split()).casefold()} for row in known):
        offered = near(event, [row["name"] for row in known])
        fail(f'There is no event "{event}". {offered}`eventflow event list` shows all.')
