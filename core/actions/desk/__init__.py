"""What waits for whom, what somebody asked for, and what was decided: the lists of a desk."""
