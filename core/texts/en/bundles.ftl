# Several changes on one card.
bundle-runs = Runs
bundle-runs-all = all together or not at all
bundle-runs-until-failure = one after the other, until one fails
bundle-left-out = Left out
conflict-undo-incomplete = What was done to { $what } is not taken back: it is gone, or it has changed since in a way that does not allow it.
bundle-left-out-why = { $titles } (gone in the meantime, or already so)
bundle-conflict = Line { $line }: { $said }
bundle-line-done = ✅ { $line }
bundle-line-failed = ❌ { $line }. Failed: { $why }
bundle-line-skipped = ⏸ { $line }. Not done: { $why }
bundle-line-no-reason = nothing more is known.
bundle-line-moved = it was no longer as it was shown.
bundle-line-error = it could not be written.
bundle-line-after-failure = another line failed before it.
outcome-executed-in-part = { $done ->
    [one] One of { $of } changes is done
   *[other] { $done } of { $of } changes are done
}, the others are not. Approved by { $name }, { $at }.
conflict-room-buffer = { $title } is in { $room } from { $start } to { $end }, less than { $minutes ->
    [one] one minute
   *[other] { $minutes } minutes
} away.

# Asking back.
bundle-too-many = This is more than { $most } changes at once. Ask for fewer at a time.
bundle-seat-twice = The same registration for { $title } would be changed twice at once. Say which of the two is wanted.
bundle-taken-and-used = { $title } would be taken away and changed at once. Say which of the two is wanted.
bundle-session-and-seats = { $title } would be changed and given new people at once. Ask for the change first, then for the people.
bundle-which-lines = Please answer with the numbers of the lines to leave out, such as 2, 5, or with 0 for none. Nothing was changed.
bundle-none-left = With every line left out there is nothing to do. Keep at least one, or reject the suggestion.
bundle-no-such-line = There is no such line on this card.
bundle-not-one = This is a single change; there are no lines to choose from.
bundle-swap-same = This is one and the same session. Name the two that change places.
bundle-swap-events = { $title } and { $other } belong to different events and cannot change places.
bundle-shift-none = No session starts after { $after }.
bundle-shift-nothing = A shift by no minutes changes nothing. Say by how many minutes.

# What several changes come to.
card-bundle = { $count ->
    [one] One change: { $names }
   *[other] { $count } changes: { $more ->
        [0] { $names }
        [one] { $names }, and one more
       *[other] { $names }, and { $more } more
    }
}
card-bundle-swap = { $one } and { $other } change places
card-bundle-shift = From { $clock }: { $sessions }, { $later }
card-bundle-shift-room = { $room } from { $clock }: { $sessions }, { $later }
sessions-count = { $count ->
    [one] one session
   *[other] { $count } sessions
}
shift-later = { $by } later
shift-earlier = { $by } earlier
length-minutes = { $count ->
    [one] one minute
   *[other] { $count } minutes
}
length-hours = { $count ->
    [one] one hour
   *[other] { $count } hours
}
on-day = { $day }
change-before = instead of { $now }
bundle-line-at = { $hours } { $name }
bundle-line-dropped = { $line } · left out
