"""The sections of a profile, one function each: what the notebook calls."""

from __future__ import annotations

from lmi import words
from lmi.missing import Missing
from lmi.report import markup, sentences, tables, texts
from lmi.report.change import change_of
from lmi.report.display import Exhibit, Figure, Prose, Table, citation, sentence
from lmi.report.figures.bubble import bubble_figure, bubble_points, unlabelled
from lmi.report.figures.concentration import concentration_figure
from lmi.report.figures.jobs import jobs_figure
from lmi.report.figures.pay import pay_figure, threshold_pay
from lmi.report.figures.region_map import region_map as draw_map
from lmi.report.figures.region_map import state_counties
from lmi.report.figures.shift_share import shift_share_figure
from lmi.report.figures.trend import trend_figure, trend_lines
from lmi.report.profile import Profile

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
    "wages",
]


def title(profile: Profile) -> Prose:
    """Name the region, the year and the method; say so where the data are made up."""
    eyebrow = f"Labor market profile · {profile.state_name}"
    lede = f"Evidence for choosing target sectors, {profile.year}"
    note = markup.badge("Illustrative data.", texts.ILLUSTRATIVE) if profile.illustrative else ""
    html = (
        f'<header class="title">{markup.paragraph(eyebrow, "eyebrow")}'
        f"{markup.element('h1', profile.name)}{markup.paragraph(lede, 'lede')}</header>"
        f"{note}{markup.paragraph(texts.METHOD, 'method')}"
    )
    plain = [eyebrow, profile.name, lede]
    if profile.illustrative:
        plain.append(f"Illustrative data. {texts.ILLUSTRATIVE}")
    return Prose(html, "\n".join([*plain, texts.METHOD]))


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
    html = "".join(
        f"<div>{markup.element('dt', name)}{markup.element('dd', value)}"
        f"{markup.element('dd', detail, class_='detail')}</div>"
        for name, value, detail in tiles
    )
    plain = "\n".join(f"{name}: {value} ({detail})" for name, value, detail in tiles)
    return Exhibit(
        (
            Prose(f'<dl class="tiles">{html}</dl>', plain),
            sentence(sentences.glance(profile), profile.growth_source),
        )
    )


def region_map(profile: Profile) -> Exhibit:
    """Show the region in its state."""
    drawn_by = profile.state.source.name
    if isinstance(profile.counties, Missing):
        return Exhibit(
            (
                sentence(sentences.counties(profile, []), f"{drawn_by} (counties of the region)."),
                sentence(str(profile.counties)),
            )
        )
    shapes = state_counties(profile)
    names = shapes.loc[shapes["area_fips"].isin(profile.region.counties), "name"]
    outlines = (
        "illustrative boundaries" if profile.illustrative else "U.S. Census Bureau (boundaries)"
    )
    source = f"{drawn_by} (counties of the region); {outlines}."
    return Exhibit((draw_map(profile), sentence(sentences.counties(profile, list(names)), source)))


def drivers(profile: Profile) -> Exhibit:
    """Show the candidates by jobs, published and estimated."""
    return Exhibit((jobs_figure(profile), sentence(sentences.drivers(profile), profile.source)))


def industries(profile: Profile) -> Exhibit:
    """List all industry sectors of the region."""
    table = tables.industries_table(profile)
    return Exhibit((table, sentence(sentences.industries(profile, table.frame))))


def wages(profile: Profile) -> Exhibit:
    """Show pay against the region's average and the threshold."""
    said = sentences.wages(profile, threshold_pay(profile))
    if profile.present["avg_annual_pay"].isna().all():
        return Exhibit((sentence(said),))
    parts: list[Figure | Prose] = [pay_figure(profile), sentence(said)]
    if note := sentences.threshold(profile):
        parts.append(Prose(markup.paragraph(note, "reading"), note))
    return Exhibit((*parts, citation(profile.source)))


def trend(profile: Profile) -> Exhibit:
    """Show jobs over the years beside the state and the nation."""
    lines = trend_lines(profile)
    if lines.empty:
        said = "The data at hand cover too few years to draw how jobs moved over time."
        return Exhibit((sentence(said),))
    source = profile.trend_source(int(lines.index[0]))
    return Exhibit((trend_figure(profile), sentence(sentences.trend(profile, lines), source)))


def growth(profile: Profile) -> Exhibit:
    """Show the change in jobs and what it is made of."""
    change = change_of(profile)
    said = sentence(sentences.shift_share(profile, change))
    if change.table["emplvl_chg"].isna().all():
        return Exhibit((said,))
    cited = citation(profile.growth_source)
    parts: list[Figure | Prose] = [shift_share_figure(profile, change), said]
    if change.reference:
        reading = texts.SHIFT_SHARE.format(place=change.reference)
        parts.append(Prose(markup.paragraph(reading, "reading"), reading))
    return Exhibit((*parts, cited))


def growth_spans(profile: Profile) -> Exhibit:
    """List the change in jobs over several spans of years, where more than one is known."""
    table = tables.growth_table(profile)
    if table is None:
        return Exhibit((sentence("Only one span of years can be compared with the data at hand."),))
    return Exhibit((table,))


def concentration(profile: Profile) -> Exhibit:
    """Show location quotients against the nation and the state."""
    said = sentences.concentration(profile)
    if profile.present[["lq", "lq_state"]].isna().all(axis=None):
        return Exhibit((sentence(said),))
    source = f"{profile.source} Base: jobs of all ownerships."
    return Exhibit((concentration_figure(profile), sentence(said, source)))


def bubbles(profile: Profile) -> Exhibit:
    """Show growth, concentration and jobs in one chart."""
    points = bubble_points(profile)
    if points.table.empty:
        said = (
            "This chart cannot be drawn: no candidate sector has jobs, a change in jobs and a "
            "location quotient that are all known."
        )
        return Exhibit((sentence(said),))
    figure = profile.keep(bubble_figure(profile))
    said = sentences.bubbles(profile, points.table, points.left_out, unlabelled(figure, points))
    return Exhibit((figure, sentence(said, profile.growth_source)))


def definitions(profile: Profile) -> Exhibit:
    """Say what each candidate is made of."""
    table = tables.definitions_table(profile)
    said = "These are working definitions: the team can change them at any time."
    return Exhibit((*([table] if table else []), sentence(said)))


def quality(profile: Profile) -> Exhibit:
    """Say how much is withheld and estimated, and what is not comparable."""
    remarks = [*profile.meta.get("breaks", ()), *profile.meta.get("notes", ())]
    parts: list[Table | Prose] = [
        sentence(sentences.quality(profile)),
        tables.quality_table(profile),
    ]
    if remarks:
        parts.append(Prose(markup.list_of(remarks, "remarks"), "\n".join(remarks)))
    return Exhibit(tuple(parts))


def sources(profile: Profile) -> Exhibit:
    """Cite the files and the region's definition."""
    drawn = profile.state.source
    read = f"Retrieved {drawn.retrieved}." if drawn.retrieved else ""
    address = f"{drawn.url}" if drawn.url else ""
    said = [f"Counties of the region: {drawn.name}.", address, read, profile.region.note]
    return Exhibit(
        (
            tables.sources_table(profile),
            Prose(
                markup.paragraph(" ".join(part for part in said if part), "source"),
                " ".join(part for part in said if part),
            ),
        )
    )


def coverage(profile: Profile) -> Prose:
    """Say what the numbers cover and what they do not."""
    said = list(texts.COVERAGE)
    if profile.illustrative:
        said.insert(0, texts.ILLUSTRATIVE)
    return Prose(markup.list_of(said, "coverage"), "\n".join(said))


def glossary(profile: Profile) -> Prose:
    """Explain the words used."""
    plain = "\n".join(f"{word}: {meaning}" for word, meaning in texts.GLOSSARY.items())
    return Prose(markup.definition_list(texts.GLOSSARY, "glossary"), plain)
