"""What the tools about participants answered, said in a few lines. Pure."""

from bots.playground.sentences.conversation.answers.common import answered, listed, vip_line
from bots.playground.sentences.conversation.say import isolated, moment_text, say
from bots.playground.sentences.conversation.talk import Row, Step
from bots.playground.sentences.grammar.pieces.days import Situation
from bots.playground.sentences.grammar.text import Language
from bots.playground.sentences.grammar.wish import Wish


@answered
def person_agenda(wish: Wish, step: Step, _situation: Situation) -> str:
    """List a participant's sessions, and for which of them there is no place yet."""
    language, person, rows = wish.language, step.answer["participant"], step.rows("sessions")
    lines = [_person(language, person)]
    if not rows:
        return "\n".join((*lines, say(language, "no-registrations")))
    lines += listed(language, rows, more=False)
    lines += [
        say(language, "waits-at", title=row["title"], position=row["waiting_list_position"])
        for row in rows
        if row.get("waiting_list_position")
    ]
    return "\n".join(lines)


def _person(language: Language, person: Row) -> str:
    vip = {"name": person["name"], "note": person.get("vip_note")}
    name = vip_line(language, vip) if person.get("is_vip") else isolated(person["name"])
    arrived = person.get("checked_in_at")
    return f"{name}, {say(language, 'arrived-at', at=moment_text(language, arrived))}" if arrived else name


@answered
def vips(wish: Wish, step: Step, _situation: Situation) -> str:
    """List the VIPs with their notes, whether they are there, and where they are next."""
    rows = step.rows("vips")
    if not rows:
        return say(wish.language, "no-vips")
    lines = [_vip(wish.language, row) for row in rows]
    if step.answer.get("more"):
        lines.append(say(wish.language, "there-is-more"))
    return "\n".join(lines)


def _vip(language: Language, row: Row) -> str:
    told = [vip_line(language, row), say(language, "is-here" if row.get("checked_in") else "not-here-yet")]
    sessions: list[Row] = row.get("next_sessions") or []
    if sessions:
        first = sessions[0]
        place = first.get("room") or say(language, "without-room")
        at = moment_text(language, first["start"])
        told.append(say(language, "vip-next", title=first["title"], at=at, room=place))
    return "; ".join(told)
