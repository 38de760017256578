"""Copying success: service stories become practices, training, procedures and monitoring."""

__version__ = "0.1.0"
