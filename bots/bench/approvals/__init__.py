"""The approval engine's figures: bundles (P12, P17), judging (P14), alternatives (P15) and pictures (P16)."""
