"""How good estimates of withheld cells are: masked cells, flip cells, simpler ways beside them."""

from lmi.suppression.evaluation.baselines import (
    equal_split,
    establishment_share,
    top_down_raking,
    zero_fill,
)
from lmi.suppression.evaluation.compare import compare_flips, compare_masks, compare_period
from lmi.suppression.evaluation.flips import flip_cells, leave_out
from lmi.suppression.evaluation.metrics import METRICS, score
from lmi.suppression.masks.masking import Masked, mask

__all__ = [
    "METRICS",
    "Masked",
    "compare_flips",
    "compare_masks",
    "compare_period",
    "equal_split",
    "establishment_share",
    "flip_cells",
    "leave_out",
    "mask",
    "score",
    "top_down_raking",
    "zero_fill",
]
