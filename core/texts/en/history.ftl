# The log: the story of a suggestion.
history-unknown = I find no suggestion { $said }. Name the session or the thing that it was about.

# Where the log stands, said once a day.
log-head = Where the log of decisions stands today. Keep this message: whoever doubts the log later runs this line, and it tells whether anything up to here was rewritten.
