"""The sections of a profile on its jobs, one function each: what the notebook calls.

The first page is in `sections_brief`, the sections on where candidates stand in
`sections_ranking`, that on people in `sections_context`, those for data staff in `sections_staff`.
A section without content shows nothing, and `sections_staff.missing` says why.
"""

from __future__ import annotations

from lmi.assessment.basis import vintages_note
from lmi.missing import Missing
from lmi.reference.consumer_prices import PRICE_INDEX
from lmi.report import boilerplate
from lmi.report.display import (
    Exhibit,
    Part,
    citation,
    paragraph,
    sentence,
)
from lmi.report.figures.bubble import bubble_figure, unlabelled
from lmi.report.figures.bubble_points import bubble_points
from lmi.report.figures.pay_lines import pay_figure, pay_lines
from lmi.report.figures.region_map import region_map_figure, state_counties
from lmi.report.figures.shift_share_bars import shift_share_figure, shift_share_split
from lmi.report.figures.trend import trend_figure, trend_lines
from lmi.report.profile import Profile
from lmi.report.sentences.job_changes import bubbles_sentence, shift_share_sentence
from lmi.report.sentences.jobs_pay_concentration import (
    concentration_sentence,
    drivers_sentence,
    industries_sentence,
    threshold_sentence,
    uncovered_sentence,
    wages_sentence,
)
from lmi.report.sentences.pay_over_years import pay_sentence
from lmi.report.sentences.place import counties_sentence, trend_sentence
from lmi.report.sentences.ranking import criteria_sentence
from lmi.report.tables.breakdowns import counties_table, seasons_table
from lmi.report.tables.criteria import criteria_table
from lmi.report.tables.jobs_and_growth import industries_table
from lmi.report.tables.past_quotients import past_quotients_sentence, past_quotients_table
from lmi.report.tables.spans import growth_table
from lmi.report.tables.top_lists import top_lists_table
from lmi.report.tables.uncovered import uncovered_table
from lmi.report.tables.years import years_table

__all__ = ["bubbles", "drivers", "growth", "industries", "places", "region_map", "sectors", "years"]


def region_map(profile: Profile) -> Exhibit:
    """Show the region among its neighbors; `sources` cites who drew it."""
    if isinstance(profile.counties, Missing):
        named = [profile.county_name(area) for area in profile.region.counties]
        return Exhibit((sentence(counties_sentence(profile, named)),))
    shapes = state_counties(profile.region, profile.counties)
    names = shapes.loc[shapes["area_fips"].isin(profile.region.counties), "name"]
    return profile.exhibit(
        region_map_figure(profile, shapes), sentence(counties_sentence(profile, list(names)))
    )


def sectors(profile: Profile) -> Exhibit:
    """Set the candidates side by side by jobs, pay, change and concentration."""
    pay = float(profile.total["avg_annual_pay"])
    source = f"{profile.whole_source} Base of location quotients: jobs of all ownerships."
    return profile.exhibit(criteria_table(profile, source, profile.standard, pay, profile.stand_in))


def drivers(profile: Profile) -> Exhibit:
    """Say which candidates drive the economy, and by what."""
    note = threshold_sentence(profile.total)
    said = (
        sentence(criteria_sentence(profile)),
        sentence(drivers_sentence(profile)),
        sentence(wages_sentence(profile, profile.total)),
        *([paragraph(note, "reading")] if note else []),
        sentence(concentration_sentence(profile)),
    )
    return Exhibit(said)


def growth(profile: Profile) -> Exhibit:
    """Show the change in jobs, what it is made of, over every span, and past beside present LQ."""
    split = shift_share_split(profile)
    starts = [*profile.growth["year0"].unique(), profile.year]
    table = growth_table(profile, profile.growth, f"{profile.source} {vintages_note(starts)}")
    parts: list[Part | None] = [table]
    past = past_quotients_table(profile, profile.whole_source)
    if past:
        moved = past_quotients_sentence(profile)
        parts += [past, sentence(moved) if moved else None]
    if split.table["emplvl_chg"].notna().any():
        how = boilerplate.SHIFT_SHARE.format(place=split.reference)
        reading = paragraph(how, "reading") if split.reference else None
        said = sentence(shift_share_sentence(profile, split))
        figure = shift_share_figure(profile, split)
        # what can break over two pages stands last
        parts = [said, figure, reading, citation(profile.growth_source), *parts]
    return profile.exhibit(*parts)


def industries(profile: Profile) -> Exhibit:
    """List all industry sectors of the region, and what of them is in no candidate."""
    table = industries_table(profile, profile.industries, profile.whole_source)
    return profile.exhibit(
        table,
        sentence(industries_sentence(table.frame)),
        top_lists_table(profile, profile.whole_source),
        sentence(uncovered_sentence(profile)),
        uncovered_table(profile, profile.source),
    )


def places(profile: Profile) -> Exhibit:
    """Show the region's counties side by side, and how jobs move with the seasons."""
    return profile.exhibit(
        counties_table(profile, profile.growth_source), seasons_table(profile, profile.source)
    )


def years(profile: Profile) -> Exhibit:
    """Show jobs and pay over the years; nothing of either without enough years."""
    jobs, pay = trend_lines(profile.trend), pay_lines(profile.trend)
    parts: list[Part] = []
    if not jobs.empty:
        source = profile.trend_source(int(jobs.index[0]))
        said = sentence(trend_sentence(profile, jobs), source)
        parts += [trend_figure(profile, profile.trend), said]
    if pay:
        source = profile.trend_source(int(pay.rows.index[0]))
        of_prices = f" Prices: {PRICE_INDEX}." if pay.price_year is not None else ""
        parts += [
            pay_figure(profile, pay),
            sentence(pay_sentence(profile, profile.trend, pay)),
            years_table(profile.trend, pay, f"{source}{of_prices}"),
        ]
    return profile.exhibit(*parts)


def bubbles(profile: Profile) -> Exhibit:
    """Show growth, concentration and jobs in one chart, of those that have all three."""
    points = bubble_points(profile)
    if points.table.empty:
        return Exhibit(())
    figure = bubble_figure(profile)
    said = bubbles_sentence(profile, points, unlabelled(figure, points))
    return profile.exhibit(figure, sentence(said, profile.whole_source))
