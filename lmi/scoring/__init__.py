"""Scores of candidates: values by fixed anchors, a weighted additive score, ranks and screens.

And how firm they are: over all weights and the data's intervals (`smaa`), by what a rank hangs on
(`stability`), by other methods (`methods`), and for a group of people (`group`). Nothing here knows
of industries: candidates are rows of a table, criteria say which column they read. Missing
criteria are left out and never count as zero.
"""
