"""The names of the jobs, and how one is queued in the caller's own transaction."""
