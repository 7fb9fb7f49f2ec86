# Fields of an agenda card.
field-when = When
field-title = Title
field-room = Room
field-speaker-name = Speaker
field-max-capacity = Places
field-track = Track
field-description = Description
field-reason = Reason
field-empty = none
when = { $span }
card-schedule-create = New session: { $title }
card-schedule-update = Change: { $title }
card-schedule-delete = Remove: { $title }

# Conflicts: what collides, and for an error what to do.
conflict-room-overlap = { $room } is taken by { $title } until { $end }. Choose another time or room.
conflict-speaker-overlap = { $people ->
    [one] { $speaker } also speaks in { $title }, which starts { $start }.
   *[other] { $speaker } also speak in { $title }, which starts { $start }.
}
conflict-people-gone = { $count ->
    [one] One person who was registered for it is no longer on the event's list. That registration does not come back.
   *[other] { $count } people who were registered for it are no longer on the event's list. Their registrations do not come back.
}
session-back-already = { $title } is in the agenda again. Nothing was changed.
conflict-capacity-overflow = { $registered ->
    [one] One person is registered
   *[other] { $registered } people are registered
} and there would be places for { $capacity }.
conflict-room-too-small = { $room } seats { $seats } and { $needed ->
    [one] one is
   *[other] { $needed } are
} needed.
conflict-outside-event = This is outside the dates of { $event }. Choose a day of the event.
conflict-ends-before-start = It would end before it starts. Give an end after the start.

# Asking back.
event-none = There is no event yet. Import a schedule first.
event-unknown = I find no event named { $name }.
agenda-nothing = I find nothing of that in { $event }.
event-elsewhere = I do not find that in { $event }. It is in { $others }.
event-which = Which event do you mean: { $names }?
session-unknown = I find no session { $title } in { $event }.
session-which = Which session do you mean: { $titles }?
session-gone = This session is no longer there. Nothing was changed.
room-unknown = I find no room { $room }. The rooms are: { $rooms }.
change-nothing = { $title } is already so; there is nothing to change.
change-set-and-cleared = { $fields }: to be set and taken away in one change. Say which of the two you mean.
time-unreadable = I cannot read the time { $text }. Give it as 14:30, or as 2026-05-01 14:30.
money-unreadable = I cannot read the amount { $text }. Write it with its currency, such as 1,500 ILS or $20.
money-no-currency = In which currency is { $text }? Write it with the amount, such as 1,500 ILS or $20.
money-currency-unknown = I know no currency { $currency }. Write its sign or its code of three letters, such as ILS or USD.
money-too-much = { $text } is more than I can write down. Check the amount.
money-whole = { $currency } has no decimals. Write a whole amount.
money-decimals = { $currency } has { $decimals } decimals. Write the amount with no more of them.
time-never = { $text } does not exist on that day: the clocks in { $zone } go forward. Give another time.
time-twice = { $text } happens twice on that day: the clocks in { $zone } go back. Give the time with its offset.
