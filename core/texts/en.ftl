# Times. Words, never dashes or arrows, between two values.
time-moment = { $day } at { $time }
time-span = { $day }, { $start } to { $end }
time-span-days = { $day } { $start } to { $endday } { $end }
time-zone-note = ({ $zone } time)

# Card furniture, used by every platform's renderer.
card-now = Now
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
