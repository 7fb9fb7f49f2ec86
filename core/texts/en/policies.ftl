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
policy-field-level = Conflict { $kind }
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
    [one] { $first } and one other action
   *[other] { $first } and { $more } other actions
}
policy-locks-out = Nobody could approve { $action } at risk { $risk }: the policy would ask for { $who }. Nothing was changed.
policy-one-for-two = Two different people would have to approve { $action } at risk { $risk }, and only { $name } could ({ $who }). Nothing was changed.
policy-locks-asker-out = Too few could approve { $action } at risk { $risk } when { $name } is the one who asks ({ $who }). Nothing was changed.

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
