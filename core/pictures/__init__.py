"""The rooms' timeline around a change: gathered when it is suggested, drawn when its card is delivered."""
