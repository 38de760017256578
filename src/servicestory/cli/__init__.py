"""The commands: each loads records, calls one step, saves and shows."""
