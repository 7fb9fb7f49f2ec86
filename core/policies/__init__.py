"""What an organisation rules about its own decisions: who approves what, who stands in, how heavy a conflict weighs."""

from core.kernel.tools import Subject

SUBJECT = Subject(
    "policies",
    "who approves what, how conflicts weigh, stand-ins",
    "policy, policies, rule, may approve, who approves, two people, buffer, stand in, delegat, away, backup, in my "
    "place, מדיניות, כלל, כללי, יאשר, מאשר, לאשר, אישור, שני אנשימ, מחליפ, ממלא מקומ, במקומי, היעדר, נעדר, חופש, "
    "גיבוי",
)
