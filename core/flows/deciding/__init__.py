"""What a decision leads to beside yes and no: refusals, questions, menus, edits, alternatives, everything in full."""
