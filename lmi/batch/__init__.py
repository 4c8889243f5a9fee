"""A profile for every region of a state in one command."""

from lmi.batch.execute import ProfileResult
from lmi.batch.journal import failed_notebook, is_running, read_journal
from lmi.batch.order import Order, chosen_formats
from lmi.batch.plan import Places
from lmi.batch.run import Batch, batch_state
from lmi.batch.steps import plan_state

__all__ = [
    "Batch", "Order", "Places", "ProfileResult", "batch_state", "chosen_formats", "failed_notebook",
    "is_running", "plan_state", "read_journal",
]  # fmt: skip
