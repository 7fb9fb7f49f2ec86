# Times. Words, never dashes or arrows, between two values.
time-moment = { $day } at { $time }
time-span = { $day }, { $start } to { $end }
time-span-days = { $day } { $start } to { $endday } { $end }
time-zone-note = ({ $zone } time)

# Card furniture, used by every platform's renderer.
card-now = Now
card-before = Before
card-after = Now
card-proposed = Proposed
card-conflicts = Conflicts
card-impact = Impact
card-risk = Risk
card-asked = Asked
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

# Telegram.
telegram-command-start = Say hello and link your account
telegram-command-help = What I can do for you
telegram-more = { $count ->
    [one] and one more
   *[other] and { $count } more
}
telegram-press-repeats = Something went wrong. Your press was kept and will be tried again.

# Fields of an agenda card.
field-when = When
field-title = Title
field-room = Room
field-speaker-name = Speaker
field-max-capacity = Places
field-reason = Reason
field-empty = none
when = { $span }
card-schedule-create = New session: { $title }
card-schedule-update = Change: { $title }
card-schedule-delete = Remove: { $title }

# Conflicts: what collides, and for an error what to do.
conflict-room-overlap = { $room } is taken by { $title } until { $end }. Choose another time or room.
conflict-speaker-overlap = { $speaker } also speaks in { $title }, which starts { $start }.
conflict-capacity-overflow = { $registered ->
    [one] One person is registered
   *[other] { $registered } people are registered
} and there would be places for { $capacity }.
conflict-room-too-small = { $room } seats { $seats } and { $needed } are needed.
conflict-outside-event = This is outside the dates of { $event }. Choose a day of the event.
conflict-ends-before-start = It would end before it starts. Give an end after the start.

# Whom an action touches.
impact-nobody = Nobody is registered for it.
impact-registered = { $count ->
    [one] One registered person is affected.
   *[other] { $count } registered people are affected.
}
impact-vip = VIP: { $name }
impact-vip-note = VIP: { $name } ({ $note })

# Around a card.
asked-by = { $name }: “{ $words }”
footer-told = { $name } will be told what is decided.
footer-deciders = An owner or a manager decides.
footer-deadline = Waits until { $deadline }.
button-approve = Approve
button-reject = Reject
button-dismiss = Dismiss
notice-blocked = This cannot be approved as it stands. Ask for another time or room, or dismiss it.
notice-renewed = The agenda changed after the first suggestion. Nothing was done; this is how it looks now.
outcome-approved = Approved by { $name }, { $at }.
outcome-rejected = Rejected by { $name }, { $at }. Nothing was changed.
outcome-executed = Done. Approved by { $name }, { $at }.
outcome-failed = Could not be done, and nothing was changed. { $name }, { $at }. Please ask again.
outcome-expired = Nobody decided by { $deadline }. Nothing was changed; ask again if it is still wanted.
outcome-superseded = Replaced by a newer suggestion. Nothing was changed by this one.
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

# Asking back.
event-none = There is no event yet. Import a schedule first.
event-unknown = I find no event named { $name }.
event-which = Which event do you mean: { $names }?
session-unknown = I find no session { $title } in { $event }.
session-which = Which session do you mean: { $titles }?
session-gone = This session is no longer there. Nothing was changed.
room-unknown = I find no room { $room }. The rooms are: { $rooms }.
change-nothing = { $title } is already so; there is nothing to change.
time-unreadable = I cannot read the time { $text }. Give it as 14:30, or as 2026-05-01 14:30.
time-never = { $text } does not exist on that day: the clocks in { $zone } go forward. Give another time.
time-twice = { $text } happens twice on that day: the clocks in { $zone } go back. Give the time with its offset.

# Linking.
greeting = Hello { $name }. Ask me about the agenda, or ask for a change: I suggest it, and a manager decides.
link-already = You are already linked, { $name }.
link-done = Welcome, { $name }. You are linked; ask me about the agenda whenever you like.
link-invalid = This link code is not valid any more. Ask your manager for a new one.
link-invitation = Hello! I work for event teams, and I do not know you yet. Ask your event's manager for a link code; then we can talk.

# When something goes wrong.
answer-unfinished = The suggestion is on its card, but I could not finish my answer.
error-bug = Something went wrong on my side, and nothing was changed. Please try again; if it stays, mention { $id } to your administrator.
error-upstream = A service that I need does not answer. Your message is kept; please try again in a minute.
error-unreachable = This chat cannot be reached any more.
model-off = I cannot think yet: no model key is set. Your administrator can set GEMINI_API_KEY. Your message is kept.

# When the model cannot answer. The message is kept in every case.
model-timeout = I could not think this through in time. Your message is kept; please try again, perhaps in smaller steps.
model-down = My thinking service does not answer right now. Your message is kept; please try again in a minute.
model-busy = My thinking service is busy. Your message is kept; please try again in { $seconds ->
    [one] a second
   *[other] { $seconds } seconds
}.
model-key = My thinking service does not accept its key. Please tell your administrator; your message is kept.
model-unknown = The model that I am set to use does not exist. Please tell your administrator; your message is kept.
model-refused = My thinking service did not accept this request. Please put it differently; your message is kept.
model-blocked = I may not answer this as it is written. Please put it differently.
model-empty = I found no answer to this. Please put it differently.
model-malformed = I got tangled up preparing this, and nothing was done. Please ask again, one thing at a time.
model-cut = My answer became too long and broke off; nothing was done. Please ask for less at once.
model-steps = This takes more steps than I may do at once. Please ask for a part of it.

# Slack.
slack-more = { $count ->
    [one] and one more
   *[other] and { $count } more
}

# When the model's account cannot be used.
model-account = My thinking service does not serve this account. Please tell your administrator; your message is kept.
model-quota = My thinking service's allowance for today is used up. Please tell your administrator, or try again tomorrow; your message is kept.

# Telegram, when somebody sends what is no text.
telegram-text-only = I can read only text that you type to me. Please write what you need.
