"""The commands of `eventflow`, one file per group."""
