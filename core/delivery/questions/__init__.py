"""Questions of ours about a suggestion, which somebody answers by replying to them."""
