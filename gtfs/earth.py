"""The earth as a ball."""

METRES_A_DEGREE = 111_195.0
"""Of latitude."""
