"""What the model cost: by day, person, event or tool, and what an organisation allows itself in a day."""
