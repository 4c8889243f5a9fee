"""The sections of a profile, one function each: what the notebook calls.

Those on where candidates stand are in `sections_ranking`, that on people in `sections_context`.
"""

from __future__ import annotations

from lmi import words
from lmi.assessment.basis import FOR_STAFF, vintages_note
from lmi.missing import Missing
from lmi.report import boilerplate
from lmi.report.display import (
    Exhibit,
    Prose,
    bullets,
    citation,
    paragraph,
    sentence,
)
from lmi.report.figures.bubble import bubble_figure, unlabelled
from lmi.report.figures.bubble_points import bubble_points
from lmi.report.figures.concentration import concentration_figure
from lmi.report.figures.jobs_and_pay_bars import jobs_figure, pay_figure
from lmi.report.figures.region_map import region_map_figure, state_counties
from lmi.report.figures.shift_share_bars import shift_share_figure, shift_share_split
from lmi.report.figures.trend import trend_figure, trend_lines
from lmi.report.html import fill
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
from lmi.report.sentences.place import (
    counties_sentence,
    glance_sentence,
    quality_sentence,
    trend_sentence,
)
from lmi.report.tables.jobs_and_growth import industries_table
from lmi.report.tables.provenance import definitions_table, quality_table, sources_table
from lmi.report.tables.spans import growth_table
from lmi.report.tables.uncovered import uncovered_table

__all__ = [
    "at_a_glance",
    "bubbles",
    "concentration",
    "coverage",
    "definitions",
    "drivers",
    "glossary",
    "growth",
    "growth_spans",
    "industries",
    "quality",
    "region_map",
    "sources",
    "title",
    "trend",
    "uncovered",
    "wages",
]


def title(profile: Profile) -> Prose:
    """Name the region, the year and the method; say so where the data are made up."""
    eyebrow = f"Labor market profile · {profile.state_name}"
    lede = f"Evidence for choosing target sectors, {profile.year}"
    html = fill(
        "sections/title.html.j2",
        eyebrow=eyebrow,
        name=profile.name,
        lede=lede,
        illustrative=boilerplate.ILLUSTRATIVE if profile.illustrative else "",
        staff=FOR_STAFF if profile.staff else "",
        method=boilerplate.METHOD,
    )
    plain = [eyebrow, profile.name, lede]
    if profile.illustrative:
        plain.append(f"Illustrative data. {boilerplate.ILLUSTRATIVE}")
    if profile.staff:
        plain.append(FOR_STAFF)
    return Prose(html, "\n".join([*plain, boilerplate.METHOD]))


def at_a_glance(profile: Profile) -> Exhibit:
    """Show jobs, places of business, pay and growth."""
    total = profile.total
    jobs = words.marked(
        words.whole(total["annual_avg_emplvl"]), total.get("emplvl_estimated_share")
    )
    growth = words.signed_pct(total["emplvl_pct_chg"])
    span = profile.span if growth != words.MISSING else "no earlier year to compare with"
    tiles = [
        ("Jobs", jobs, f"annual average {profile.year}"),
        ("Places of business", words.whole(total["annual_avg_estabs"]), "establishments"),
        ("Average pay", words.money(total["avg_annual_pay"]), "a year, all jobs"),
        ("Change in jobs", growth, span),
    ]
    plain = "\n".join(f"{name}: {value} ({detail})" for name, value, detail in tiles)
    said = glance_sentence(profile, total, profile.trend)
    return Exhibit(
        (
            Prose(fill("sections/tiles.html.j2", tiles=tiles), plain),
            sentence(said, profile.growth_source),
        )
    )


def region_map(profile: Profile) -> Exhibit:
    """Show the region in its state."""
    drawn_by = profile.state.source.name
    if isinstance(profile.counties, Missing):
        said = sentence(counties_sentence(profile, []), f"{drawn_by} (counties of the region).")
        return Exhibit((said, sentence(str(profile.counties))))
    shapes = state_counties(profile.region, profile.counties)
    names = shapes.loc[shapes["area_fips"].isin(profile.region.counties), "name"]
    outlines = (
        "illustrative boundaries" if profile.illustrative else "U.S. Census Bureau (boundaries)"
    )
    source = f"{drawn_by} (counties of the region); {outlines}."
    return profile.exhibit(
        region_map_figure(profile, shapes),
        sentence(counties_sentence(profile, list(names)), source),
    )


def drivers(profile: Profile) -> Exhibit:
    """Show the candidates by jobs, published and estimated."""
    said = sentence(drivers_sentence(profile), profile.source)
    return profile.exhibit(jobs_figure(profile), said)


def industries(profile: Profile) -> Exhibit:
    """List all industry sectors of the region."""
    table = industries_table(profile, profile.industries, profile.whole_source)
    return profile.exhibit(table, sentence(industries_sentence(table.frame)))


def uncovered(profile: Profile) -> Exhibit:
    """Say how many jobs are in no candidate sector, and in which industries."""
    table = uncovered_table(profile, profile.source)
    said = sentence(uncovered_sentence(profile))
    return profile.exhibit(said, *([table] if table else []))


def wages(profile: Profile) -> Exhibit:
    """Show pay against the region's average and the threshold."""
    said = sentence(wages_sentence(profile, profile.total))
    if profile.present["avg_annual_pay"].isna().all():
        return Exhibit((said,))
    note = threshold_sentence(profile.total)
    reading = [paragraph(note, "reading")] if note else []
    figure = pay_figure(profile, profile.total)
    return profile.exhibit(figure, said, *reading, citation(profile.source))


def trend(profile: Profile) -> Exhibit:
    """Show jobs over the years beside the state and the nation."""
    lines = trend_lines(profile.trend)
    if lines.empty:
        said = "The data at hand cover too few years to draw how jobs moved over time."
        return Exhibit((sentence(said),))
    source = profile.trend_source(int(lines.index[0]))
    figure = trend_figure(profile, profile.trend)
    return profile.exhibit(figure, sentence(trend_sentence(profile, lines), source))


def growth(profile: Profile) -> Exhibit:
    """Show the change in jobs and what it is made of."""
    split = shift_share_split(profile)
    said = sentence(shift_share_sentence(profile, split))
    if split.table["emplvl_chg"].isna().all():
        return Exhibit((said,))
    how = boilerplate.SHIFT_SHARE.format(place=split.reference)
    reading = [paragraph(how, "reading")] if split.reference else []
    figure = shift_share_figure(profile, split)
    return profile.exhibit(figure, said, *reading, citation(profile.growth_source))


def growth_spans(profile: Profile) -> Exhibit:
    """List the change in jobs over every span of years that is known."""
    years = [*profile.growth["year0"].unique(), profile.year]
    table = growth_table(profile, profile.growth, f"{profile.source} {vintages_note(years)}")
    if table is None:
        return Exhibit((sentence("No two years can be compared with the data at hand."),))
    return profile.exhibit(table)


def concentration(profile: Profile) -> Exhibit:
    """Show location quotients against the nation and the state."""
    said = concentration_sentence(profile)
    if profile.present[["lq", "lq_state"]].isna().all(axis=None):
        return Exhibit((sentence(said),))
    source = f"{profile.source} Base: jobs of all ownerships. {profile.nation.note}".strip()
    figure = concentration_figure(profile, profile.nation.short)
    return profile.exhibit(figure, sentence(said, source))


def bubbles(profile: Profile) -> Exhibit:
    """Show growth, concentration and jobs in one chart."""
    points = bubble_points(profile)
    if points.table.empty:
        said = (
            "This chart cannot be drawn: no candidate sector has jobs, a change in jobs and a "
            "location quotient that are all known."
        )
        return Exhibit((sentence(said),))
    figure = bubble_figure(profile)
    said = bubbles_sentence(profile, points, unlabelled(figure, points))
    return profile.exhibit(figure, sentence(said, profile.whole_source))


def definitions(profile: Profile) -> Exhibit:
    """Say what each candidate is made of."""
    table = definitions_table(profile.definitions)
    said = sentence("These are working definitions: the team can change them at any time.")
    return profile.exhibit(*([table] if table else []), said)


def quality(profile: Profile) -> Exhibit:
    """Say how much is withheld and estimated, and what is not comparable."""
    remarks = [*profile.meta.get("breaks", ()), *profile.meta.get("notes", ())]
    return profile.exhibit(
        sentence(quality_sentence(profile, profile.total)),
        quality_table(profile, profile.source),
        *([bullets(remarks, "remarks")] if remarks else []),
    )


def sources(profile: Profile) -> Exhibit:
    """Cite the files and the region's definition."""
    drawn = profile.state.source
    read = f"Retrieved {drawn.retrieved}." if drawn.retrieved else ""
    said = (f"Counties of the region: {drawn.name}.", drawn.url, read, profile.region.note)
    return profile.exhibit(
        sources_table(profile.meta.get("sources", ())),
        paragraph(" ".join(part for part in said if part), "source"),
    )


def coverage(profile: Profile) -> Prose:
    """Say what the numbers cover and what they do not."""
    made_up = [boilerplate.ILLUSTRATIVE] if profile.illustrative else []
    nation = [profile.nation.note] if profile.nation.note else []
    return bullets([*made_up, *boilerplate.COVERAGE, *nation], "coverage")


def glossary(profile: Profile) -> Prose:
    """Explain the words used."""
    explained = boilerplate.GLOSSARY
    plain = "\n".join(f"{word}: {meaning}" for word, meaning in explained.items())
    return Prose(fill("sections/glossary.html.j2", glossary=explained), plain)
