"""Which tool answers which wish: one file per subject, one table per file."""
