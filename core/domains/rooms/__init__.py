"""Rooms: what an event has, how many they hold, who may share them, and how they are used."""
