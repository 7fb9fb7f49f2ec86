"""When people are reminded of what waits, less and less often, and when somebody else is asked. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta

_FIRST = timedelta(minutes=15)
"""The first reminder at the latest; sooner where there is less than an hour."""
MOST = 4
_TOO_SHORT = timedelta(minutes=5)
"""A suggestion with less time than this is decided by who is looking at it, or by nobody."""
_LAST = timedelta(minutes=1)
"""Before the deadline in which a reminder would come too late."""
_LATE = timedelta(minutes=30)
"""Before the deadline from which the backup is asked as well."""


@dataclass(frozen=True, slots=True)
class Tick:
    """What is to do at some moment, and when to look again; None for never."""

    reminds: bool
    escalates: bool
    sent: int
    """How many reminders count as sent then; those that nobody could send in time are left out, not made up for."""
    next_at: datetime | None


def reminders(suggested_at: datetime, deadline: datetime) -> tuple[datetime, ...]:
    """Return when reminders are due: after a quarter of an hour or of the time there is, each wait twice the last."""
    span = deadline - suggested_at
    if span < _TOO_SHORT:
        return ()
    first = min(_FIRST, span / 4)
    times = (suggested_at + first * (2**number - 1) for number in range(1, MOST + 1))
    return tuple(at for at in times if at <= deadline - _LAST)


def escalation(suggested_at: datetime, deadline: datetime) -> datetime | None:
    """Return when the backup is asked, once; None where there is no time for it.

    With the second reminder or half an hour before the deadline, whichever is sooner, but never before the first.
    """
    times = reminders(suggested_at, deadline)
    return max(times[0], min(times[:2][-1], deadline - _LATE)) if times else None


def tick(suggested_at: datetime, deadline: datetime, *, sent: int, escalated: bool, now: datetime) -> Tick:
    """Return what is to do now. ``sent``: reminders until now; ``escalated``: whether the backup was asked."""
    times = reminders(suggested_at, deadline)
    if now > deadline - _LAST:
        return Tick(reminds=False, escalates=False, sent=sent, next_at=None)
    due = sum(1 for at in times if at <= now)
    asks_at = None if escalated else escalation(suggested_at, deadline)
    escalates = asks_at is not None and asks_at <= now
    later = [*times[max(due, sent) :], *((asks_at,) if asks_at is not None and not escalates else ())]
    return Tick(reminds=due > sent, escalates=escalates, sent=max(due, sent), next_at=min(later, default=None))
