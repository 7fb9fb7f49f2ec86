"""The agenda: sessions, rooms and speakers; who collides with whom, and what a change touches."""
