"""How a change of people reads on a card, from the bytes that will run. Pure."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from core.domains.participants.rules import is_waiting
from core.kernel.cards import Change, Fact
from core.kernel.phrases import Moment, Phrase, Span, personal, phrase, verbatim
from core.kernel.tools import Action, Description

Row = dict[str, Any]

_MOST_NAMES = 30
"""Names on a card; the rest is counted, not left out in silence. VIPs are all named in the impact."""

_COLUMNS: dict[str, Phrase] = {
    "full_name": phrase("participant-name"),
    "email": phrase("participant-email"),
    "phone": phrase("participant-phone"),
    "is_vip": phrase("participant-vip"),
    "vip_notes": phrase("participant-vip-note"),
    "checked_in_at": phrase("participant-arrived"),
}


_PERSONAL = frozenset({"email", "phone", "vip_notes"})


def describe(action: Action) -> Description:
    """Return the title, the facts and each property now and as proposed."""
    return _SAID[action.action_type](action)


def _assign(action: Action) -> Description:
    before = action.before or {}
    person, session = before["person"], before["session"]
    proposed = phrase("participant-is-seated")
    if is_waiting(action.args):
        proposed = phrase("participant-is-waiting", position=before["position"])
    return Description(
        phrase("card-participant-assign", name=person["name"], title=session["title"]),
        facts=_place(session, action.zone),
        changes=(Change(phrase("participant-registration"), _seat(before["person"]["seat"], action.zone), proposed),),
    )


def _unassign(action: Action) -> Description:
    before = action.before or {}
    person, session = before["person"], before["session"]
    return Description(
        phrase("card-participant-unassign", name=person["name"], title=session["title"]),
        facts=(*_place(session, action.zone), *_next(before)),
        changes=(
            Change(
                phrase("participant-registration"),
                _seat(before["person"]["seat"], action.zone),
                phrase("participant-is-unregistered"),
            ),
        ),
    )


def _move(action: Action) -> Description:
    before = action.before or {}
    session, target = before["session"], before["target"]
    names = [person["name"] for person in before["people"]]
    who = phrase("participants-named", names=tuple(names[:_MOST_NAMES]))
    if len(names) > _MOST_NAMES:
        who = phrase("participants-and-more", names=tuple(names[:_MOST_NAMES]), more=len(names) - _MOST_NAMES)
    changes = [
        Change(phrase("participant-session"), verbatim(session["title"]), verbatim(target["title"])),
        Change(phrase("field-when"), _when(session, action.zone), _when(target, action.zone)),
    ]
    if session["room"] != target["room"]:
        changes.append(Change(phrase("field-room"), _value(session["room"]), _value(target["room"])))
    return Description(
        phrase("card-participants-move", count=len(names), title=session["title"], target=target["title"]),
        facts=(Fact(phrase("participants-who"), who), *_next(before)),
        changes=tuple(changes),
    )


def _add(action: Action) -> Description:
    wanted = action.args["set"]
    facts = tuple(
        Fact(label, _column(wanted, column, action.zone))
        for column, label in _COLUMNS.items()
        if wanted.get(column) and column != "full_name"
    )
    if action.before is not None:
        facts = (*facts, _registrations(action.before))
    return Description(phrase("card-participant-add", name=wanted["full_name"]), facts=facts)


def _registrations(before: Row) -> Fact:
    return Fact(phrase("participant-registrations"), phrase("participant-session-count", count=before["registrations"]))


def _remove(action: Action) -> Description:
    before = action.before or {}
    return Description(
        phrase("card-participant-remove", name=before["full_name"]), facts=(*_vip(before), _registrations(before))
    )


def _record(action: Action) -> Description:
    before, wanted = action.before or {}, action.args["set"]
    after = {**before, **wanted}
    return Description(
        phrase(f"card-{action.action_type.replace('_', '-')}", name=before["full_name"]),
        facts=_vip(before),
        changes=tuple(
            Change(label, _column(before, column, action.zone), _column(after, column, action.zone))
            for column, label in _COLUMNS.items()
            if before[column] != after[column]
        ),
    )


_SAID: dict[str, Callable[[Action], Description]] = {
    "participant_assign": _assign,
    "participant_unassign": _unassign,
    "participants_move": _move,
    "participant_add": _add,
    "participant_remove": _remove,
    "participant_update": _record,
    "participant_set_vip": _record,
    "participant_check_in": _record,
}


def _seat(seat: Row | None, zone: str) -> Phrase:
    if seat is None:
        return phrase("participant-is-unregistered")
    if seat["waiting_since"] is None:
        return phrase("participant-is-seated")
    return phrase("participant-waits-since", since=Moment(datetime.fromisoformat(seat["waiting_since"]), zone))


def _next(before: Row) -> tuple[Fact, ...]:
    """Say who is first in the line for a place that becomes free, and of a VIP that they are one."""
    person = before.get("next")
    if person is None:
        return ()
    name = phrase("impact-vip", name=person["name"]) if person["is_vip"] else verbatim(person["name"])
    return (Fact(phrase("participant-next"), name),)


def _place(session: Row, zone: str) -> tuple[Fact, ...]:
    when = Fact(phrase("field-when"), _when(session, zone))
    return (when, Fact(phrase("field-room"), verbatim(session["room"]))) if session["room"] else (when,)


def _vip(record: Row) -> tuple[Fact, ...]:
    if not record["is_vip"]:
        return ()
    note = personal(verbatim(record["vip_notes"])) if record["vip_notes"] else phrase("participant-yes")
    return (Fact(phrase("participant-vip"), note),)


def _column(row: Row, column: str, zone: str) -> Phrase:
    value = row[column]
    if column == "is_vip":
        return phrase("participant-yes" if value else "participant-no")
    if column == "checked_in_at" and value is not None:
        return phrase("participant-at", at=Moment(datetime.fromisoformat(value), zone))
    said = _value(value)
    return personal(said) if column in _PERSONAL and value is not None else said


def _value(value: str | None) -> Phrase:
    return phrase("field-empty") if value is None else verbatim(value)


def _when(row: Row, zone: str) -> Phrase:
    span = Span(datetime.fromisoformat(row["start_time"]), datetime.fromisoformat(row["end_time"]), zone)
    return phrase("when", span=span)
