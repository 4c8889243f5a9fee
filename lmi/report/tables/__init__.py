"""The tables of a profile: what a reader sees of them, and what goes into the CSV beside them."""
