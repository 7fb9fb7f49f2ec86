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
ask-field-text = { $label } for “{ $title }”: what should it be? Answer this message with it.
ask-field-words = { $label } for “{ $title }”: what should it say? Answer this message with the text.
ask-field-number = { $label } for “{ $title }”: how many? Answer this message with a number, such as 120.
ask-field-money = { $label } for “{ $title }”: how much? Answer this message with an amount, such as 1,250.50 ILS.
ask-field-date = { $label } for “{ $title }”: which day? Answer this message with it, such as 14 May, tomorrow or 2026-05-14.
ask-field-moment = { $label } for “{ $title }”: when? Answer this message with the time, such as 14:00, or with the day too, such as 14 May 14:00.
ask-field-span = { $label } for “{ $title }”: from when to when? Answer this message with start and end, such as 14:00 15:30.
ask-field-duration = { $label } for “{ $title }”: how long? Answer this message with the minutes, such as 45, or with hours and minutes, such as 1:30.
ask-field-choice = { $label } for “{ $title }”: which one? Press it, or answer this message with it.
ask-field-flag = { $label } for “{ $title }”: yes or no? Press one, or answer this message with it.
ask-field-person = { $label } for “{ $title }”: who? Press a name, or answer this message with one.
ask-field-place = { $label } for “{ $title }”: which room? Press one, or answer this message with its name.
edit-not-yours = Only those who may suggest this can change it. Nothing was changed.
edit-field-empty = “{ $label }” cannot be empty. Nothing was changed.
edit-field-text = That cannot be the value of “{ $label }”. Nothing was changed; please write it another way.
edit-field-words = That cannot be the value of “{ $label }”. Nothing was changed; please write it another way.
edit-field-number = “{ $label }” has to be a whole number, such as 120. Nothing was changed.
edit-field-range = “{ $label }” has to be a whole number from { $least } to { $most }. Nothing was changed.
edit-field-money = “{ $label }” has to be an amount, such as 1,250.50 ILS. Nothing was changed.
edit-field-date = “{ $label }” has to be a day, such as 14 May, tomorrow or 2026-05-14. Nothing was changed.
edit-field-moment = “{ $label }” has to be a time, such as 14:00. Nothing was changed.
edit-field-span = “{ $label }” has to be a start and an end, such as 14:00 15:30. Nothing was changed.
edit-field-duration = “{ $label }” has to be minutes, such as 45. Nothing was changed.
edit-field-choice = “{ $label }” has to be one of { $options }. Nothing was changed.
edit-field-flag = “{ $label }” has to be yes or no. Nothing was changed.
edit-field-person = That cannot be the value of “{ $label }”. Nothing was changed; please write the person’s name.
edit-field-place = That cannot be the value of “{ $label }”. Nothing was changed; please write a room’s name.
field-yes = yes
field-no = no
day-today = today
day-tomorrow = tomorrow
day-after-tomorrow = day after tomorrow
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
