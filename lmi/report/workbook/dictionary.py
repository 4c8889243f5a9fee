"""What each column that is computed is, and its unit: for the workbook and the data dictionary."""

from __future__ import annotations

import re
from typing import NamedTuple

from lmi.schema import TABLES
from lmi.schema.measures import MEASURES
from lmi.schema.owned import OWN_TABLES

__all__ = ["PARTS", "Meaning", "entry", "known"]


class Meaning(NamedTuple):
    """A column's unit and meaning."""

    unit: str
    text: str


PARTS = {
    "_lo": "lower end of the range that holds the true number nine times in ten, of the",
    "_hi": "upper end of the range that holds the true number nine times in ten, of the",
    "_published": "part that the agency publishes, of the",
    "_min": "least that fits the published totals, of the",
    "_max": "most that fits the published totals, of the",
    "_is_vague": "whether the range is too wide for a number, of the",
    "_is_sure": "whether the whole range agrees, of",
}
"""What the end of a column's name says of the number that it ends."""

_OWN = {
    "region": Meaning("", "region's key"),
    "region_name": Meaning("", "region's name"),
    "areas": Meaning("", "counties and other areas that a row is of"),
    "hhi": Meaning("0 to 1", "concentration of jobs in few sectors (Herfindahl-Hirschman)"),
    "hachman": Meaning("0 to 1", "likeness of its mix of jobs to the nation's (Hachman)"),
    "hachman_state": Meaning("0 to 1", "likeness of its mix of jobs to the state's (Hachman)"),
    "withheld_cells_share": Meaning("share", "share of private industries by county withheld"),
    "sector_emplvl_estimated_share": Meaning(
        "share", "share of jobs, by county and sector, that is estimated"
    ),
    "threshold_household": Meaning("", "household that the family-sustaining wage is for"),
    "threshold_year": Meaning("year", "year of that wage"),
    "threshold_source": Meaning("", "who computed that wage"),
    "candidate": Meaning("", "candidate sector's key"),
    "candidate_name": Meaning("", "candidate sector"),
    "part_of": Meaning("", "key of the candidate that holds this one whole"),
    "definition": Meaning("", "industry codes (NAICS) and the employers counted"),
    "why": Meaning("", "why these industries belong together"),
    "is_confidential": Meaning(
        "",
        "whether ranges on round numbers stand, that would else tell of fewer than three employers",
    ),
    "is_change_confidential": Meaning("", "the same of the change"),
    "flag": Meaning(
        "",
        "why numbers are blank: F would tell of fewer than three employers (a range alone is "
        "told), D not comparable over the years, U too uncertain (the column `uncertain` says of "
        "which numbers), N less than three quarters of the jobs published, so no season",
    ),
    "uncertain": Meaning("", "columns that are blank as too uncertain for a number"),
    "industry_code": Meaning("", "NAICS code, or the agency's aggregate"),
    "industry_title": Meaning("", "the agency's title"),
    "industry_level": Meaning("", "what kind of industry the code is"),
    "own_code": Meaning("", "ownership: 0 all, 5 private, 1 federal, 2 state, 3 local government"),
    "own_codes": Meaning("", "ownerships that no candidate holds"),
    "in_candidates": Meaning("", "keys of the candidates that hold it"),
    "wages_estimated_share": Meaning("share", "share of its wages that is estimated"),
    "threshold_annual_wage": Meaning("USD", "family-sustaining wage"),
    "threshold_is_fallback": Meaning("", "whether that wage only stands in for a local one"),
    "base_year": Meaning("year", "year that growth is measured from"),
    "growth_years": Meaning("years", "years that growth is measured over"),
    "growth_basis": Meaning("", "whether growth is of levels or of the agency's own changes"),
    "is_break": Meaning("", "whether the change is not comparable over the years"),
    "rank": Meaning("rank", "place among the candidates that are ranked; level scores share one"),
    "rank_lo": Meaning("rank", "best rank that withheld numbers leave open, nine times in ten"),
    "rank_hi": Meaning("rank", "worst rank that withheld numbers leave open, nine times in ten"),
    "is_level": Meaning("", "whether its rank is shared"),
    "score": Meaning("share", "weighted mean of the criteria's values, 0 to 1"),
    "score_lo": Meaning("share", "lower end of the score's range over withheld numbers"),
    "score_hi": Meaning("share", "upper end of the score's range over withheld numbers"),
    "first_chance": Meaning("share", "how often it comes first, over weights and withheld numbers"),
    "top3_chance": Meaning("share", "how often it is in the first three"),
    "set_aside": Meaning("", "why it is not ranked; blank where it is"),
    "set_aside_reason": Meaning("", "the number that sets it aside, or keeps it, in words"),
    "set_aside_by": Meaning("", "measure that sets it aside"),
    "may_be_set_aside": Meaning(
        "", "reason that may hold, where the range reaches across the line"
    ),
    "kept_despite": Meaning("", "reason that holds and that the team overruled"),
    "not_ranked": Meaning("", "whether it is counted as a part or by its parts, and so not ranked"),
    "counted": Meaning("", "whether it is on the level that is ranked and counted in sentences"),
    "confidence": Meaning("share", "how often it comes first, by the weights that favor it"),
    "statistic_rank": Meaning("rank", "its rank by the statistics alone"),
    "ground_rank": Meaning("rank", "its rank by what people bring alone"),
    "hangs_on": Meaning("", "criterion without which its rank changes most"),
    "rank_without": Meaning("rank", "its rank without that criterion"),
    "criteria_missing": Meaning("", "criteria that it has no data for"),
    "is_driver": Meaning("", "whether it drives the economy by jobs, wages or concentration"),
    "driver_jobs": Meaning("", "whether it passes the line for jobs"),
    "driver_wages": Meaning("", "whether it passes the line for wages, with a critical mass"),
    "driver_concentration": Meaning(
        "", "whether it passes the line for concentration, with a critical mass"
    ),
    "wages_but_small": Meaning("", "whether it pays above the line and lacks the critical mass"),
    "concentration_but_small": Meaning(
        "", "whether it is concentrated above the line and lacks the critical mass"
    ),
    "projection_kind": Meaning("", "whose projection counts: region, state, nation or trend"),
    "projection_source": Meaning("", "source of the projection"),
    "projection_horizon": Meaning("years", "years that it is over"),
    "projection_lacks": Meaning("", "industries that it says nothing of"),
    "chance": Meaning("share", "how often it takes this rank, over weights and withheld numbers"),
    "projection_disagrees": Meaning("", "whether it says other than the source that counts"),
    "projections_disagree": Meaning("", "whether another source says other than that which counts"),
    "list": Meaning("", "which list a row is on"),
    "place_in_list": Meaning("rank", "its place on it, by the middle of its range"),
    "place": Meaning("", "the region, or what it is compared with"),
    "key": Meaning("", "candidate sector, or total"),
    "year": Meaning("year", "year of the numbers"),
    "basis": Meaning("", "what the year's numbers are made of"),
    "real_avg_annual_pay": Meaning(
        "USD of price_year", "average annual pay in the nation's consumer prices of another year"
    ),
    "price_year": Meaning("year", "year in whose prices real pay is told"),
    "years": Meaning("years", "length of the span"),
    "year0": Meaning("year", "first year"),
    "year1": Meaning("year", "last year"),
    "emplvl0": Meaning("jobs", "jobs in the first year"),
    "emplvl1": Meaning("jobs", "jobs in the last year"),
    "kind": Meaning("", "what a row is of"),
    "criterion": Meaning("", "criterion's key"),
    "name": Meaning("", "name"),
    "question": Meaning("", "what the criterion asks"),
    "measure": Meaning("", "column that is read"),
    "weight": Meaning("any", "what it counts for; only ratios matter"),
    "raw": Meaning("as measured", "what the criterion reads"),
    "stands_in": Meaning("", "whether another criterion's value stands in"),
    "contribution": Meaning("share", "weight times value: what it adds to the score"),
    "n_known": Meaning("candidates", "candidates with data"),
    "weight_up": Meaning("share", "nearest larger weight at which another comes first"),
    "challenger_up": Meaning("", "who comes first then"),
    "weight_down": Meaning("share", "nearest smaller weight at which another comes first"),
    "challenger_down": Meaning("", "who comes first then"),
    "method": Meaning("", "shift-share as Dunn has it, or dynamic, year by year"),
    "reference": Meaning("", "what the region is compared with: nation or state"),
    "local_rating_lowest": Meaning("rating, 1 to 5", "lowest rating"),
    "local_rating_highest": Meaning("rating, 1 to 5", "highest rating"),
    "n": Meaning("ratings", "how many ratings"),
    "scale": Meaning("", "how values move between anchors: linear, log or steps"),
    "unit": Meaning("", "unit of its numbers"),
    "table": Meaning("", "table of the store"),
    "area_fips": Meaning("", "county, five digits, where the row is of one"),
    "value": Meaning("as named", "the number"),
    "value0": Meaning("as named", "the number in the first year"),
    "margin_of_error": Meaning("as named", "the survey's margin at 90 percent"),
    "n_counties": Meaning("counties", "counties that it is of"),
    "of_counties": Meaning("counties", "counties of the place"),
    "lacking": Meaning("", "counties without the number"),
    "limits": Meaning("", "what it does not say"),
    "source_id": Meaning("", "number of the source in the store"),
    "periods": Meaning("", "years or quarters that it holds"),
    "vintage": Meaning("", "preliminary or revised, where stated"),
    "rows": Meaning("rows", "rows taken in"),
    "sha256": Meaning("", "fingerprint of the file, SHA-256"),
    "what": Meaning("", "what is said"),
    "text": Meaning("", "in words"),
    "sheets": Meaning("", "sheets of this workbook that have it"),
    "column": Meaning("", "name of a column"),
    "meaning": Meaning("", "what the column is"),
    "notice": Meaning("", "who may see it"),
    "county": Meaning("", "county's name"),
    "annual_avg_estabs0": Meaning("establishments", "establishments in the first year"),
    "annual_avg_estabs1": Meaning("establishments", "establishments in the last year"),
    "within": Meaning("", "nearest industry above it that is published in both years"),
    "within_emplvl_pct_chg": Meaning("percent", "change in the jobs of that industry"),
    "chart": Meaning("", "chart of the first page that a row is drawn in"),
    "label": Meaning("", "sector, or month"),
    "published": Meaning("jobs", "part of the jobs that the agency publishes"),
    "estimated": Meaning("jobs", "part of the jobs that is estimated"),
    "start": Meaning("jobs", "from the published part to the range, where that alone is told"),
    "range": Meaning("jobs", "width of the range, where that alone is told"),
    "minus": Meaning("as charted", "from the number to the lower end of its range"),
    "plus": Meaning("as charted", "from the number to the upper end of its range"),
    "compared": Meaning("as charted", "the same of the region's state"),
    "naics_year": Meaning(
        "year", "edition of the industry codes (NAICS) that the year is coded by"
    ),
    "qtr": Meaning("", "quarter of the year"),
    "emplvl_published_share": Meaning(
        "share", "share of the jobs that the agency publishes in all four quarters"
    ),
    "seasonal_index": Meaning("ratio", "jobs of the quarter over the average of the year"),
    "emplvl_swing_pct": Meaning(
        "percent", "step from the lowest to the highest month, of the year's average"
    ),
}

_NUMBERED = re.compile(r"(anchor|value)_\d+")
_OF_ANCHORS = {
    "anchor": Meaning("as measured", "measure at which the value beside it is reached"),
    "value": Meaning("share", "value at the anchor before it, 0 to 1"),
}


def known() -> tuple[str, ...]:
    """Columns with an entry of their own, by name: the measures, and what stands beside them.

    Examples
    --------
    >>> from lmi.report.workbook.dictionary import known
    >>> {"lq", "rank"} <= set(known()), "lq_lo" in known()
    (True, False)
    """
    return tuple(sorted({*MEASURES, *_OWN}))


def entry(column: str) -> Meaning:
    """Return what a column is; blank of one that says itself.

    Examples
    --------
    >>> from lmi.report.workbook.dictionary import entry
    >>> entry("avg_annual_pay_lo").unit, entry("rank").unit
    ('USD', 'rank')
    """
    if column in _OWN:
        return _OWN[column]
    if column in MEASURES:
        return Meaning(MEASURES[column].unit, MEASURES[column].meaning)
    if numbered := _NUMBERED.fullmatch(column):
        return _OF_ANCHORS[numbered[1]]
    if column.endswith("_state") and (measure := MEASURES.get(column.removesuffix("_state"))):
        return Meaning(measure.unit, f"{measure.meaning}, against the reference states")
    for suffix, part in PARTS.items():
        whole = entry(column.removesuffix(suffix)) if column.endswith(suffix) else Meaning("", "")
        if whole.text:
            unit = "" if suffix.startswith("_is_") else whole.unit
            return Meaning(unit, f"{part} {whole.text}")
    for before, after in (("projection_", "_by_"), ("growth_", "_by_")):
        head, found, kind = column.partition(after)
        if found and column.startswith(before) and (whole := entry(head)).text:
            return Meaning(whole.unit, f"{whole.text}, by {kind}")
    spec = next(
        (
            t.by_name[column]
            for t in (*OWN_TABLES.values(), *TABLES.values())
            if column in t.by_name
        ),
        None,
    )
    return Meaning(spec.unit, spec.meaning) if spec else Meaning("", "")
