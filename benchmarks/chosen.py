"""The ranking beside what partnerships were really founded for: is the method's default sane?

Every pair of a region and a sector that somebody chose is looked up in the region's ranking by the
statistics alone: is it among the first three, among the first five, and if it is set aside, by
what? Beside it two rules that need no ranking: manufacturing and health care always, which has
none of the others by what it is, and the largest by jobs among the same wholes and parts that are
ranked. Those that the ranking calls level stand in the order of their scores here, so that the
first three are three in each. The list has positives only, and what was not chosen was not refused;
so this is a check that the defaults are sane, and nothing is fitted to it. Of so few pairs, one
more or less is no difference.

    python benchmarks/chosen.py --store STORE --chosen chosen_sectors.csv
"""

from __future__ import annotations

import argparse
from pathlib import Path

import pandas as pd

from lmi import codes, naics
from lmi.assessment.apart import best_first
from lmi.assessment.opening import OpenedState, open_state
from lmi.config import Candidate, StateConfig
from lmi.config.gazetteer import short_name
from lmi.config.industries import part_leaves
from lmi.config.set_aside import PART
from lmi.words import records
from lmi.words.claims import middle_of
from lmi.words.how_sure import JOBS

VINTAGE = 2012
MOSTLY = 0.75
"""A candidate is the chosen sector where more than so much of its industries lies within it."""
ALWAYS = {"manufacturing": "31-33", "health care": "62"}
WITHIN = (3, 5)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--store", type=Path, required=True)
    parser.add_argument("--chosen", type=Path, required=True)
    parser.add_argument("--every", action="store_true", help="lists of priorities, too")
    parser.add_argument("--state", default="colorado")
    parser.add_argument("--year", type=int, default=2016)
    asked = parser.parse_args()
    opened = open_state(asked.state, store=asked.store)
    pairs = chosen_pairs(asked.chosen, opened.state, asked.every)
    found = look_up(opened, asked.year, pairs)
    print(found.to_string(index=False))
    for title, of in (
        ("all", found),
        ("neither manufacturing nor health care", found[found["kind"] == "other"]),
        ("those of them that a candidate holds", found[(found["kind"] == "other") & found["held"]]),
    ):
        print(f"\n{title}: {len(of)} pairs of {of['region'].nunique()} regions")
        print(shares(of).to_string())
    aside = found[found["set_aside"] != ""]
    print(f"\nset aside: {len(aside)} of {len(found)}, by the reason")
    print(aside["set_aside"].value_counts().to_string())


def chosen_pairs(path: Path, state: StateConfig, every: bool) -> pd.DataFrame:
    """Read what was chosen in the state's regions, those of the very same counties.

    Partnerships alone, unless every list of priorities is asked for.
    """
    postal = codes.state_postal(state.state_fips)
    regions = {
        frozenset(short_name(codes.county_name(c)) for c in region.counties): region.key
        for region in state.regions
        if not region.combined
    }
    rows = pd.read_csv(path, dtype=str).fillna("")
    rows = rows[(rows["state"] == postal) & (every | rows["kind"].str.contains(" partnership"))]
    listed = [frozenset(name.strip() for name in text.split(";")) for text in rows["counties"]]
    pairs = rows.assign(key=[regions.get(names) for names in listed])[
        ["key", "sector", "naics_hint"]
    ].dropna()
    return pairs.rename(columns={"key": "region"}).drop_duplicates(ignore_index=True)


def look_up(opened: OpenedState, year: int, pairs: pd.DataFrame) -> pd.DataFrame:
    """Tell of every pair where its candidates stand, by the ranking and by jobs alone."""
    tables = opened.analyse(year)
    whole = tables.candidates.merge(tables.ranking, on=["region", "candidate"], validate="1:1")
    found = []
    for pair in pairs.itertuples():
        wanted = leaves(pair.naics_hint.split(";"))
        holds = [c.key for c in opened.candidates if is_mostly(c, wanted)]
        asked = opened.asked_of(pair.region).set_aside
        here = best_first(whole[whole["region"] == pair.region], asked)
        scored = here["score"].where(here["rank"].notna())
        here["place"] = scored.rank(ascending=False, method="min")
        jobs = [middle_of(row, JOBS) for row in records(here)]
        ranked = pd.Series(jobs, here.index).where(here["set_aside"] != PART)
        here["by_jobs"] = ranked.rank(ascending=False, method="min")
        own = here[here["candidate"].isin(holds)]
        best = own.head(1)
        found.append(
            {
                "region": pair.region, "sector": pair.sector, "kind": kind_of(wanted),
                "held": bool(holds), "best": best["candidate"].squeeze() if len(best) else "",
                "rank": own["rank"].min(), "place": own["place"].min(),
                "by_jobs": own["by_jobs"].min(),
                "set_aside": best["set_aside"].squeeze() if len(best) else "",
                "set_aside_by": best["set_aside_by"].squeeze() if len(best) and
                best["set_aside"].squeeze() else "",
            }
        )  # fmt: skip
    return pd.DataFrame(found)


def leaves(industries: list[str]) -> frozenset[str]:
    """Return the six-digit industries of a list of codes."""
    known = [code for code in industries if naics.is_known(code, VINTAGE)]
    return frozenset().union(*(naics.leaves(code, VINTAGE) for code in known))


def is_mostly(candidate: Candidate, wanted: frozenset[str]) -> bool:
    """Tell whether most of a candidate's industries lie within those that are wanted."""
    own = frozenset().union(*(part_leaves(part, VINTAGE) for part in candidate.industries))
    return len(own & wanted) > MOSTLY * len(own)


def kind_of(wanted: frozenset[str]) -> str:
    """Name the rule that always has it; ``other`` where none does."""
    return next((name for name, code in ALWAYS.items() if wanted <= leaves([code])), "other")


def shares(found: pd.DataFrame) -> pd.DataFrame:
    """Return how many of the pairs each way has among its first three and five."""
    ways = {
        "the ranking": [(found["place"] <= n).sum() for n in WITHIN],
        "jobs alone": [(found["by_jobs"] <= n).sum() for n in WITHIN],
        "manufacturing and health care": [(found["kind"] != "other").sum()] * len(WITHIN),
    }
    return pd.DataFrame(ways, index=[f"first {n}" for n in WITHIN]).T


if __name__ == "__main__":
    main()
