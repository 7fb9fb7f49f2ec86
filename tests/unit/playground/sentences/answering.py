"""What the program's read tools answer, in their own shapes, for the conversations of the stand-in."""

from typing import Any

Row = dict[str, Any]


def _session(title: str, start: str, end: str, room: str | None, **more: Any) -> Row:
    times = {"start": f"2026-05-05T{start}", "end": f"2026-05-05T{end}"}
    return {"id": title, "title": title, **times, "room": room, "speaker": None, "status": "confirmed", **more}


KEYNOTE = _session("Opening Keynote", "09:00", "10:00", "Hall A")
SOUND = _session("Sound You Can Trust", "10:15", "11:00", "Hall A")
LUNCH = _session("Lunch", "13:00", "14:00", None)

ANSWERS: dict[str, Row] = {
    "list_events": {"events": [{"name": "Stagecraft", "starts_on": "2026-05-05", "ends_on": "2026-05-06"}]},
    "get_event_overview": {
        "event": {"name": "Stagecraft", "starts_on": "2026-05-05", "ends_on": "2026-05-06", "status": "draft"},
        "sessions": 61,
        "rooms": 6,
        "participants": 200,
        "vips": 12,
        "vendors": {"confirmed": 5, "on_the_way": 1},
        "checklist": {"done": 3, "all": 16, "overdue": 0},
        "open_suggestions": 1,
        "conflicts": {"speaker_overlap": 2},
    },
    "get_agenda_now": {
        "time": "2026-05-05T09:30",
        "rooms": [
            {"room": "Hall A", "now": [KEYNOTE], "next": SOUND},
            {"room": "Hall B", "now": [], "next": None},
            {"room": None, "now": [], "next": LUNCH},
        ],
    },
    "find_conflicts": {
        "total": 3,
        "conflicts": [
            {"kind": "speaker_overlap", "session": KEYNOTE, "other": SOUND, "speaker": "Maya Golan"},
            {"kind": "room_too_small", "session": SOUND, "room": "Hall A", "seats": 40, "needed": 60},
            {"kind": "outside_event", "session": LUNCH},
        ],
        "more": False,
    },
    "what_changed": {
        "since": "2026-05-03T09:00",
        "changes": [
            {
                "at": "2026-05-04T08:10",
                "action": "schedule_update",
                "what": "Opening Keynote",
                "asked_by": "Noa",
                "approved_by": "Dana Levi",
            }
        ],
        "more": False,
    },
    "find_sessions": {"sessions": [KEYNOTE]},
    "find_free_slots": {
        "day": "2026-05-05",
        "slots": [{"room": "Hall B", "capacity": 180, "start": "2026-05-05T08:00", "end": "2026-05-05T10:30"}],
    },
    "get_room_use": {
        "use": [
            {
                "room": "Hall A",
                "day": "2026-05-05",
                "sessions": 8,
                "share_percent": 70,
                "longest_gap": {"start": "2026-05-05T13:00", "end": "2026-05-05T14:00", "minutes": 60},
            },
            {"room": "Terrace", "day": "2026-05-05", "sessions": 1, "share_percent": 10, "longest_gap": None},
        ],
        "more": False,
    },
    "get_participant_agenda": {
        "participant": {
            "id": "p1",
            "name": "Laura Ellis",
            "is_vip": True,
            "vip_note": "Journalist",
            "checked_in_at": "2026-05-05T08:40",
        },
        "sessions": [{**KEYNOTE, "waiting_list_position": None}, {**SOUND, "waiting_list_position": 2}],
    },
    "list_vips": {
        "vips": [
            {"name": "Laura Ellis", "note": "Journalist", "checked_in": True, "next_sessions": [SOUND]},
            {"name": "Ian Archer", "note": None, "checked_in": False, "next_sessions": []},
        ],
        "more": False,
    },
    "list_vendors": {
        "vendors": [
            {
                "name": "Galil Sound",
                "category": "sound",
                "status": "confirmed",
                "arrives": "2026-05-05T07:00",
                "notes": "Two trucks",
                "minutes_late": 20,
            },
            {
                "name": "SafeGate",
                "category": "security",
                "status": "arrived",
                "arrives": None,
                "notes": None,
                "minutes_late": None,
            },
        ],
        "late_now": ["Galil Sound"],
        "more": False,
    },
    "get_checklist": {
        "total": 16,
        "done": 3,
        "overdue": 1,
        "open_items": [
            {
                "title": "Stream key checked",
                "due": "2026-05-05T10:00",
                "overdue": True,
                "assignee": "Tom Harris",
            },
            {"title": "Lost and found box", "due": None, "overdue": False, "assignee": None},
        ],
        "more": False,
    },
    "get_policy": {
        "who_may_approve": [
            {"action": "schedule_*", "risk": "high", "roles": ["owner"], "people": ["Dana Levi"], "drop": False}
        ],
        "two_people_for": ["critical"],
        "askers_may_approve": False,
        "at_once_for_low": True,
        "buffer_minutes": 15,
        "actions": {
            "event_publish": "publishing events",
            "schedule_create": "new sessions",
            "schedule_update": "changes",
        },
        "delegations": [
            {
                "absent": "Adam Cohen",
                "delegate": "Dana Levi",
                "from": "2026-05-04T00:00:00+03:00",
                "until": "2026-05-08T00:00:00+03:00",
            }
        ],
    },
    "list_pending_suggestions": {
        "suggestions": [
            {
                "id": "g1",
                "title": "Stage Management 101",
                "action": "schedule_update",
                "asked_by": "Noa",
                "risk": "high",
                "blocked": False,
                "deadline": "2026-05-05T06:30:00+00:00",
            }
        ]
    },
    "explain_suggestion": {
        "action": "schedule_update",
        "title": "Opening Keynote",
        "asked_by": "Noa",
        "asked_at": "2026-05-04T08:00:00+03:00",
        "asked_in_their_words": "move it to ten",
        "conflicts": [],
        "risk": "high",
        "deadline": "2026-05-05T08:00:00+03:00",
        "ended": {"as": "rejected", "at": "2026-05-04T08:10:00+03:00", "by": "Dana Levi", "reason": "too late"},
    },
}
"""By the tool's name. ``get_agenda`` and ``get_session`` answer for the agenda of the conversation instead."""
