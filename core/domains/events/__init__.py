"""Events: what an organisation runs, and when."""
