# Times. Words, never dashes or arrows, between two values.
time-moment = { $day } at { $time }
time-hours = { $start } to { $end }
time-span = { $day } · { $start } to { $end }
time-span-days = { $day } { $start } to { $endday } { $end }
time-twice-on-that-day = { $time } (UTC{ $offset })
time-zone-note = ({ $zone } time)

# Card furniture, used by every platform's renderer.
card-now = Now
card-before = Before
card-after = Now
card-proposed = Proposed
card-undone = Taken back
card-restored = Restored
card-conflicts = Conflicts
card-impact = Impact
card-risk = Risk
card-asked = Asked
card-consequences = What follows
card-footer = Good to know
risk-low = low
risk-medium = medium
risk-high = high
risk-critical = critical
state-suggested = Waiting for a decision
state-approved = Approved
state-rejected = Rejected
state-executed = Done
state-failed = Failed
state-expired = Expired
state-superseded = Replaced

# Whom an action touches.
impact-nobody = Nobody is registered for it.
impact-registered = { $count ->
    [one] One registered person is affected.
   *[other] { $count } registered people are affected.
}
impact-waiting = { $count ->
    [one] One person waits for a place.
   *[other] { $count } people wait for a place.
}
impact-returns = { $count ->
    [one] One person gets their place again.
   *[other] { $count } people get their places again.
}
impact-line-returns = { $count ->
    [one] One person stands on the waiting list again.
   *[other] { $count } people stand on the waiting list again, in the same order.
}
impact-vip = VIP: { $name }
impact-vip-note = VIP: { $name } ({ $note })
impact-places-more = { $count ->
    [one] There is one place more.
   *[other] There are { $count } places more.
}
impact-places-fewer = { $count ->
    [one] There is one place fewer.
   *[other] There are { $count } places fewer.
}

# Notes about people, their addresses and numbers, where others read along.
personal = { $value }
internal = { $value }
personal-withheld = not shown here
personal-on-card = Notes about people and their contact details are not shown here. Ask me in a private chat, or press “Show all” in Slack.
personal-not-for-viewers = Notes about people and their contact details are not shown to viewers.
personal-offered = Notes about people and their contact details are not told where others read along. Ask me in a private chat.

# Around a card.
asked-by = { $name }: “{ $words }”
card-why = The assistant suggests it because: “{ $words }”
suggestion-was-rejected = { $name } rejected exactly this, { $at }. It is not raised again unless somebody asks for it again: say so, and I will.
footer-deciders = An owner or a manager decides.
footer-deadline = Waits until { $deadline }.
button-approve = Approve
button-reject = Reject
button-dismiss = Dismiss
notice-blocked = This cannot be approved as it stands. Ask for another time or room, or dismiss it.
notice-renewed = The agenda changed after the first suggestion. Nothing was done; this is how it looks now.
outcome-approved = Approved by { $name }, { $at }.
outcome-rejected = Rejected by { $name }, { $at }. Nothing was changed.
outcome-at-once = Done at once, { $at }: { $name } asked for it, and by the policy nobody had to approve it.
outcome-executed = Approved by { $name }, { $at }.
outcome-failed = Could not be done, and nothing was changed. { $name }, { $at }. Please ask again.
outcome-expired = Nobody decided by { $deadline }. Nothing was changed; ask again if it is still wanted.
outcome-superseded = Replaced by a newer suggestion. Nothing was changed by this one.
card-asked-directly = The managers' channel cannot be reached, so I asked those who may decide directly. If nobody answers, please tell a manager.
card-unreachable = Your suggestion is kept, but the managers' channel cannot be reached. Please tell a manager.

# What a presser hears.
decision-not-linked = I do not know you yet, so this button does nothing. Write to me to link your account.
decision-unknown = I do not know this suggestion. Ask again and I will make a new one.
decision-not-allowed = Only an owner or a manager can decide this. They have been asked.
decision-moved = The agenda changed in the meantime, so nothing was done. Please look at the card again.
decision-blocked-now = The agenda changed in the meantime and this no longer fits, so nothing was done. The card says why.
decision-expired = This waited until { $deadline } and then expired. Nothing was changed; ask again if it is still wanted.
decision-again = This could not be decided just now. Please press again.
decision-already-approved = { $name } already approved this, { $at }.
decision-already-executed = { $name } already approved this, { $at }. It is done.
decision-already-rejected = { $name } already rejected this, { $at }.
decision-already-failed = This could not be done, { $at }. Nothing was changed.
decision-already-expired = This has expired. Nothing was changed.
decision-already-superseded = A newer suggestion replaced this one. Please look at the newest card.
card-not-shown = Your suggestion is kept, but its card cannot be shown here. Whoever decides finds it with /pending or in Slack's Home tab.

# One way to say a change, on one line. "Instead of" is true before it is decided and after.
in-one-line = { $parts }
change = { $proposed } instead of { $now }
change-new = { $proposed }
change-labelled = { $label }: { $proposed } instead of { $now }
change-labelled-new = { $label }: { $proposed }
card-undo = Undo · { $title }
card-lines = What it does, line by line
