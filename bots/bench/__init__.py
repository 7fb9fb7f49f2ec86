"""The figures of docs/performance.md: what the program does against the floor of the same work, in one run."""
