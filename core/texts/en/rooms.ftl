# Cards of rooms.
field-room-capacity = Seats
field-may-be-shared = Sharing
field-room-sessions = Sessions
rooms-shared = several sessions at one time
rooms-not-shared = one session at a time
rooms-sessions-along = { $count ->
    [one] one session goes along
   *[other] { $count } sessions go along
}
card-room-add = New room: { $room }
card-room-update = Change of the room: { $room }
card-room-remove = Remove the room: { $room }

# Conflicts of a room.
conflict-room-sessions-overlap = { $title } and { $other } would stand in the same room at the same time, from { $start }. Move one of them first.
conflict-room-below-registered = { $registered ->
    [one] One person is registered for { $title }, { $start }, more than the room would seat.
   *[other] { $registered } people are registered for { $title }, { $start }, more than the room would seat.
}
conflict-room-below-registered-more = { $count ->
    [one] One more session has more people registered than the room would seat.
   *[other] { $count } more sessions have more people registered than the room would seat.
}

# When there is nothing to decide.
rooms-gone = This room is no longer there. Nothing was changed.
rooms-exists = There already is a room { $room }.
rooms-nameless = A room needs a name that can be read.
rooms-none = { $event } has no rooms yet.
rooms-in-use = { $count ->
    [one] One session stands in { $room }, so it stays.
   *[other] { $count } sessions stand in { $room }, so it stays.
}
