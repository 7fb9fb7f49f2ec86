# Whole events, and suggestions.
event = { $name } runs from { $first } to { $last }.
event-status = { $status ->
    [draft] It is a draft.
    [published] It is published.
   *[other] Status: { $status }.
}
no-events = There are no events yet.
overview-sessions = { $sessions ->
    [one] One session
   *[other] { $sessions } sessions
} in { $rooms ->
    [one] one room.
   *[other] { $rooms } rooms.
}
overview-people = { $people ->
    [one] One participant
   *[other] { $people } participants
}, { $vips ->
    [0] no VIPs.
    [one] one of them a VIP.
   *[other] { $vips } of them VIPs.
}
overview-vendors = Vendors:
overview-open = { $count ->
    [0] Nothing waits for approval.
    [one] One suggestion waits for approval.
   *[other] { $count } suggestions wait for approval.
}
conflict-count = { $count ->
    [0] There are no conflicts.
    [one] There is one conflict.
   *[other] There are { $count } conflicts.
}
conflict-speaker = { $people ->
    [one] { $speaker } is in two places: { $title }, { $at }, and { $other }, { $then }.
   *[other] Several people are in two places ({ $speaker }): { $title }, { $at }, and { $other }, { $then }.
}
conflict-room = { $title }, { $at }, needs { $needed } places; { $room } has { $seats }.
conflict-outside = { $title }, { $at }, is outside the event's days.
changed-since = Done since { $since }:
nothing-changed = Nothing was changed since { $since }.
asked-and-approved = asked by { $asker }, approved by { $approver }
nothing-waits = Nothing waits for approval.
waiting = { $count ->
    [one] One suggestion waits for a decision:
   *[other] { $count } suggestions wait for a decision:
}
suggestion = { $what }, asked by { $name }
action = { $action ->
    [schedule_create] New session { $title }
    [schedule_update] Change of { $title }
    [schedule_delete] Removal of { $title }
    [event_create] New event { $title }
    [event_update] Change of the event { $title }
    [event_publish] Publishing of { $title }
    [room_add] New room { $title }
    [room_update] Change of the room { $title }
    [participant_add] New participant { $title }
    [participant_update] New details of { $title }
    [participant_set_vip] VIP mark of { $title }
    [participant_check_in] Arrival of { $title }
    [checklist_add] New on the checklist: { $title }
    [checklist_complete] Done on the checklist: { $title }
    [checklist_assign] Who does { $title }
    [vendors_assign] Vendors: { $title }
    [vendor_unassign] Vendor { $title } taken off
    [vendor_status] News of the vendor { $title }
    [vendor_add] New vendor { $title }
    [vendor_update] New details of the vendor { $title }
    [sessions_swap] Swap: { $title }
    [sessions_shift] Shift: { $title }
    [policy_change] Change of the policy
    [delegation_create] Somebody stands in
    [delegation_end] End of a delegation
    [person_off] Access of { $title } switched off
    [person_on] Access of { $title } given back
    [person_role] Role of { $title }
    [bundle] Several changes: { $title }
   *[other] { $title }
}
risk = risk { $risk ->
    [low] low
    [medium] medium
    [high] high
    [critical] critical
   *[other] { $risk }
}
until = until { $until }
story-asked = { $name } asked for it on { $at }.
story-words = In their words: “{ $words }”
story-risk = The risk is { $risk ->
    [low] low
    [medium] medium
    [high] high
    [critical] critical
   *[other] { $risk }
}.
story-waits = It waits for a decision until { $until }.
story-ended = { $status ->
    [executed] It was approved and done by { $name } on { $at }.
    [approved] It was approved by { $name } on { $at }.
    [rejected] { $name } rejected it on { $at }.
    [expired] Nobody decided; it expired on { $at }.
    [superseded] A newer suggestion replaced it on { $at }.
    [failed] It could not be done, on { $at }.
   *[other] It ended on { $at }.
}
story-reason = The reason: { $reason }
story-others = There are others like it:
