"""Checklists: what is to be done for an event, by whom and until when."""

from core.kernel.tools import Subject

SUBJECT = Subject(
    "checklists",
    "list; items: new, done, assigned",
    "checklist, to do, todo, task, צ'קליסט, משימ, רשימת תיוג, מטל",
    warnings="checklist_due_passed checklist_same_title",
    rank=60,
)
