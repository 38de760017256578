"""Detect: stories become behaviours, behaviours become practices, each with its spread and verdict."""
