"""Which room of the event is which room of the file: its id decides, then its name. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from core.imports.models import RoomInfo
from core.kernel.names import name_key


@dataclass(frozen=True, slots=True)
class KnownRoom:
    """A room of the event. ``in_file`` is None where people made it, and false once its file has it no more."""

    id: UUID
    name: str
    source_id: str | None
    in_file: bool | None
    may_be_shared: bool = False


@dataclass(frozen=True, slots=True)
class Renamed:
    """A room whose name changed in the file."""

    id: UUID
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class RoomPlan:
    """What becomes of an event's rooms."""

    rooms: tuple[tuple[UUID | None, RoomInfo], ...]
    """Those of the file, each with the one that it is."""
    renamed: tuple[Renamed, ...]
    left: tuple[KnownRoom, ...]
    """Those that came from the file once, and are in it no more."""

    def now(self, room: str | None) -> str | None:
        """Return the name of a session's room after the renaming."""
        names = {name_key(each.before): each.after for each in self.renamed}
        return names.get(name_key(room), room)

    def shared(self, known: Sequence[KnownRoom]) -> set[str]:
        """Return the keys, after the renaming, of rooms that hold several sessions at a time."""
        return {key for room in known if room.may_be_shared and (key := name_key(self.now(room.name)))}

    def steps(self) -> list[tuple[UUID, str]]:
        """Return the renaming in an order in which no two rooms ever have one name."""
        waiting, steps = list(self.renamed), list[tuple[UUID, str]]()
        held = {name_key(each.before): each.id for each in waiting}
        while waiting:
            free = [each for each in waiting if held.get(name_key(each.after), each.id) == each.id]
            for each in free:
                steps.append((each.id, each.after))
                held = {key: id_ for key, id_ in held.items() if id_ != each.id}
                waiting.remove(each)
            if not free:
                # They go round in a circle: one of them steps aside.
                aside = waiting[0]
                steps.append((aside.id, f"{aside.before}  ({aside.id})"))
                held = {key: id_ for key, id_ in held.items() if id_ != aside.id}
        return steps


def plan_rooms(rooms: Sequence[RoomInfo], known: Sequence[KnownRoom]) -> RoomPlan:
    """Pair the rooms of a file with those of the event, each with one at most."""
    rooms = _once(rooms)
    by_id = {each.source_id: each for each in known if each.source_id is not None}
    same = {room.source_id: by_id[room.source_id] for room in rooms if room.source_id in by_id}
    taken = {each.id for each in same.values()}
    by_name = {name_key(each.name): each for each in known if each.id not in taken}
    pairs: list[tuple[UUID | None, RoomInfo]] = []
    renamed: list[Renamed] = []
    for room in rooms:
        known_as = same.get(room.source_id) if room.source_id is not None else None
        namesake = by_name.pop(name_key(room.name), None)
        if known_as is not None and namesake is None and name_key(known_as.name) != name_key(room.name):
            renamed.append(Renamed(known_as.id, known_as.name, room.name))
        elif namesake is not None:
            # Somebody made a room of the new name already: that one is it from now on.
            taken -= {known_as.id} if known_as is not None else set()
            taken.add(namesake.id)
            known_as = namesake
        pairs.append((None if known_as is None else known_as.id, room))
    left = tuple(each for each in known if each.in_file is not None and each.id not in taken)
    return RoomPlan(tuple(pairs), tuple(renamed), left)


def _once(rooms: Sequence[RoomInfo]) -> list[RoomInfo]:
    """Return rooms that have a name, each once, with the most that is known of it."""
    found: dict[str, RoomInfo] = {}
    for room in rooms:
        if (key := name_key(room.name)) is not None:
            known = found.setdefault(key, room)
            capacity, source_id = known.capacity or room.capacity, known.source_id or room.source_id
            found[key] = replace(known, capacity=capacity, source_id=source_id)
    return list(found.values())
