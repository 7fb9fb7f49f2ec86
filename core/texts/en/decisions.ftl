# Decisions beyond yes and no.
button-edit = Edit
button-choose = Choose lines
button-break-glass = Past the policy
button-show = Show all
button-back = Back
button-no-reason = Reject without a reason

# Rejected, and why.
reject-not-needed = not needed
reject-wrong-time = wrong time
reject-wrong-place = wrong place
reject-too-late = too late
reject-done-already = done already
reject-other = another reason
reject-quoted = “{ $words }”
reject-say-why = Please say why in a few words, or reject without a reason. Nothing was changed.
reject-too-long = A reason has at most { $longest ->
    [one] one character
   *[other] { $longest } characters
}. Please say it more briefly; nothing was changed.
outcome-rejected-because = Rejected by { $name }, { $at }: { $reason }. Nothing was changed.

# The same with other values.
notice-edited = { $name } changed what was suggested first. Nothing was done; this is checked and decided anew.
edit-is-done = Done: the card shows it now, checked anew, and waits for a decision.
edit-nothing-to = This cannot be edited. Ask for what you need instead.
edit-unchanged = That is what is suggested already. Nothing was changed.
edit-no-title = A session needs a title. Nothing was changed.
edit-too-long = That is longer than { $longest ->
    [one] one character
   *[other] { $longest } characters
}. Please say it more briefly; nothing was changed.
edit-time-how = Please write only the time, such as 14:00, or start and end, such as 14:00 15:30. Nothing was changed.

# Something else instead.
alternative-place = { $clock } in { $room }
alternative-swap = Swap with { $title }
alternative-gone = That is no longer possible, so nothing was done. The card shows how it looks now.

# Questions that are answered by replying to them.
ask-time = When should “{ $title }” be? Answer this message with the start, or with start and end, such as 14:00 15:30.
ask-room = Which room for “{ $title }”? Press one, or answer this message with its name.
ask-speaker = Who speaks in “{ $title }”? Answer this message with the name.
ask-title = What should “{ $title }” be called? Answer this message with the new title.
ask-reason = Why is “{ $title }” rejected? Answer this message in a few words.
ask-glass = Why does “{ $title }” go past the policy? Answer this message; everybody who decides will read it.
ask-glass-word = Answer this message with { $word }, and after it why “{ $title }” goes past the policy; everybody who decides will read it.
ask-lines = Which lines of the card should not run? Answer this message with their numbers, such as 2, 5, or with 0 if all shall run.
ask-not-yours = { $name } was asked this, so only they can answer it. Nothing was changed.
ask-answered = This question was answered already, so nothing was changed now. The card shows what is suggested.
ask-no-word-here = That card does not wait for a word, so nothing was changed. Answer the card that asks for it.

# Everything in full.
show-pair = { $label }: { $value }
show-told-asker = { $name } will read, once this is decided:
show-told-others = Whoever has this card will read, once this is decided:
show-either = { $approved } Or: { $rejected }

# What was done is answered where it was done; the card may be far above.
done-approved = Approved, and done. The card shows it now.
done-rejected = Rejected. Nothing was changed, and the card shows it now.
bundle-mode-is = From now on: { $mode }. The card was checked anew and waits for a decision.
