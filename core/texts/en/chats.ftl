# Telegram.
telegram-command-start = Say hello and link your account
telegram-command-help = What I can do for you
telegram-more = { $count ->
    [one] and one more
   *[other] and { $count } more
}
telegram-press-repeats = Something went wrong. Your press was kept and will be tried again.

# Linking.
greeting = Hello { $name }. Ask me about the agenda, or ask for a change: I suggest it, and a manager decides.
link-already = You are already linked, { $name }.
link-done = Welcome, { $name }. You are linked; ask me about the agenda whenever you like.
link-invalid = This link code is not valid any more. Ask your manager for a new one.
link-invitation = Hello! I work for event teams, and I do not know you yet. Ask your event's manager for a link code; then we can talk.

# Slack.
slack-more = { $count ->
    [one] and one more
   *[other] and { $count } more
}

# Telegram, when somebody sends what is no text.
text-only = I can read only text that you type to me. Please write what you need.

# What somebody can do here, by what they may.
help-reading = { $name }, ask me anything about the event, in your own words. For example:
    - What is on in Hall B after 14:00?
    - When is the opening keynote, and who speaks?
help-asking = { $name }, ask me anything about the event, or for a change; a manager decides about it. For example:
    - What is on in Hall B after 14:00?
    - Move the opening keynote to 11:30
    - Tick off the Wi-Fi test
    Write /mine to see what became of what you asked for.
help-deciding = { $name }, ask me anything about the event, or for a change; you decide about it on its card. For example:
    - What is on in Hall B after 14:00?
    - Push everything in Hall B after 14:00 by 20 minutes
    - Why was the keynote rejected?
    Write /pending to see what waits for you, and /mine to see what you asked for.

# Whom and what a message names where nobody says how it is called.
somebody = somebody
some-channel = a channel
some-group = a group
