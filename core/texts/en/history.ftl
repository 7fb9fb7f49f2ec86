# The log: the story of a suggestion.
history-unknown = I find no suggestion { $said }. Name the session or the thing that it was about.
