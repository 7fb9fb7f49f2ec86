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
