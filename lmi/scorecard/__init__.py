"""Partnerships after the choice: what each measures of itself, and what a state's achieve.

A partnership is a file of its state's team, `regions/STATE/partnerships/NAME.yml`, with its numbers
beside it in `NAME.metrics.csv`. What may be measured is in `catalogue.yml`, whose words for kinds,
categories and phases are those of Next Generation Sector Partnerships.
"""
