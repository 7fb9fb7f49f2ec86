# The picture of the rooms around a change.
picture-title = Rooms on { $day }
picture-zone = Times of { $zone }
picture-is-old = The rooms as they were before this was decided.
picture-at = As of { $at }
picture-more-rooms = { $count ->
    [one] One more room is not shown.
   *[other] { $count } more rooms are not shown.
}
picture-kind-now = Now
picture-kind-proposed = Proposed
picture-kind-collides = In the way
picture-kind-other = Other sessions
picture-alternative = { $change }. The rooms of { $event }.
picture-alternative-way = { $change }. In the way: { $titles }. The rooms of { $event }.
