"""``ai_insights_history``: every step of a log entry in a chain of hashes, checked as a whole and told one by one."""
