"""Incorporate: a practice becomes a standard procedure under document control."""
