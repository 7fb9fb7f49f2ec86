"""What a person and the assistant said to each other, place by place."""
