"""One state measured: from the store to sums, and from sums to measures with their intervals."""
