"""Badges, as the tests of all tools and tables need to know them."""

from tests.integration.isolation.rights import agenda
from tests.subjects import Known, functions_of

KNOWN = Known(
    reads={"list_badges": {}},
    writes={"create_badge": ({"name": "Late Guest"},)},
    ways_back=("remove_badge",),
    tables={
        "badges": agenda(
            add="(organization_id, event_id, name) values (%(org)s, %(event)s, 'Noa Levi')",
            change="name = 'Changed'",
        ),
    },
    told_to_viewers={"badges": "name"},
    functions=functions_of("badge"),
)
