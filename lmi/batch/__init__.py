"""A profile for every region of a state in one command."""

from lmi.batch.execute import Made
from lmi.batch.run import Batch, batch_state

__all__ = ["Batch", "Made", "batch_state"]
