"""``ai_insights_log``: everything the assistant does, reads and refusals included."""
