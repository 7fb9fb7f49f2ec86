"""P1 to P3: how fast a delivery is acknowledged, ours durably stored, against the bare SDKs that store nothing."""
