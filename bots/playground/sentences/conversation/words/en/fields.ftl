# How the fields of an answer are called. field-x: beside its value; count-x: beside a number; names-x: before names; list-x: above a list; none-x: where it is empty;
# value-x: a word of the tools. A field that is not here is told by its value alone.
nothing = I find nothing.
nothing-for = I find nothing for { $asked }.
event = { $name } runs from { $first } to { $last }.
days = from { $first } to { $last }
counted = { $name }: { $count }
without-room = without a room
field-time = It is { $value }.
field-now = now { $value }
field-next = next { $value }
count-minutes_left = { $count ->
    [one] one minute left
   *[other] { $count } minutes left
}
count-in_minutes = { $count ->
    [one] in one minute
   *[other] in { $count } minutes
}
count-registered = { $count ->
    [0] Nobody is registered
    [one] One person is registered
   *[other] { $count } people are registered
}
count-capacity = { $count ->
    [one] one place
   *[other] { $count } places
}
count-seats = { $count ->
    [one] one place
   *[other] { $count } places
}
count-needed = { $count ->
    [one] one place needed
   *[other] { $count } places needed
}
count-people = { $count ->
    [one] one person
   *[other] { $count } people
}
count-sessions = { $count ->
    [one] one session
   *[other] { $count } sessions
}
count-rooms = { $count ->
    [one] one room
   *[other] { $count } rooms
}
count-participants = { $count ->
    [one] one participant
   *[other] { $count } participants
}
count-vips = { $count ->
    [0] no VIPs
    [one] one VIP
   *[other] { $count } VIPs
}
names-participants = Among them: { $value }
count-open_suggestions = { $count ->
    [0] nothing waits for approval
    [one] one suggestion waits for approval
   *[other] { $count } suggestions wait for approval
}
field-vendors = Vendors: { $value }
field-cost = costs { $value }
field-checklist = Checklist: { $value }
field-conflicts = Conflicts: { $value }
count-done = { $count } done
count-all = { $count } in all
count-total = { $count } in all
field-overdue = overdue
count-overdue = { $count } overdue
count-share_percent = { $count } percent of the day
field-longest_gap = longest empty { $value }
count-minutes = { $count ->
    [one] one minute
   *[other] { $count } minutes
}
field-is_vip = VIP
field-vip_note = note: { $value }
field-checked_in_at = arrived { $value }
field-checked_in = is here
field-checked_in-not = not here yet
field-next_sessions = next { $value }
count-waiting_list_position = number { $count } on the waiting list
field-arrives = arrival { $value }
count-minutes_late = { $count ->
    [one] one minute late
   *[other] { $count } minutes late
}
field-due = until { $value }
field-asked_by = asked by { $value }
field-approved_by = approved by { $value }
field-risk = risk { $value }
field-deadline = until { $value }
field-blocked = cannot be approved as it stands
field-since = Since { $value }:
field-asked_at = asked on { $value }
field-asked_in_their_words = In their words: “{ $value }”
field-ended = How it ended: { $value }
field-by = by { $value }
field-reason = the reason: { $value }
field-other = and { $value }
field-others_that_match = There are others like it: { $value }
list-vips = VIPs:
list-suggestions = { $count ->
    [one] One suggestion waits for a decision:
   *[other] { $count } suggestions wait for a decision:
}
list-conflicts = { $count ->
    [one] There is one conflict:
   *[other] There are { $count } conflicts:
}
list-who_may_approve = Who may approve:
list-delegations = Who decides for somebody else:
none-conflicts = There are no conflicts.
none-changes = Nothing was changed.
none-suggestions = Nothing waits for approval.
none-events = There are no events yet.
none-open_items = Nothing fits here.
field-otherwise = What has no rule of its own: { $value }.
field-two_people_for = Two different people must approve: { $value }
field-askers_may_approve = Who asked for something may approve it too.
field-askers_may_approve-not = Nobody may approve what they asked for themselves.
field-at_once_for_low = What is of low risk is done at once.
count-buffer_minutes = { $count ->
    [0] A room needs no pause between two sessions
    [one] Between two sessions a room stays empty for one minute
   *[other] Between two sessions a room stays empty for { $count } minutes
}
field-asked_when_nobody_decides = Asked when nobody decides: { $value }
field-absent = for { $value }
field-delegate = { $value } decides
value-low = low
value-medium = medium
value-high = high
value-critical = critical
value-invited = invited
value-confirmed = confirmed
value-on_the_way = on the way
value-arrived = arrived
value-cancelled = cancelled
value-draft = draft
value-published = published
value-executed = approved and done
value-rejected = rejected
value-expired = nobody decided in time
value-superseded = a newer suggestion took its place
value-failed = it could not be done
value-owner = owners
value-manager = managers
value-owners_and_managers = owners and managers
value-the_owners = the owners
value-speaker_overlap = Somebody in two places
value-room_too_small = A room that is too small
value-outside_event = Outside the event's days
value-anything = anything
value-suggested = it waits for a decision
