"""Stand-ins for Slack, Telegram and Gemini that speak their wire protocols, and a page that shows both chats."""
