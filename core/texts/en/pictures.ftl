# The picture of the rooms around a change.
picture-title = Rooms on { $day }
picture-zone = Times of { $zone }
picture-at = As of { $at }
picture-more-rooms = { $count ->
    [one] One more room is not shown.
   *[other] { $count } more rooms are not shown.
}
picture-kind-now = Now
picture-kind-proposed = Proposed
picture-kind-collides = In the way
picture-kind-other = Other sessions
picture-alternative = The rooms of { $event }. { $moves }
picture-alternative-way = The rooms of { $event }. { $moves } In the way: { $titles }.
picture-moves = { $title } is now { $now }, and shall be { $proposed }.
picture-adds = New: { $title }, { $proposed }.
picture-where = { $span } in { $room }
picture-when = { $span }, in no room
picture-more-moves = { $count ->
    [one] And one more session moves.
   *[other] And { $count } more sessions move.
}
picture-and-then = { $first } { $then }
