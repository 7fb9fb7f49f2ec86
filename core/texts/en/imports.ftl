# Where something stands in a file.
import-the-file = the file
import-line = line { $line }
import-line-column = line { $line }, column { $column }
import-element = line { $line }, <{ $tag }>
import-absent = line { $line }, <{ $tag }>, { $name }
import-at = { $place }: { $said }

# A file that cannot be read.
import-too-large = { $name } has { $size } bytes; at most { $most } are read.
import-cannot-open = { $path } cannot be read: { $why }.
import-empty = it is empty.
import-no-json = no JSON: { $why }.
import-too-deep = it is nested too deeply.
import-too-many-digits = it holds a number with thousands of digits.
import-has-doctype = it declares a document type or entities, which are not read.
import-no-xml = no well-formed XML: { $why }.
import-other-encoding = the file's encoding is not supported; save it as UTF-8.
import-too-many-elements = elements are nested deeper than { $deepest } or more than { $most }.
import-other-root = the root is <{ $root }>; <schedule> is expected.
import-no-conference = <conference> is missing in <schedule>.
import-pretalx-data = this is the data of pretalx's widget or API, which does not name the conference; take its export "JSON (frab compatible)", schedule.json.
import-login-page = this is a web page that asks for a login, not a schedule. Log in with a browser, take the export itself, and import that file.
import-web-page = this is a web page, not a schedule. Take the planning tool's export (schedule.json, schedule.xml, iCalendar, CSV or Excel) and import that file.
import-other-kind = this is a file of the kind { $kind }, which holds no schedule. Take the planning tool's export as schedule.json, schedule.xml, iCalendar, CSV or Excel (.xlsx).
import-error-answer = this is a web service's error message, not a schedule: "{ $said }" Open the export's address in a browser in which you are logged in, and save it again.
import-other-json = this JSON is of no tool that is known here (it begins with { $keys }). Take the planning tool's export as schedule.json, iCalendar, CSV or Excel (.xlsx).
import-no-session = there is no session in it.
import-no-offset = the time has no offset and the file names no time zone; give one with --zone.
import-zones-differ = the file names no time zone and its times differ in offset; give one with --zone.
import-conference-no-title = the conference has no title.

# A field that cannot be read.
import-text-expected = a text is expected here.
import-object-expected = an object is expected here.
import-list-expected = a list is expected here.
import-key-twice = the key { $key } is here twice.
import-missing = this is missing.
import-no-seats = "{ $text }" is no number of seats.
import-no-date = "{ $text }" is no date; write it as 2026-05-01.
import-no-clock = "{ $text }" is no time of day; write it as 10:00.
import-no-time = "{ $text }" is no time; write it as 2026-05-01T10:00:00+02:00.
import-no-duration = "{ $text }" is no duration; write it as 00:45.
import-no-zone = "{ $text }" is no time zone; use a name such as Europe/Berlin.
import-other-year = "{ $text }" lies outside the years { $first } to { $last }.
import-longer-than = "{ $text }" is longer than { $days ->
    [one] one day
   *[other] { $days } days
}.
import-session-no-title = the session has no title.

# What had to be assumed.
import-note-zone-of-offsets = The file names no time zone; its offsets say { $zone }. Give --zone for the place's own.
import-note-other-offset = The file names the time zone { $zone }, but its times are written at { $offset }. Give --zone for the place's own.
import-too-many-sessions = it has more than { $most ->
    [one] one session
   *[other] { $most } sessions
}; split it by days.
import-note-no-such-time = "{ $title }" ({ $place }): the clocks are put forward and never show { $clock }; { $taken } is taken.
import-note-time-twice = "{ $title }" ({ $place }): the clocks are put back and show { $clock } twice; the first is taken.
import-note-no-length = "{ $title }" ({ $place }) has no length; it is kept with { $minutes ->
    [one] one minute
   *[other] { $minutes } minutes
}.
import-note-nameless = { $count ->
    [one] One session has neither guid nor id; the next import knows it by title and speakers.
   *[other] { $count } sessions have neither guid nor id; the next import knows them by title and speakers.
}
import-note-unread-length = "{ $title }" is kept with { $minutes ->
    [one] one minute
   *[other] { $minutes } minutes
}, because its length cannot be read ({ $place }: { $why })
import-note-shortened = { $place }: this has { $letters } letters and is cut to { $most }: "{ $name }".
import-note-left-out = The speakers of "{ $title }" are left out ({ $place }: { $why })
import-blank = an empty slot: no title and no id.
import-blanks = { $count } empty slots, without a title and an id; the first: { $place }.
import-note-repeated = { $ids ->
    [one] One id stands at { $sessions } sessions: "{ $title }" ({ $id }).
   *[other] { $ids } ids stand at several sessions each, { $sessions } in all, such as "{ $title }" ({ $id }, { $count } times).
} Each session is kept.
import-two-times = In { $count } of { $of } sessions start and date contradict each other, such as "{ $title }": start says { $start }, date says { $date }.
import-clock-start = start is right: { $at }
import-clock-date = date is right: { $at }
import-note-two-times = In { $count } of { $of } sessions start and date contradict each other, such as "{ $title }": start says { $start }, date says { $date }. The start was taken; give --clock date if the other is right.

# What an import did.
import-summary = { $event }: { $added } new, { $moved } moved, { $changed } changed, { $unchanged } unchanged of { $count ->
    [one] one session
   *[other] { $count } sessions
}.
import-session = { $title }, { $span }
import-session-in = { $title }, { $span }, { $room }
import-room-taken = { $title }, { $span }: { $room } has { $other }
import-titled = { $title }: { $why }
import-no-room = no room
import-was-moved = { $title }: now { $after }, { $afterroom } (before: { $before }, { $beforeroom })
import-was-renamed = { $before } is { $after } now
import-namesake = { $event } is an event of its own, although { $names } looks like it. If the two are one, import again with --event and that name.
import-reported = { $count ->
    [one] One entry of the file is not in the agenda:
   *[other] { $count } entries of the file are not in the agenda:
}
import-left = { $count ->
    [one] One session is no longer in the file. It stays in the agenda:
   *[other] { $count } sessions are no longer in the file. They stay in the agenda:
}
import-left-cancelled = { $count ->
    [one] One session is no longer in the file and was cancelled:
   *[other] { $count } sessions are no longer in the file and were cancelled:
}
import-unplaced = { $count ->
    [one] One session is kept without a room, because another stands there at that time:
   *[other] { $count } sessions are kept without a room, because another stands there at that time:
}
import-cancelled = { $count ->
    [one] The file calls off one session. It is cancelled in the agenda and holds no room:
   *[other] The file calls off { $count } sessions. They are cancelled in the agenda and hold no room:
}
import-renamed = { $count ->
    [one] One room has another name:
   *[other] { $count } rooms have another name:
}
import-rooms-left = { $count ->
    [one] One room is no longer in the file, and is offered only while a session stands in it:
   *[other] { $count } rooms are no longer in the file, and are offered only while a session stands in them:
}
import-notes = { $count ->
    [one] What had to be assumed:
   *[other] What had to be assumed:
}
import-added = { $count ->
    [one] One new session:
   *[other] { $count } new sessions:
}
import-moved = { $count ->
    [one] One session moved:
   *[other] { $count } sessions moved:
}
import-changed = { $count ->
    [one] One session changed:
   *[other] { $count } sessions changed:
}
