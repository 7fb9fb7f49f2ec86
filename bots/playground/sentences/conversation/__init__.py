"""A conversation without memory: what was meant, which tool to call next, what to say in the end."""
