"""One measure per module: pure functions on arrays.

They take scalars, arrays or Series and return float64 arrays; missing (NaN) in is missing out, and
a zero denominator gives missing. The same function serves estimates and draws of them, so nothing
here knows of files, regions or industries. `annualise` and `over_the_year` turn one table of rows
into another, `tables` looks rows up, `certainty` makes intervals out of draws.
"""
