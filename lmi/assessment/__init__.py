"""What is known of a region's candidates, by which criteria and weights, and what it rests on.

Whatever shows or changes that (profile, bench, workshop, command line) asks here.
"""
