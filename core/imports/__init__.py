"""Schedules from elsewhere: read, placed without overlaps, written so that nothing is lost and nothing comes twice."""
