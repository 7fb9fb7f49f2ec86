# Cards of badges.
card-badge-create = New badge: { $name }
card-badge-remove = Remove the badge: { $name }
badges-gone = This badge cannot be printed or removed any more. Ask which badges there are.
conflict-badge-known = There already is a badge for { $name }.

kind-of-action-badge-create = new badges
kind-of-action-badge-remove = removals of badges
kind-of-conflict-badge-known = second badge of one name
