# Who decides.
policy-everything = Owners and managers approve everything.
policy-otherwise = Everything else: owners and managers.
policy-any = everything
policy-two = Two different people must approve:
policy-own = Who asked for something may approve it too.
policy-not-own = Nobody may approve what they asked for themselves.
policy-at-once = What is of low risk is done at once.
policy-buffer = Between two sessions a room stays empty for { $count ->
    [one] one minute.
   *[other] { $count } minutes.
}
role-owner = owners
role-manager = managers
stands-in = { $delegate } decides for { $absent } until { $until }.
