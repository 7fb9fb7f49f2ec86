"""Bundles: several changes on one card, decided together and run as one or one after the other."""
