"""Bundles at work: made of a turn's writes, run after a decision, taken apart line by line."""

from core.domains.schedule import SUBJECT as SUBJECT
