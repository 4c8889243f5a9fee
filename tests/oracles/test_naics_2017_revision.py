"""The NAICS 2017 revision as BLS counted it.

Source: BLS, "QCEW Introduces NAICS 2017 Industry Coding" (bls.gov/cew/classifications/industry/
naics-2017.htm): eleven six-digit codes of NAICS 2012 pass directly into one code of NAICS 2017,
thirteen are consolidated into five.
"""

from __future__ import annotations

from collections import defaultdict

from lmi.reference import read_reference


def test_direct_and_consolidated_changes():
    to = defaultdict(set)
    for old_year, old, new_year, new in read_reference("naics_changes"):
        if (old_year, new_year) == ("2012", "2017"):
            to[old].add(new)
    back = defaultdict(set)
    for old, targets in to.items():
        for new in targets:
            back[new].add(old)
    whole = {old: min(targets) for old, targets in to.items() if len(targets) == 1}
    consolidated = {
        new for new, sources in back.items() if len(sources) > 1 and sources <= set(whole)
    }
    assert len(consolidated) == 5
    assert sum(new in consolidated for new in whole.values()) == 13
    assert sum(new not in consolidated for new in whole.values()) == 11
