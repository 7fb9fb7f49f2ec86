"""From what people say to the rows they mean: events, sessions, rooms, times. Shared by all domains, knows none."""
