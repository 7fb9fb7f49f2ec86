"""Stories of suggestions that wait: they compete, people are reminded of them, and askers hear what became of them."""
