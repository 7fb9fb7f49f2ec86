"""Suggestions and decisions: how risky, who may decide, what the card says, and the one row that is the truth."""
