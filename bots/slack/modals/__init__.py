"""Slack's modals, one module for each thing that they ask for."""
