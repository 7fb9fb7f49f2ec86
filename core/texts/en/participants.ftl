# Cards about participants.
card-participant-assign = Register { $name } for { $title }
card-participant-unassign = Take { $name } off { $title }
card-participants-move = { $count ->
    [one] Move one person from { $title } to { $target }
   *[other] Move { $count } people from { $title } to { $target }
}
card-participant-add = New participant: { $name }
card-participant-remove = Remove participant: { $name }
card-participant-update = Change of participant: { $name }
card-participant-set-vip = VIP: { $name }
card-participant-check-in = Arrival: { $name }
participant-name = Name
participant-email = E-mail
participant-phone = Phone
participant-vip = VIP
participant-vip-note = Note for the VIP
participant-arrived = Arrived
participant-at = { $at }
participant-yes = yes
participant-no = no
participant-session = Session
participant-registration = Registration
participant-is-seated = has a place
participant-is-waiting = on the waiting list, number { $position }
participant-waits-since = on the waiting list since { $since }
participant-is-unregistered = not registered
participant-next = First on the waiting list
participant-registrations = Registrations lost with it
participant-session-count = { $count ->
    [0] none
    [one] one session
   *[other] { $count } sessions
}
participants-who = Who
participants-named = { $names }
participants-and-more = { $names } and { $more ->
    [one] one more
   *[other] { $more } more
}

# Conflicts: what collides, and for an error what to do.
conflict-session-full = { $title } is full: { $capacity ->
    [one] its only place is taken
   *[other] all { $capacity } places are taken
}. Free a place, raise the limit or choose another session.
conflict-session-cancelled = { $title } is cancelled. Choose another session.
conflict-waiting-list = { $name } gets no place yet: number { $position } on the waiting list of { $title }.
conflict-waiting-passed = { $ahead ->
    [one] One person is already waiting
   *[other] { $ahead } people are already waiting
} for a place in { $title }; the first is { $first }.
conflict-places-exceeded = { $needed ->
    [one] One place is needed
   *[other] { $needed } places are needed
} in { $title } and { $free ->
    [0] none is free
    [one] one is free
   *[other] { $free } are free
}. Move fewer people, raise the limit or choose another session.
conflict-already-in-target = { $people ->
    [one] { $names } is already on the list of { $title } and is not moved.
   *[other] { $more ->
        [0] { $names } are already on the list of { $title } and are not moved.
       *[other] { $names } and { $more } more are already on the list of { $title } and are not moved.
    }
}
conflict-participant-overlap = { $people ->
    [one] { $names } is also registered for { $title }, which starts { $start }.
   *[other] { $more ->
        [0] { $names } are also registered for { $title }, which starts { $start }.
       *[other] { $names } and { $more } more are also registered for { $title }, which starts { $start }.
    }
}
conflict-sessions-gone = { $count ->
    [one] One session that they were registered for is no longer there. That registration does not come back.
   *[other] { $count } sessions that they were registered for are no longer there. Those registrations do not come back.
}
conflict-returns-past-limit = { $title } is full by now: { $capacity ->
    [one] its one place is taken. With this there would be one person too many.
   *[other] its { $capacity } places are taken. With this there would be one person too many.
}
conflict-participant-known = The list already has { $name } (e-mail: { $email }). It may be the same person.
conflict-participant-namesake = The list already has a { $name }. It may be the same person.

# Asking back.
participant-unknown = I find no participant { $name } in { $event }.
participant-which = Whom do you mean: { $names }?
participant-gone = This person is no longer on the list. Nothing was changed.
participant-already-registered = { $name } is already registered for { $title }.
participant-already-waiting = { $name } is already on the waiting list of { $title }, number { $position }.
participant-not-registered = { $name } is not registered for { $title }.
participant-already-added = { $name } is already on the list.
participant-already-checked-in = { $name } has already arrived: { $at }.
participants-other-session = { $title } cannot be moved to: choose another session of { $event }.
participants-nobody-moves = There is nobody in { $title } who could be moved.
participants-event-gone = This event is no longer there. Nothing was changed.
