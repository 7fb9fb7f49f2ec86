"""The Home tab: what waits for somebody, what they asked for, what was decided today."""
