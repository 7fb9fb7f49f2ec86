# Vendors at an event.
card-vendors-assign = Assign to { $event }: { $vendors }
card-vendor-unassign = Remove from { $event }: { $vendors }
card-vendor-status = { $vendors } at { $event }
card-vendor-add = New vendor: { $vendor }
card-vendor-update = Change of the vendor: { $vendor }
card-vendor-remove = Remove the vendor: { $vendor }
vendors-field-name = Name
vendors-field-category = Category
vendors-field-phone = Phone
vendors-field-email = E-mail
vendors-label-status = Status
vendors-label-arrives = Arrival
vendors-label-notes = Notes
vendors-label-notes-of = Notes on { $vendor }
vendors-label-cost = Cost
vendors-label-cost-of = Cost of { $vendor }
vendors-cost = { $cost }
impact-cost-more = The event costs { $amount } more.
impact-cost-less = The event costs { $amount } less.
vendors-label-left-out = Assigned already, left out
vendors-names = { $names }
vendors-standing = { $status }, arrives { $at }
vendors-at = { $at }
vendors-no-time = no time given
vendors-status-invited = invited
vendors-status-confirmed = confirmed
vendors-status-on-the-way = on the way
vendors-status-arrived = arrived
vendors-status-cancelled = cancelled

# What speaks against it.
conflict-vendor-late = { $vendor } would arrive only after { $title } has started, { $start }.
conflict-vendor-event-over = { $event } is over by the time { $vendor } would be there.

# Asking back.
vendors-unknown = I find no vendor named { $vendor }.
vendors-which = Which vendor do you mean by { $vendor }: { $vendors }?
vendors-already = Already assigned to { $event }: { $vendors }. There is nothing to change.
vendors-not-assigned = Not assigned to { $event }: { $vendors }.
vendors-gone = This vendor or this event is no longer there. Nothing was changed.
vendors-exists = There already is a vendor { $vendor }.
vendors-nameless = A vendor needs a name that can be read.
vendors-in-use = { $count ->
    [one] { $vendor } comes to one event, so the vendor stays. Take it off that event first.
   *[other] { $vendor } comes to { $count } events, so the vendor stays. Take it off those events first.
}
