# Cards of events.
field-event = Event
field-event-name = Name
field-event-days = Days
field-first-day = First day
field-last-day = Last day
field-time-zone = Time zone
events-day = { $day } { $year }
events-days = { $first } to { $last } { $year }
events-days-years = { $first } { $year } to { $last } { $lastyear }
card-event-create = New event, as a draft: { $event }
card-event-update = Change of the event: { $event }
card-event-publish = Publish the event: { $event }
card-event-unpublish = Make the event a draft again: { $event }
card-event-delete-draft = Remove the draft: { $event }

# Conflicts of an event.
conflict-event-exists = There already is an event { $event } on the same days.
conflict-sessions-left-out = { $count ->
    [one] One session would fall outside the event: { $title }, { $start }. Move it first, or choose other days.
   *[other] { $count } sessions would fall outside the event, the first is { $title }, { $start }. Move them first, or choose other days.
}
conflict-zone-shifts-times = Local times shift: sessions keep their moment and will be shown in { $zone } time.
conflict-agenda-empty = There is nothing in the agenda of { $event } yet.
conflict-agenda-speaker-overlaps = { $count ->
    [one] In one case a speaker is in two places at once.
   *[other] In { $count } cases a speaker is in two places at once.
}
conflict-agenda-rooms-too-small = { $count ->
    [one] One session is larger than its room.
   *[other] { $count } sessions are larger than their room.
}
conflict-agenda-outside-event = { $count ->
    [one] One session is outside the event's days.
   *[other] { $count } sessions are outside the event's days.
}

# When there is nothing to decide.
events-gone = This event is no longer there. Nothing was changed.
events-already-published = { $event } is already published.
events-not-published = { $event } is a draft already.
events-not-empty = { $event } is no empty draft any more, so it stays.
events-days-backwards = The last day would be before the first. Give a last day that is not earlier.
events-zone-unknown = I know no time zone { $zone }. Give its IANA name, such as Asia/Jerusalem.
