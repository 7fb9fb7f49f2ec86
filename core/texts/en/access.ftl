# Who has access, on a card.
card-person-off = { $name }: access switched off
card-person-on = { $name }: access given back
card-person-role = { $name }: another role
access-field-role = Role
access-field-access = Access
access-field-chats = Chats
access-on = on
access-off = off
access-chats-end = Their links to { $platforms } end at once, and so does every card in front of them.
access-chats-none = They are linked to no chat.
access-chats-back = Linked again as they were before.
access-chats-anew = They have to be linked anew; in a claimed Slack workspace their e-mail does it.
access-role-owner = owner
access-role-manager = manager
access-role-staff = staff
access-role-viewer = viewer

# Why somebody's access cannot be changed.
access-gone = This person is not there any more. Nothing was changed.
access-on-already = { $name } has access already.
access-off-already = { $name } has no access. Give it back first.
access-role-already = { $name } has the role { $role } already.
access-oneself = You cannot take away your own access or role. Ask another owner to do it.
access-last-owner = { $name } is the last owner. Make somebody else an owner first.
