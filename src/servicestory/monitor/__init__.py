"""Monitor: records become charts' numbers, signals and spread over time."""
