"""The pieces of a sentence: times, days, rooms, names, and the small change around them."""
