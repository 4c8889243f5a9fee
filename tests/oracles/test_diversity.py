"""Diversity of five regions and of one set of shares, computed independently."""

from __future__ import annotations

import numpy as np
import pytest

from lmi.measures.diversity import (
    effective_number,
    hachman,
    hhi,
    krugman,
    normalised_hhi,
    shannon_entropy,
)

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


def test_krugman() -> None:
    """Krugman (1991), as R package REAT's `krugman.spec`; exact but for rounding."""
    assert krugman(REGIONS, NATION) == pytest.approx([1.6, 1.0, 0.6, 0.7, 1.1], abs=1e-12)


def test_hhi() -> None:
    """Herfindahl–Hirschman index of each region; exact but for rounding."""
    assert hhi(REGIONS) == pytest.approx([1, 0.525, 0.34, 0.315, 0.465], abs=1e-12)


def test_entropy() -> None:
    """Shannon entropy in bits, published to three decimals."""
    assert shannon_entropy(REGIONS) == pytest.approx([0, 1.319, 1.761, 1.766, 1.219], abs=5e-4)


def test_hhi_of_four_shares() -> None:
    """Shares from 20, 50, 20, 10, as R package REAT's `herf`; two decimals for the number."""
    shares = [20, 50, 20, 10]
    assert hhi(shares) == pytest.approx(0.34, abs=1e-12)
    assert normalised_hhi(shares) == pytest.approx(0.12, abs=1e-12)
    assert effective_number(shares) == pytest.approx(2.94, abs=5e-3)
