"""English verbs with which several rules begin."""

SHOW = "(show|give|list|read|tell)[ me| us]"
LATER = "(move|push|postpone|delay|shift|put off|push back)"
VERBS = "|".join(
    "move shift reschedule postpone push delay bring put cancel delete remove drop scrap take add create schedule book "
    "plan rename change set update extend lengthen shorten swap switch exchange register unregister sign enrol enroll "
    "assign unassign mark make check complete tick finish give publish let limit invite hire raise lower increase "
    "reduce open replace keep leave require let delegate hand turn revoke restore".split()
)
"""With one of these a change may begin."""
