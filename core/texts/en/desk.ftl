# Where am I needed, asked in a chat.
desk-waiting = { $count ->
    [one] One suggestion waits for you, { $name }.
   *[other] { $count } suggestions wait for you, { $name }. The newest come first.
}
desk-waiting-more = { $count ->
    [one] One more waits for you. Decide some of these, or ask again later.
   *[other] { $count } more wait for you. Decide some of these, and then ask again.
}
desk-waiting-none = Nothing waits for you, { $name }.
desk-not-deciding = Owners and managers decide, so nothing waits for you, { $name }. Write /mine to see what became of what you asked for.
desk-mine = { $count ->
    [one] You asked for one thing in the last seven days:
   *[other] You asked for { $count } things in the last seven days. The newest:
}
desk-mine-more = { $count ->
    [one] One older one is left out. Ask me what became of it, and name it.
   *[other] { $count } older ones are left out. Ask me what became of one, and name it.
}
desk-mine-none = You have not asked for anything in the last seven days, { $name }.
desk-mine-waits = { $title } · waits for a decision.
desk-mine-blocked = { $title } · cannot be approved as it stands.
desk-mine-decided = { $title } · { $outcome }
