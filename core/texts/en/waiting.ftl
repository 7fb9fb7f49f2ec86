# What happens to suggestions while they wait.

# Suggestions that cannot both be.
waiting-rivals = If this is approved, this is not:
waiting-rival = “{ $title }”, asked for by { $name }
waiting-more-rivals = { $count ->
    [one] and one more
   *[other] and { $count } more
}
waiting-many-rivals = and more than { $count } more
outcome-lost = “{ $winner }” was approved instead by { $name }, { $at }. This changed nothing.
decision-lost = “{ $winner }” was approved instead by { $name }, { $at }, so this can no longer be decided.
waiting-lost = { $name } approved “{ $winner }” instead, so “{ $title }” was not done. Ask again if it is still wanted.

# What the asker hears of the decision.
waiting-told-approved = { $name } approved “{ $title }”. It is done.
waiting-told-lines = { $name } approved “{ $title }”: { $done } of { $count ->
    [one] one line is done.
   *[other] { $count } lines are done.
}
waiting-told-rejected = { $name } rejected “{ $title }”. Nothing was changed.
waiting-told-rejected-because = { $name } rejected “{ $title }”: { $reason }. Nothing was changed.
waiting-told-expired = Nobody decided “{ $title }” by { $deadline }, so it has expired; it was not rejected. Ask again if it is still wanted.

# Nobody has decided yet.
waiting-reminder = Still waiting: “{ $title }”, asked by { $name }. It waits until { $deadline }.
waiting-escalated = Nobody has decided this yet, so you are asked: “{ $title }”, asked by { $name }. It waits until { $deadline }.
