# What a person does before something risky runs.
button-confirm = Confirm
button-acknowledge = ☐ I have read the consequences
button-acknowledged = ☑ Consequences read
consequence-gone = It is removed, with everybody's registration for it. Undo brings both back.
consequence-vips = { $count ->
    [one] One VIP is affected: { $names }.
   *[other] { $count } VIPs are affected: { $names }.
}
consequence-at-once = It takes effect as soon as it is approved.
word-delete = DELETE
word-confirm = CONFIRM
gesture-acknowledge-first = First confirm that you have read the consequences; then approve.
gesture-word = To approve this, the word is { $word }. Nothing was changed.
gesture-reply = To approve, answer this message with the word { $word }.
gesture-read-by = Consequences read by { $names }.
gesture-read = I have read this
gesture-type = To approve, type { $word }
modal-title = Approve
modal-close = Cancel

# What was done is taken back.
button-undo = Undo
notice-undo-in-part = This takes back what was done, but not everything: what does not come back is named here.
notice-taken-back = Taken back by { $name }, { $at }. What stands here no longer holds.
notice-undo = This takes back what was done, exactly. It is decided like any other change.
undo-impossible = This cannot be taken back by itself. Ask for the change that you need.
undo-not-done = There is nothing to take back: this was not done.
undo-waits = Taking this back is suggested already; its card waits for a decision.
