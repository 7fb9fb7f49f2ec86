"""The edges: what comes in over the wire and what goes out to a chat."""
