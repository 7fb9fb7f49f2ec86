# The words of the stand-in for Gemini. Values are isolated by Fluent; between two values stand words, never dashes.
hello = Hello! Ask me what is on, how the event stands, who is where, or ask for a change.
thanks = You are welcome.
help = I stand in for Gemini here and know a fixed set of sentences (docs/sentences.md): the agenda, rooms, people, vendors, the checklist, what changed, and changes of all of these, which a manager then approves. For example:
not-understood = I am only a stand-in for Gemini, and this is none of the sentences I know (they are in docs/sentences.md). Try one of these:
decide = A suggestion is decided with the buttons on its card, by an owner or a manager. I cannot do it.
choose = I have nothing to choose from here. Please say the whole request.
repeat = I do not know what to ask for again. Please say the whole request.
which-session = Which session do you mean? Please give its title.
which-person = Whom do you mean? Please give the name.
which-suggestion = Which suggestion do you mean? Please say what it was about.
which-one = Which one do you mean?
may-not-write = You can look at everything here, and not change it. Please ask a manager.
may-not-this = Your role cannot change this. Please ask an owner.
no-tool = I have no tool for this here.
cannot-look = I may not look anything up for this answer.
not-finished = I did not get to the end of this. Please ask again.
tool-error = The tool did not accept this: { $error }
span = { $start } to { $end }
moment = { $day } at { $time }
there-is-more = There is more than I list here. Ask for a room or an hour.

# Changes that wait.
suggested = I made a suggestion: { $what }. Nothing has changed; it waits for approval on its card.
done-at-once = This is done at once, as the rules of your organisation allow: { $what }.
done-at-once-together = { $count ->
    [one] One change is done at once, as the rules of your organisation allow.
   *[other] { $count } changes are done at once, as the rules of your organisation allow.
}
suggested-together = { $count ->
    [one] I suggested one change. Nothing has changed; it waits for approval.
   *[other] I suggested { $count } changes. Nothing has changed; they wait for approval.
}
suggested-as-one = I made one suggestion of { $count } changes. Nothing has changed; it waits for approval on its card.
instead = The card offers instead:
blocked = I made a suggestion: { $what }. It cannot be approved as it stands. Choose another time or room.
blocked-here = I made a suggestion: { $what }. It cannot be approved as it stands.
is-blocked = cannot be approved as it stands
affected = { $count ->
    [one] One registered person is affected.
   *[other] { $count } registered people are affected.
}
only = I have nothing to choose from here. Please say the whole request.
more = I do not know what to go on with. Please say the whole request.
another = I do not know what to go on with. Please say the whole request.
say-it-whole = Something is missing that I need. Please say it in one sentence, for example: { $example }
vip = VIP: { $name }
vip-note = VIP: { $name } ({ $note })
