"""Plain-word readings: sentences made from an assessment's numbers.

Each function returns plain text. A missing value is called missing and a change across a break
is said not to be compared; neither is ever left to look like a zero.
"""
