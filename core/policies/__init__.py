"""What an organisation rules about its own decisions: who approves what, who stands in, how heavy a conflict weighs."""
