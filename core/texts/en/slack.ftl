# Slack's cards.

# What Slack's modals share.
slack-modal-foreign = This window does not belong to a suggestion that I know. Nothing was changed; please press the button on the card again.

# Rejecting.
slack-reject-title = Reject
slack-reject-do = Reject
slack-reject-why = Why?
slack-reject-words = In your own words
slack-reject-hint = Whoever asked reads it, and it is kept in the log. You may leave it empty.
slack-reject-other = Please say why in a few words, or choose another reason.

# Changing before approving.
slack-edit-title = Change it first
slack-edit-do = Check the change
slack-edit-note = What you change is checked again. The card then shows it as a new version, and the old one cannot be approved any more.
slack-edit-field-day = Day
slack-edit-field-start = Starts
slack-edit-field-end = Ends
slack-edit-field-endday = Ends on another day
slack-edit-zone = Time where the event is ({ $zone }).
slack-edit-choose-place = Choose a room
slack-edit-choose-person = Choose a person
slack-edit-choose-choice = Choose one
slack-edit-day-of = { $label }: day
slack-edit-time-of = { $label }: time
slack-edit-nothing = Nothing is different yet. Change something, or close this window.
slack-edit-order = It has to end after it starts.
slack-edit-empty = This cannot be empty.
slack-edit-when = A day and a time are both needed.

# Choosing lines of a bundle.
slack-choose-title = Choose what runs
slack-choose-do = Update the card
slack-choose-lines = Lines { $first } to { $last }
slack-choose-line = Line { $first }
slack-choose-mode = When a line cannot be done
slack-choose-all = Nothing is done at all
slack-choose-until = What came before it stays, and the rest is not done
slack-choose-none = At least one line must stay. To drop all of them, reject the suggestion.

# Everything in full.
slack-show-title = Everything
slack-show-close = Close
slack-show-page = Page { $page } of { $pages }
slack-show-next = Next page
slack-show-back = Previous page

# Past the policy.
slack-glass-title = Approve as owner
slack-glass-do = Approve as owner
slack-glass-note = This goes past the policy, which asks for more than your approval. It is approved in your name alone, everybody who decides is told, and the log keeps your reason.
slack-glass-why = Why can this not wait?
slack-glass-short = Please give a reason of at least 10 letters.

# The Home tab.
slack-home-title = Where you are needed
slack-home-filter = Show
slack-home-all = Everything
slack-home-risk = Risk: { $risk }
slack-home-event = Event: { $name }
slack-home-waiting = Waits for you ({ $count })
slack-home-mine = You asked for ({ $count })
slack-home-decided = Decided today ({ $count })
slack-home-waiting-none = Nothing waits for you.
slack-home-mine-none = You have not asked for anything in the last seven days.
slack-home-decided-none = Nothing was decided today.
slack-home-conflicts = { $count ->
    [0] no conflicts
    [one] one conflict
   *[other] { $count } conflicts
}
slack-home-page = { $first } to { $last } of { $count }
slack-home-next = Next
slack-home-back = Previous
