# Checklists of an event.
card-checklist-add = { $count ->
    [one] New checklist item for { $event }
   *[other] { $count } new checklist items for { $event }
}
card-checklist-remove = { $count ->
    [one] Remove an item from the checklist of { $event }
   *[other] Remove { $count } items from the checklist of { $event }
}
card-checklist-complete = Tick off: { $titles }
card-checklist-reopen = Open again: { $titles }
card-checklist-assign = Assign: { $titles }
checklist-label-event = Event
checklist-label-due = Due
checklist-label-assignee = Assignee
checklist-nobody = nobody
checklist-open-to-all = assigned to nobody
checklist-until = until { $at }
checklist-who-when = { $name }, { $due }
checklist-line-done = done; { $line }

# What speaks against it.
conflict-checklist-same-title = { $title } is on the checklist already and still open.
conflict-checklist-due-passed = { $title } would be overdue at once: its time has passed.

# Asking back.
checklist-item-unknown = I find no checklist item { $title } for { $event }.
checklist-item-which = Which checklist item do you mean by { $title }: { $titles }?
checklist-done-already = { $title } is done already.
checklist-person-unknown = I find nobody named { $person } in your organisation.
checklist-person-which = Whom do you mean by { $person }: { $names }?
checklist-person-inactive = { $person } is no longer active here. Choose somebody else.
checklist-gone = This checklist item or its event is no longer there. Nothing was changed.
checklist-back-already = These items are on the checklist again already. Nothing was changed.
