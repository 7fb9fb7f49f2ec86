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
format-events-twice = sessions stand both beside the conference and in its days; nobody can tell which are meant. Export the file again.
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

# Tables.
format-row = row { $row }
format-row-of = sheet "{ $sheet }", row { $row }
format-no-agenda = this is neither a schedule nor a table with columns such as Title, Date, Start, End and Room.
format-no-table = this line is not part of a table.
format-password = it is locked with a password; save it without one.
format-no-workbook = this spreadsheet is damaged or of an unknown kind; save it as .xlsx or .csv.
format-unpacks-too-large = it unpacks to { $size } bytes; at most { $most } are read.
format-workbook-too-heavy = this spreadsheet claims more cells than can be read; copy the agenda alone into a new one, or save it as .csv.
format-too-many-rows = it has more than { $most } rows.
format-map-field = there is no "{ $field }" to map to; there are { $fields }.
format-map-column = no column is called "{ $column }"; the columns are { $columns }.
format-no-column = no column is known as { $field }; the columns are { $columns }. Say which it is with --map { $field }="NAME OF THE COLUMN".
format-sheet-unread = The sheet "{ $sheet }" holds no agenda and is not read.
format-day-or-month = "{ $text }" can be read in two ways; say with --dates day or --dates month what comes first.
format-day-first = Dates such as { $text } are read with the day first.
format-month-first = Dates such as { $text } are read with the month first.
format-not-held = its status is "{ $status }".
format-row-no-date = no date stands here or above.
format-no-date = "{ $text }" is no date that exists.
format-no-clock = "{ $text }" is no time of day; write it as 10:00.
format-no-length = "{ $text }" is no length; write it as 45 or 1:30.

# People, registrations and vendors.
format-no-people = this is no table with columns such as Name, Email and VIP.
format-no-name = there is no name here, or one of more than 200 letters.
format-no-email = "{ $text }" is no e-mail address.
format-no-status = "{ $text }" is no status of a vendor; it is one of { $known }.
people-no-event = there is no event named { $name }; import its schedule first.
people-no-event-at-all = there is no event that is not over yet; import its schedule first.
people-several-events = there are several events; name one with --event: { $names }.
people-namesakes = { $count } people there have this name; give the e-mail address.
people-session-unknown = there is no session "{ $session }"; the registration is left out.
people-session-twice = several sessions are called "{ $session }"; give the session's id.

# A schedule that somebody shared in a chat.
shared-title = Import into { $event }
shared-title-new = Import { $event }, a new event
shared-file = File
shared-added = New sessions
shared-moved = Moved
shared-changed = Changed otherwise
shared-left = No longer in the file, kept
shared-unplaced = Kept without a room
shared-reported = Not imported
shared-count = { $count }
shared-undo = Undo
shared-no-undo = Not with one press; import the earlier file again.
shared-more = { $count ->
    [one] ... and one more line.
   *[other] ... and { $count } more lines.
}
shared-not-yours = Only owners and managers can import a schedule; ask one of them to share the file.
shared-too-large = { $name } is too large for a chat; import it with the command line.
shared-not-fetched = The file could not be fetched; share it again, and check that the app may read files.
shared-unreadable = { $name } cannot be imported. { $why }
shared-people = { $name } holds people or vendors; those are imported with the command line.
shared-nothing-new = { $name } changes nothing: { $event } is as the file says.
shared-several-events = { $name } cannot be imported: several events have that name.
shared-summary = { $name }, for { $event }: { $parts }.
shared-does-added = { $count ->
    [one] adds one session
   *[other] adds { $count } sessions
}
shared-does-moved = moves { $count }
shared-does-changed = changes { $count } otherwise
shared-does-left = { $count } left the file and { $count ->
    [one] stays
   *[other] stay
}
shared-does-unplaced = { $count ->
    [one] one is kept without a room
   *[other] { $count } are kept without a room
}
shared-does-reported = { $count ->
    [one] one is not imported
   *[other] { $count } are not imported
}
shared-report = Report on { $name }
shared-report-beside = The report below names each of them.
chat-format-no-event-name = { $tool } does not name the conference; share the file again and write beside it: event: NAME.
chat-format-no-zone = { $tool } writes the place's own times and names no time zone; share the file again and write one beside it, such as Asia/Jerusalem.
chat-format-no-column = no column is known as { $field }; the columns are { $columns }. Share the file again and write beside it: { $field } = NAME OF THE COLUMN.
chat-format-day-or-month = "{ $text }" can be read in two ways; share the file again and write "day first" or "month first" beside it.
chat-import-no-offset = the time has no offset and the file names no time zone; share the file again and write one beside it, such as Asia/Jerusalem.
chat-import-zones-differ = the file names no time zone and its times differ in offset; share the file again and write one beside it, such as Asia/Jerusalem.
chat-import-note-zone-of-offsets = The file names no time zone; its offsets say { $zone }. If the place has another, share the file again and write it beside it, such as Asia/Jerusalem.
chat-import-note-other-offset = The file names the time zone { $zone }, but its times are written at { $offset }. If the place has another, share the file again and write it beside it.
chat-import-note-two-times = In { $count } of { $of } sessions start and date contradict each other, such as "{ $title }": start says { $start }, date says { $date }. The start was taken; if the other is right, share the file again and write "clock date" beside it.
chat-import-namesake = { $event } is an event of its own, although { $names } looks like it. If the two are one, share the file again and write beside it: event: and that name.
