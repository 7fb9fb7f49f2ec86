"""People, their registrations and vendors from a table: read, matched with those there are, written once."""
