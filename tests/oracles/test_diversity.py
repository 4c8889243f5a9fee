"""Diversity of five regions and of one set of shares, computed independently."""

from __future__ import annotations

import numpy as np
import pytest

from lmi.measures.diversity import hachman, hhi

# Regions × industries; the reference area is all five together.
REGIONS = np.array(
    [
        [100, 0, 0, 0, 0],
        [0, 15, 5, 70, 10],
        [0, 20, 10, 20, 50],
        [0, 25, 30, 5, 40],
        [0, 40, 55, 5, 0],
    ]
)
NATION = REGIONS.sum(axis=0)


def test_hachman() -> None:
    """Published to four decimals; as R package EconGeo's `hachman` defines it."""
    assert hachman(REGIONS, NATION) == pytest.approx(
        [0.2, 0.3810, 0.5882, 0.6349, 0.4301], abs=5e-5
    )


def test_hhi() -> None:
    """Herfindahl–Hirschman index of each region; exact but for rounding."""
    assert hhi(REGIONS) == pytest.approx([1, 0.525, 0.34, 0.315, 0.465], abs=1e-12)


def test_hhi_of_four_shares() -> None:
    """Shares from 20, 50, 20, 10, as R package REAT's `herf`."""
    shares = [20, 50, 20, 10]
    assert hhi(shares) == pytest.approx(0.34, abs=1e-12)
