"""Estimates and bounds for withheld cells."""
