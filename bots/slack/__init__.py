"""Slack: requests in, cards out. Nothing here decides anything."""
