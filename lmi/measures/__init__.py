"""One measure per module: pure functions on arrays, each with a thin shell for DataFrames.

The pure functions take scalars, arrays or Series and return float64 arrays; missing (NaN) in is
missing out, and a zero denominator gives missing. The shells take long tables that are keyed by
columns the caller names, so nothing here knows of files, regions or industries.
"""
