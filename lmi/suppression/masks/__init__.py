"""Disclosed cells withheld on purpose, to see how estimates of them would have fared."""

from lmi.suppression.masks.masking import Masked, mask, other_tables

__all__ = ["Masked", "mask", "other_tables"]
