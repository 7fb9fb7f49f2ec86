"""The vocabulary that every other package speaks: small frozen types, no input or output."""
