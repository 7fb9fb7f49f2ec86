"""Vendors at an event: who comes, when, and who is late."""
