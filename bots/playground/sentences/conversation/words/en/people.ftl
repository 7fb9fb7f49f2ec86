# Participants, vendors and the checklist.
vip = VIP: { $name }
vip-note = VIP: { $name } ({ $note })
no-vips = There are no VIPs.
is-here = is here
not-here-yet = not here yet
vip-next = next { $title }, { $at }, { $room }
arrived-at = arrived { $at }
no-registrations = There are no registrations.
waits-at = On the waiting list of { $title }: number { $position }.
no-vendors = I find no such vendor.
nobody-is-late = Nobody is late.
status-count = { $status }: { $count }
status-invited = invited
status-confirmed = confirmed
status-on-the-way = on the way
status-arrived = arrived
status-cancelled = cancelled
arrives-at = arrival { $at }
minutes-late = { $count ->
    [one] one minute late
   *[other] { $count } minutes late
}
checklist-done = Checklist: { $done } of { $total } done, { $overdue ->
    [0] nothing overdue.
    [one] one item overdue.
   *[other] { $overdue } items overdue.
}
nobody-yet = nobody has it yet
is-overdue = overdue
not-open = Nothing like { $title } is open on the checklist.
