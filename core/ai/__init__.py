"""The model: what it is told, how a turn goes back and forth with it, what it costs."""
