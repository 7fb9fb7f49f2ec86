# Who decides.
policy-who-both = an owner or a manager
policy-who-owner = an owner
policy-who-manager = a manager
policy-who-people = { $count ->
    [0] nobody
    [1] { $names }
   *[other] one of { $names }
}
policy-who-or = { $roles } or { $people }
policy-who-all = somebody who is at once each of these: { $rights }
policy-decided-by = Decides: { $who }.
policy-two-needed = Two different people have to approve it.
policy-votes = Approved so far by { $names }. One more approval is needed, by somebody else.
policy-asker-may-not = { $name } asked for it and cannot approve it.

# Why somebody may not approve.
policy-owners-only = Only an owner can decide this. They have been asked.
policy-not-your-own = You asked for this yourself, so somebody else has to approve it.
policy-not-you = By your organisation's policy this is decided by { $who }. They have been asked.
policy-voted = Your approval counts. One more is needed, by somebody else.
policy-voted-already = You have approved this already. One more approval is needed, by somebody else.
policy-stuck = Nobody can approve this as things are: the policy asks for { $who }. An owner can change the policy, or approve it past the policy.
policy-stuck-one = This takes two different people, and only { $name } could approve it. An owner can change the policy, or approve it past the policy.
policy-stuck-notice = “{ $title }” waits in vain. { $why }

# Past the policy.
policy-glass-owners = Only an owner can approve something past the policy.
policy-glass-blocked = Nobody can approve this: it collides with something, and that is no matter of policy.
policy-glass-nothing = The policy lets you approve this by yourself: use the card's own button.
policy-glass-words = Please say why, in at least { $count ->
    [one] one letter
   *[other] { $count } letters
}. Nothing was changed.
policy-glass-notice = ‼ Past the policy, { $name } approved “{ $title }”. The reason given: “{ $words }”

# A change of the policy, on a card.
card-policy-change = Change of the policy
policy-field-rule = Who approves { $about }
policy-field-order = Rules, the first that fits counts
policy-field-askers = Askers may approve their own
policy-field-at-once = Low risk is done at once
policy-field-two = Two people needed for
policy-field-backup = Asked when nobody decides
policy-field-level = Conflict “{ $kind }”
policy-field-buffer = Pause between two sessions in a room
policy-any-action = everything
policy-action-at-risk = { $action } (risk: { $risk })
policy-no-rule = no rule of its own
policy-names = { $names }
policy-the-owners = the owners
policy-none = nothing
policy-yes = yes
policy-no = no
policy-level-block = blocks
policy-level-acknowledge = has to be acknowledged
policy-level-warn = is said
policy-level-off = is left out
policy-minutes = { $count ->
    [0] none
    [one] one minute
   *[other] { $count } minutes
}

# Why a policy cannot be.
policy-nothing = The policy says so already, so there is nothing to change.
policy-moved = Somebody else changed the policy at the same moment, so this was not kept. Look at it and ask again.
policy-fixed-room = The database itself keeps two sessions out of one room at one time. Mark the room as one that may be shared instead.
policy-fixed-times = A session has to end after it starts, whatever the policy. Change its times instead.
policy-unknown-kind = There is no kind of conflict { $kind }. The kinds are: { $kinds }.
policy-unknown-action = No action is called { $action }. The actions are: { $actions }.
policy-too-many-rules = { $count ->
    [one] A policy has at most one rule. Take one out first.
   *[other] A policy has at most { $count } rules. Take one out first.
}
policy-never-decides = { $name } can never decide, because only owners and managers do. Give them that role first.
policy-person-gone = One of these people does not work here any more. Name somebody else.
policy-person-unknown = I do not know anybody called { $name } here.
policy-person-which = Whom do you mean: { $names }?
policy-actions = { $more ->
    [one] { $first } and one other kind of action
   *[other] { $first } and { $more } other kinds of action
}
policy-locks-out = Nobody could approve { $action } at { $risk } risk: the policy would ask for { $who }. Nothing was changed.
policy-one-for-two = Two different people would have to approve { $action } at { $risk } risk, and only { $name } could ({ $who }). Nothing was changed.
policy-locks-asker-out = Too few could approve { $action } at { $risk } risk when { $name } is the one who asks ({ $who }). Nothing was changed.

# Who decides in somebody's place.
card-delegation-create = { $name } is away, and somebody decides meanwhile
card-delegation-end = { $name } decides again
card-delegation-resume = { $name } is away after all
delegation-field-delegate = Decides meanwhile
delegation-field-from = From
delegation-field-until = Until
delegation-moment = { $at }
delegation-to-oneself = { $name } cannot decide in their own place. Name somebody else.
delegation-nothing-to-give = { $name } decides nothing, so there is nothing to hand on.
delegation-backwards = The last day is before the first one. Write them the other way round.
delegation-past = These days are over already. Write days that are to come.
delegation-overlaps = { $to } decides for { $name } already, from { $start } until { $end }. End that first.
delegation-none = Nobody decides in place of { $name }, so there is nothing to end.
delegation-gone = This has been ended or changed in the meantime. Nothing was changed.

# What each kind of action is called, to stand after "who approves".
kind-of-action-event-create = new events
kind-of-action-event-update = changes of events
kind-of-action-event-publish = publishing events
kind-of-action-event-unpublish = making events drafts again
kind-of-action-event-delete-draft = removals of drafts of events
kind-of-action-schedule-create = new sessions
kind-of-action-schedule-update = changes of sessions
kind-of-action-schedule-delete = removals of sessions
kind-of-action-room-add = new rooms
kind-of-action-room-update = changes of rooms
kind-of-action-room-remove = removals of rooms
kind-of-action-participant-assign = registrations for sessions
kind-of-action-participant-unassign = taking people off sessions
kind-of-action-participants-move = moving people from one session to another
kind-of-action-participant-add = new participants
kind-of-action-participant-update = changes of participants
kind-of-action-participant-set-vip = VIP marks
kind-of-action-participant-check-in = arrivals of participants
kind-of-action-participant-remove = removals of participants
kind-of-action-vendors-assign = assigning vendors to events
kind-of-action-vendor-unassign = taking vendors off events
kind-of-action-vendor-status = news of vendors at events
kind-of-action-vendor-add = new vendors
kind-of-action-vendor-update = changes of vendors
kind-of-action-vendor-remove = removals of vendors
kind-of-action-checklist-add = new tasks
kind-of-action-checklist-complete = ticking off tasks
kind-of-action-checklist-assign = assigning tasks to people
kind-of-action-checklist-remove = removals of tasks
kind-of-action-checklist-reopen = opening tasks again
kind-of-action-person-off = switching off somebody's access
kind-of-action-person-on = giving back somebody's access
kind-of-action-person-role = roles of people
kind-of-action-sessions-swap = swaps of two sessions
kind-of-action-sessions-shift = shifts of several sessions
kind-of-action-bundle = several changes on one card
kind-of-action-import-schedule = schedules from a file
kind-of-action-policy-change = changes of the policy
kind-of-action-delegation-create = deciding in somebody's place
kind-of-action-delegation-end = the end of deciding in somebody's place
kind-of-action-delegation-resume = deciding in somebody's place again

# What each kind of conflict is called.
kind-of-conflict-ends-before-start = end before the start
kind-of-conflict-outside-event = outside the event's dates
kind-of-conflict-places-exceeded = more people than free places
kind-of-conflict-room-overlap = room already taken
kind-of-conflict-room-sessions-overlap = two sessions in one room at once
kind-of-conflict-session-cancelled = session is cancelled
kind-of-conflict-session-full = session is full
kind-of-conflict-sessions-left-out = sessions outside the event's new days
kind-of-conflict-agenda-empty = empty agenda
kind-of-conflict-agenda-outside-event = agenda: sessions outside the event's days
kind-of-conflict-agenda-rooms-too-small = agenda: sessions larger than their room
kind-of-conflict-agenda-speaker-overlaps = agenda: speakers in two places at once
kind-of-conflict-already-in-target = already on the list of the session
kind-of-conflict-capacity-overflow = more people registered than places
kind-of-conflict-checklist-due-passed = task overdue at once
kind-of-conflict-checklist-same-title = task of the same name still open
kind-of-conflict-event-exists = event of the same name on the same days
kind-of-conflict-participant-known = participant perhaps on the list already
kind-of-conflict-participant-namesake = participant of the same name
kind-of-conflict-participant-overlap = participant in two sessions at once
kind-of-conflict-room-below-registered = room with fewer seats than people registered
kind-of-conflict-room-below-registered-more = the same in further sessions of the room
kind-of-conflict-room-buffer = pause between two sessions too short
kind-of-conflict-room-too-small = room too small
kind-of-conflict-speaker-overlap = speaker in two places at once
kind-of-conflict-vendor-event-over = vendor arrives after the event
kind-of-conflict-vendor-late = vendor arrives after a session's start
kind-of-conflict-waiting-list = no place yet, only the waiting list
kind-of-conflict-waiting-passed = others wait longer for the place
kind-of-conflict-zone-shifts-times = local times shift
kind-of-conflict-people-gone = registrations lost with people who are gone
kind-of-conflict-sessions-gone = registrations lost with sessions that are gone
kind-of-conflict-undo-incomplete = undo brings not everything back
kind-of-conflict-returns-past-limit = one person too many after an undo
