"""A schedule that somebody shared in a chat: a suggestion that carries the file's own bytes."""
