# When something goes wrong.
answer-unfinished = The suggestion is on its card, but I could not finish my answer.
error-bug = Something went wrong on my side, and nothing was changed. Please try again; if it stays, mention { $id } to your administrator.
given-up = Something that I was asked to do stopped me several times, so I left it alone; whoever waits for it was told. Whoever runs this program finds it under { $id }.
given-up-card = A card of your suggestion may show an old state: it could not be brought up to date. /pending shows what still waits.
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

# When the model's account cannot be used.
model-account = My thinking service does not serve this account. Please tell your administrator; your message is kept.
model-quota = My thinking service's allowance for today is used up. Please tell your administrator, or try again tomorrow; your message is kept.

# What broke and waits for somebody to mend it: told to the owners, once.
ceiling-reached = What I may cost in a day is used up, so I cannot think about this today. Please ask again from { $at }; cards, buttons, /pending and /mine work as before.
ceiling-told = What I may cost in a day, { $dollars } US dollars, is used up: until { $at } I answer only what needs no thinking. Cards, buttons, /pending and /mine work as before; whoever runs this program can change it with eventflow org ceiling.
breakage-installation = { $platform } does not accept my key any more ({ $why }): I can neither hear nor say anything there. Please ask whoever runs this program to install the app again or to renew its token; what has to go out waits until then.
breakage-right = { $platform } refuses me something that I need ({ $place }: { $why }). Please ask whoever runs this program to give the app this right; what depends on it waits until then.
breakage-socket = { $platform } does not let me listen any more ({ $why }). Please ask whoever runs this program to look at the app-level token and at Socket Mode; until then I hear nothing that is said there.
breakage-moved = The group that I write to in { $platform } became a supergroup with another number ({ $why }). I follow it; please ask whoever runs this program to set it anew with eventflow channel set.
breakage-managers = I can no longer write in the managers' channel in { $platform } ({ $why }). Please add me to it again, or choose another with eventflow channel set; until then I ask those who may decide directly.
breakage-person = I can no longer write to { $name } in { $platform } ({ $why }): cards and reminders do not arrive there.
breakage-group = I can no longer write in one of your team's chats in { $platform } ({ $why }). Please add me to it again; until then I answer whoever asks there directly.
breakage-model-key = My thinking service does not accept its key any more, so I can answer nobody. Please ask whoever runs this program to set another one; cards and buttons keep working.
breakage-model-account = My thinking service does not serve this account any more, so I can answer nobody. Please ask whoever runs this program to look at the account and its billing; cards and buttons keep working.
breakage-model-unknown = The model that I am set to use does not exist any more, so I can answer nobody. Please ask whoever runs this program to choose another one; cards and buttons keep working.
breakage-model-quota = My thinking service's allowance for today is used up, so I can answer nobody until it is renewed. Please ask whoever runs this program to raise it; cards and buttons keep working.
