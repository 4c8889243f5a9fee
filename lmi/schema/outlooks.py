"""The measures of what is to come: projected growth, in percent, a year and in jobs, by source."""

from __future__ import annotations

from lmi import words
from lmi.schema.measure import ENDS, Measure, named
from lmi.words.intervals import rough_signed, signed_points

__all__ = ["OUTLOOKS", "OUTLOOK_MEASURES"]

OUTLOOKS = {
    "region": "the region's own projection",
    "state": "the state's projection",
    "nation": "the nation's rates",
    "trend": "the trend",
}
"""Where an expectation is from, the best first."""

OUTLOOK_MEASURES = (
    Measure(
        "projected_emplvl_pct_chg",
        "projected change in jobs over the horizon",
        "percent",
        number="outlook",
        title="Projected change",
        noun="projected growth",
        unknown="how it is projected to grow",
        write=signed_points,  # in whole percent, as it is known
        line=0.0,
        columns=named("projected_emplvl_pct_chg", "", *ENDS),
    ),
    Measure(
        "projected_emplvl_cagr",
        "projected compound yearly change in jobs",
        "percent a year",
        number="outlook",
        noun="projected growth",
        unknown="how it is projected to grow",
        write=words.signed_pct,
        same_as="projected_emplvl_pct_chg",
        line=0.0,
        columns=(
            *named("projected_emplvl_cagr", "", *ENDS),
            *named("projection", "_kind", "_source", "_horizon", "_lacks"),
        ),
    ),
    Measure(
        "projected_emplvl_chg",
        "projected change in jobs, from the year of the jobs to the end of the horizon",
        "jobs",
        number="outlook",
        title="Jobs to come",
        write=rough_signed,
        roughly=rough_signed,
        columns=(*named("projected_emplvl_chg", "", *ENDS), "projections_disagree"),
        scored=False,
    ),
    *(
        Measure(
            f"projected_emplvl_cagr_by_{kind}",
            f"projected compound yearly change in jobs by {whose}",
            "percent a year",
            number="outlook",
            write=words.signed_pct,
            roughly=words.signed_pct,
            columns=(
                *named(f"projected_emplvl_cagr_by_{kind}", "", *ENDS),
                *(
                    f"{name}_by_{kind}"
                    for name in (
                        "projection_source",
                        "projection_horizon",
                        "projection_disagrees",
                    )
                ),
            ),
            scored=False,
        )
        for kind, whose in OUTLOOKS.items()
    ),
    Measure(
        "projected_emplvl_pct_chg_over_region",
        "projected change in jobs beyond that of all the region's jobs over the horizon",
        "points",
    ),
)
