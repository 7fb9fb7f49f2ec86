"""From a chat user to a person of the organisation, and how the two are linked."""
