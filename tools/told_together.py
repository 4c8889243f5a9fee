"""Count what a state's published numbers tell together of one or two employers.

    python -m tools.told_together colorado --year 2016

It adds and subtracts all numbers of the year that the rule lets through
(`lmi.suppression.disclosure`): which withheld cells, and sums of two of them, of fewer than three
establishments follow, and not from what the agency publishes alone. There is none.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from lmi.analysis.confidential import numbers_of
from lmi.analysis.span import choose_years
from lmi.analysis.year_cells import read_cells
from lmi.config import StateConfig, load_candidates, load_state
from lmi.errors import LmiError
from lmi.store import Store
from lmi.suppression.cell_hierarchy import BoolArray
from lmi.suppression.disclosure import Numbers, Parts, members, withhold
from lmi.suppression.known_sums import FEWEST


class Told(NamedTuple):
    """What follows from numbers together.

    Attributes
    ----------
    cells, pairs : int
        Cells, and sums of two cells neither of which follows, of fewer than three establishments.
    withheld : int
        Numbers that are withheld.
    """

    cells: int
    pairs: int
    withheld: int


def told_together(store: Store, state: StateConfig, year: int) -> Told:
    """Count what the numbers of a state's year tell and the agency's alone do not."""
    read = read_cells(store, state, choose_years(store, state, year).year)
    assert read is not None, "a year that can be chosen is in the store"
    numbers, _, _ = numbers_of(read, state, load_candidates(state), detail=True, now=True)
    parts, _ = read.parts
    return told_of(numbers, parts, withhold(numbers, parts).hidden)


def told_of(numbers: Numbers, parts: Parts, hidden: BoolArray) -> Told:
    """Count what numbers tell, but those that are hidden, and the agency's alone do not."""
    known = parts.disclosed.known.copy()
    for of in members(numbers.sets[np.flatnonzero(~hidden & ~numbers.is_known)]):
        known.add(of)
    new = Counter(len(found) for found in known.told() - parts.disclosed.known.told())
    return Told(new[1], new[2], int(hidden.sum()))


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("state", help="slug or folder; its year is read from the store")
    parser.add_argument("--year", type=int, required=True)
    chosen = parser.parse_args(arguments)
    try:
        state = load_state(chosen.state)
        told = told_together(Store(), state, chosen.year)
    except LmiError as error:
        sys.exit(str(error))
    print(
        f"{state.name} {chosen.year}: {told.cells:,} cells and {told.pairs:,} sums of two cells of "
        f"fewer than {FEWEST} establishments follow from what is published together and not from "
        f"the agency alone; {told.withheld:,} numbers are withheld."
    )


if __name__ == "__main__":
    main()
