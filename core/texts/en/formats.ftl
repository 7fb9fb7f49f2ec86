# Calendars, tables and the JSON of other tools.
format-field-of = { $place }, { $name }
format-no-event-name = { $tool } does not name the conference; give its name with --event.
format-no-zone = { $tool } writes the place's own times and names no time zone; give one with --zone.
format-nothing-placed = no session has a time yet; place them in { $tool } first.
format-not-placed = it has no time yet.
format-encoding-damaged = its encoding is damaged; save it as UTF-8.
format-no-text = this is no text, or its encoding is unknown; save it as UTF-8.
format-calendar-cut = the calendar ends in the middle of an event; export or download it again.
format-calendar-broken = this calendar cannot be read: { $why }.
format-zone-unknown = "{ $title }" ({ $place }): the time zone "{ $zone }" is unknown; its times are read as local ones.
format-repeats-unread = "{ $title }" ({ $place }): how it repeats cannot be read; its first time is kept.
format-repeats-endlessly = "{ $title }" ({ $place }) repeats without an end; it is kept until { $until }.
format-repeats-too-often = "{ $title }" ({ $place }) repeats more than { $most } times; the first are kept.
format-stands-twice = it stands in the file a second time, word by word.
format-whole-days = "{ $title }" ({ $place }) lasts whole days and holds no room; the file names { $room }.
format-indico-list = this is Indico's list of events; export the timetable, /export/timetable/NUMBER.json.
format-indico-events = there are { $count } events in here; export the timetable of one of them.
format-indico-blocks = { $count ->
    [one] One block of Indico is kept as the track of the contributions in it.
   *[other] { $count } blocks of Indico are kept as the tracks of the contributions in them.
}
format-indico-posters = { $count ->
    [one] One poster is kept in the text of the poster session that shows it.
   *[other] { $count } posters are kept in the texts of the poster sessions that show them.
}
