"""The people of an event: who comes to which session, who waits, who is a VIP, who has arrived."""
