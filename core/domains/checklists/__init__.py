"""Checklists: what is to be done for an event, by whom and until when."""
