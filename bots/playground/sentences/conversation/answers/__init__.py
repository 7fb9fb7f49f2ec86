"""What the tools answered, said in the person's language: one file per subject."""
