# The agenda.
when = { $day }, { $start } to { $end }
nothing-on = I find nothing on the agenda for { $asked }.
nothing-at-all = I find nothing on the agenda.
found = This comes closest to { $query }:
found-nothing = I find nothing about { $query }.
cancelled = cancelled
without-room = without a room
now-is = It is { $time }.
runs-now = now { $title } until { $end }
comes-next = next { $title }, { $day } at { $time }
no-slots = There is no such free slot on { $day }.
seats = { $count ->
    [one] one seat
   *[other] { $count } seats
}
registered = { $count ->
    [0] Nobody is registered.
    [one] One person is registered.
   *[other] { $count } people are registered.
}
registered-of = { $count ->
    [0] Nobody is registered yet
    [one] One person is registered
   *[other] { $count } people are registered
}, places: { $capacity }.
among-them = Among them:
booked-share = { $count ->
    [one] one session
   *[other] { $count } sessions
}, { $percent } percent of the day
longest-gap = longest empty from { $start } to { $end }
