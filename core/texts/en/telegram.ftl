# Telegram's cards and commands.
telegram-mode = If a line fails
telegram-answer-here = Your answer
telegram-asked-you = { $name }, this is for you:
telegram-command-pending = What waits for my decision
telegram-command-mine = What I asked for
telegram-anonymous = I cannot tell who you are: this was sent in the name of the group or of a channel. Please write under your own name, or to me directly.
