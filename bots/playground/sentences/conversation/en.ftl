# The words of the stand-in for Gemini. Values are isolated by Fluent; between two values stand words, never dashes.
hello = Hello! Ask me what is on, who speaks where, or ask for a change of the agenda.
thanks = You are welcome.
help = I stand in for Gemini here and know a fixed set of sentences (docs/sentences.md): what is on, who speaks when and where, free rooms, and changes of the agenda, which a manager then approves. For example:
not-understood = I am only a stand-in for Gemini, and this is none of the sentences I know (they are in docs/sentences.md). Try one of these:
decide = A suggestion is decided with the buttons on its card, by an owner or a manager. I cannot do it.
choose = I have nothing to choose from here. Please say the whole request.
which-session = Which session do you mean? Please give its title.
which-one = Which one do you mean?
may-not-write = You can look at the agenda here, and not change it. Please ask a manager.
no-tool = I have no tool for this here.
cannot-look = I may not look anything up for this answer.
not-finished = I did not get to the end of this. Please ask again.
tool-error = The tool did not accept this: { $error }
create-when = When should it take place? Please say it in one sentence, with title, start, end and room.
create-until = Until when? Please say it in one sentence, with title, start, end and room.
move-where = Where or when to? Please say it in one sentence, with a time, a day or a room.

span = { $start } to { $end }
moment = { $day } at { $time }
when = { $day }, { $start } to { $end }
event = { $name } runs from { $first } to { $last }.
no-events = There are no events yet.
nothing-on = I find nothing on the agenda for { $asked }.
nothing-at-all = I find nothing on the agenda.
there-is-more = There is more than I list here. Ask for a room or an hour.
found = This comes closest to { $query }:
found-nothing = I find nothing about { $query }.
cancelled = cancelled
no-slots = There is no such free slot on { $day }.
seats = { $count ->
    [one] one seat
   *[other] { $count } seats
}
registered = { $count ->
    [0] Nobody is registered.
    [one] One person is registered.
   *[other] { $count } people are registered.
}
registered-of = { $count ->
    [0] Nobody is registered yet
    [one] One person is registered
   *[other] { $count } people are registered
}, places: { $capacity }.
among-them = Among them:
vip = VIP: { $name }
vip-note = VIP: { $name } ({ $note })
nothing-waits = Nothing waits for approval.
waiting = { $count ->
    [one] One suggestion waits for a decision:
   *[other] { $count } suggestions wait for a decision:
}
suggestion = { $action ->
    [schedule_create] New session { $title }
    [schedule_update] Change of { $title }
    [schedule_delete] Removal of { $title }
   *[other] { $title }
}, asked by { $name }
risk = risk { $risk ->
    [low] low
    [medium] medium
    [high] high
    [critical] critical
   *[other] { $risk }
}
until = until { $until }
is-blocked = cannot be approved as it stands
suggested = I made a suggestion for { $title }. Nothing has changed; it waits for approval on its card.
blocked = I made a suggestion for { $title }, but it cannot be approved as it stands. Choose another time or room.
affected = { $count ->
    [one] One registered person is affected.
   *[other] { $count } registered people are affected.
}
