"""What the Web API's methods do to the workspace: each takes a call's arguments and returns its answer."""

from bots.playground.people import (
    BOT_NAME,
    SLACK_BOT,
    SLACK_BOT_ID,
    SLACK_PEOPLE,
    TEAM,
    TEAM_NAME,
    Room,
    SlackPerson,
    slack_person,
    slack_room,
)
from bots.playground.slack_content import Args, read_content
from bots.playground.slack_files import SlackFiles, wire_file
from bots.playground.slack_refusal import SlackRefusal
from bots.playground.slack_views import SlackViews
from bots.playground.state import Message, State, now_text


class SlackApi:
    """The bot's view of the workspace. Methods raise ``SlackRefusal``."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.views = SlackViews(state)
        self.files = SlackFiles(state)

    def auth_test(self, _args: Args) -> Args:
        """Return who the bot is."""
        return {
            "url": "https://eventflow.slack.example/",
            "team": TEAM_NAME,
            "user": BOT_NAME.lower(),
            "team_id": TEAM,
            "user_id": SLACK_BOT,
            "bot_id": SLACK_BOT_ID,
            "is_enterprise_install": False,
        }

    def post_message(self, args: Args) -> Args:
        """Write in a channel; a person's id means the direct chat with them."""
        room = _room(args)
        message = self._add(room, args, only_for=None)
        return {"channel": room.id, "ts": message["ts"], "message": wire(message)}

    def post_ephemeral(self, args: Args) -> Args:
        """Write what only one person sees."""
        room, user = _room(args), str(args.get("user", ""))
        if slack_person(user) is None or (room.kind == "im" and room.person != user):
            raise SlackRefusal("user_not_in_channel")
        return {"message_ts": self._add(room, args, only_for=user)["ts"]}

    def update(self, args: Args) -> Args:
        """Replace a message; a text alone takes its blocks away, blocks alone leave its text."""
        room = _room(args)
        message = self._own(room, args, "cant_update_message")
        text, blocks = read_content(args)
        message.update(text=text or message["text"], blocks=blocks, edited=True)
        self.state.changed()
        return {"channel": room.id, "ts": message["ts"], "text": message["text"], "message": wire(message)}

    def delete(self, args: Args) -> Args:
        """Take a message away."""
        room = _room(args)
        message = self._own(room, args, "cant_delete_message")
        self.state.slack[room.id].remove(message)
        self.state.changed()
        return {"channel": room.id, "ts": message["ts"]}

    def users_info(self, args: Args) -> Args:
        """Return a person."""
        person = slack_person(str(args.get("user", "")))
        if person is None:
            raise SlackRefusal("user_not_found")
        return {"user": _user(person)}

    def users_lookup_by_email(self, args: Args) -> Args:
        """Return the full member with an address; a guest may share one with a member."""
        email = str(args.get("email", "")).lower()
        found = sorted((each for each in SLACK_PEOPLE if each.email == email), key=lambda each: each.is_restricted)
        if not found:
            raise SlackRefusal("users_not_found")
        return {"user": _user(found[0])}

    def conversations_open(self, args: Args) -> Args:
        """Return the direct chat with a person, which is always open."""
        named = str(args.get("channel") or "")
        if named:
            return {"channel": {"id": _room(args).id}, "no_op": True, "already_open": True}
        users = args.get("users") or ""
        wanted = ",".join(map(str, users)) if isinstance(users, list) else str(users)
        person = slack_person(wanted)
        if person is None:
            raise SlackRefusal("user_not_found" if wanted else "users_list_not_supplied")
        return {"channel": {"id": person.direct_channel}, "no_op": True, "already_open": True}

    def conversations_info(self, args: Args) -> Args:
        """Return a channel."""
        room = _room(args)
        found: Args = {"id": room.id, "is_channel": room.kind == "channel", "is_im": room.kind == "im"}
        named: Args = {"user": room.person} if room.kind == "im" else {"name": room.name, "is_member": True}
        return {"channel": {**found, **named, "is_archived": False, "context_team_id": TEAM}}

    def reactions_add(self, args: Args) -> Args:
        """Take a reaction, which the page does not show."""
        if not args.get("name"):
            raise SlackRefusal("no_reaction")
        self._find(_room(args), str(args.get("timestamp", "")))
        return {}

    def _add(self, room: Room, args: Args, *, only_for: str | None) -> Message:
        text, blocks = read_content(args)
        message: Message = {
            "ts": self.state.next_ts(),
            "user": SLACK_BOT,
            "text": text,
            "blocks": blocks,
            "thread_ts": str(args.get("thread_ts") or "") or None,
            "edited": False,
            "ephemeral_for": only_for,
            "time": now_text(),
        }
        self.state.slack.setdefault(room.id, []).append(message)
        self.state.changed()
        return message

    def _own(self, room: Room, args: Args, otherwise: str) -> Message:
        message = self._find(room, str(args.get("ts", "")))
        if message["user"] != SLACK_BOT:
            raise SlackRefusal(otherwise)
        return message

    def _find(self, room: Room, ts: str) -> Message:
        """Return a message; what only one person sees is not kept by Slack, so it is never found."""
        for message in self.state.slack.get(room.id, ()):
            if message["ts"] == ts and message["ephemeral_for"] is None:
                return message
        raise SlackRefusal("message_not_found")


def wire(message: Message) -> Args:
    """Return a message as Slack describes it."""
    sent: Args = {"type": "message", "user": message["user"], "ts": message["ts"], "team": TEAM}
    sent |= {"text": message["text"], "blocks": message["blocks"]}
    if message["user"] == SLACK_BOT:
        sent["bot_id"] = SLACK_BOT_ID
    if message.get("files"):
        sent["files"] = [wire_file(each) for each in message["files"]]
    if message["thread_ts"]:
        sent["thread_ts"] = message["thread_ts"]
    if message["edited"]:
        sent["edited"] = {"user": message["user"], "ts": message["ts"]}
    return sent


def _room(args: Args) -> Room:
    room = slack_room(str(args.get("channel", "")))
    if room is None:
        raise SlackRefusal("channel_not_found")
    return room


def _user(person: SlackPerson) -> Args:
    profile = {"real_name": person.name, "display_name": person.name.split()[0], "email": person.email}
    return {
        "id": person.id,
        "team_id": TEAM,
        "name": person.name.split()[0].lower(),
        "real_name": person.name,
        "deleted": False,
        "is_bot": False,
        "is_app_user": False,
        "is_restricted": person.is_restricted,
        "is_ultra_restricted": False,
        "is_email_confirmed": True,
        "locale": "he-IL" if person.locale == "he" else "en-US",
        "profile": profile,
    }
