"""What the product is: suggestions, decisions and the tools of a live event, free of any chat platform."""
