"""Collect: answers and rows of exports become stories."""
