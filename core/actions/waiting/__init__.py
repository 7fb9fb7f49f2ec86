"""What happens to suggestions while they wait: they compete, and people are reminded of them."""
