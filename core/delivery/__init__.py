"""Where cards were posted: the copies that must all tell the truth."""
