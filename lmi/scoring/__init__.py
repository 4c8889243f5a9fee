"""Scores of candidates: value functions, a weighted additive score, ranks and screens.

Nothing here knows of industries: candidates are rows of a table, criteria say which column they
read. Missing criteria are left out and never count as zero.
"""
