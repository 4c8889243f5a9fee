"""What is known of a region's candidates, by which criteria and weights, and what it rests on.

Whatever shows or changes that (profile, bench, workshop, command line) asks here.
"""

from lmi.assessment.state import analyse
from lmi.assessment.tables import StateTables

__all__ = ["StateTables", "analyse"]
