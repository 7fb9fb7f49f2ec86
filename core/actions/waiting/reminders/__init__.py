"""Who has been reminded of what, in SQL."""
