"""The large database, and the figures that need one: reads of a tenant (P7) and search (P10)."""
