"""A partnership's scorecard, one function a section: what the sixth notebook calls."""

from __future__ import annotations

from collections.abc import Sequence

from lmi import words
from lmi.missing import Missing
from lmi.report.display import (
    Exhibit,
    Figure,
    Prose,
    bullets,
    sentence,
    tiled,
    title_block,
)
from lmi.report.figures.series import Series, series_figure
from lmi.schema.measures import MEASURES
from lmi.scorecard import tables
from lmi.scorecard.card import Scorecard, load_scorecard
from lmi.scorecard.catalogue import MetricDefinition
from lmi.scorecard.definition import told_date
from lmi.scorecard.method import ABOUT, PHASES, Kind
from lmi.scorecard.values import is_few, large, written

__all__ = [
    "FOOT", "METHOD", "action_teams", "coverage", "fictional", "impact", "insights", "load",
    "members", "method", "needs", "phase", "process", "sector", "stories", "summary", "title",
]  # fmt: skip

FICTIONAL = (
    "The state, the partnership, its people and every number on this page are made up to show what "
    "a scorecard looks like. Do not quote them."
)
CONTEXT = (
    "Context, not attribution: the sector's jobs and pay follow from much besides the partnership, "
    "and nothing here says that it moved them."
)
METHOD = (
    "Kinds, categories, stages and phases are those of Next Generation Sector Partnerships; the "
    "metrics and how they are collected are the workbench's reading of it. Partnerships choose "
    "outcomes that fit them. Their numbers are not to be ranked against each other's."
)
FOOT = (
    "Made with the sector workbench. Method: Next Generation Sector Partnerships, measures of "
    "success."
)
TILES, PANELS = 4, 6

load = load_scorecard


def fictional(illustrative: bool) -> str:
    """Say that a made-up state's partnerships are made up, too; nothing of a real one."""
    return FICTIONAL if illustrative else ""


def title(card: Scorecard) -> Prose:
    """Name the partnership, its sector, and the year."""
    own = card.partnership
    eyebrow = f"Partnership scorecard · {own.region.name}, {own.state.name}"
    counted = "nothing is counted yet" if card.readings.rows.empty else f"numbers up to {card.year}"
    lede = (
        f"{own.candidate.name}. Convened by {own.said.convener.name} since {own.said.launch}; "
        f"{counted}."
    )
    ended = f" It ended in {own.said.ended}." if own.said.ended else ""
    made_up = fictional(card.illustrative)
    return title_block(eyebrow, own.name, lede + ended, made_up=made_up, staff=card.staff)


def summary(card: Scorecard) -> Exhibit:
    """Show up to four outcomes that it chose, each beside its own past and target."""
    tiles: list[tuple[str, str, str]] = []
    for metric in card.metrics("impact"):
        series = card.readings.series(metric.key)
        if card.year in series and len(tiles) < TILES:
            before = max((year for year in series if year < card.year), default=None)
            past = f"{before}: {written(series[before], metric, card.staff)}" if before else ""
            goal = tables.target_told(card, metric).partition(" (")[0]
            now, unit = large(series[card.year], metric, card.staff)
            detail = "; ".join(filter(None, [unit, past, f"target {goal}" if goal else ""]))
            tiles.append((metric.name, now, detail))
    if not tiles:
        return Exhibit(
            (sentence(f"No impact is counted for {card.year}; for a partnership that is "
                      f"{card.phase.phase}, that may be as it should be."),)
        )  # fmt: skip
    return Exhibit((tiled(tiles),))


def phase(card: Scorecard) -> Exhibit:
    """Say in which phase it is, and what each claim rests on."""
    found = card.phase.phase
    years = card.year - card.partnership.launch.year
    age = f"in its {words.ordinal(years + 1)} year" if years >= 0 else "not yet begun"
    said = f"By its evidence the partnership, {age}, is {found} ({PHASES[found]})."
    if not card.phase.claims:
        said = f"The partnership, {age}, counts as {found} until something is written down."
    notes = [*card.phase.notes, *(note.text for note in card.early)]
    remarks = bullets(notes, "remarks") if notes else None
    return card.exhibit(sentence(said), remarks, tables.phase_table(card))


def action_teams(card: Scorecard) -> Exhibit:
    """List what businesses put on the table and who works on it, with the quick wins."""
    table = tables.teams_table(card)
    if table is None:
        return Exhibit((sentence("No priorities are written down yet."),))
    teams = [
        team
        for priority in card.partnership.said.priorities
        for team in priority.action_teams
        if told_date(team.started).year <= card.year
    ]
    done = [t for t in teams if t.done is not None and told_date(t.done).year <= card.year]
    wins = sum(team.quick_win for team in done)
    has = "has" if len(teams) == 1 else "have"
    told = f"{len(done)} of {words.count(len(teams), 'action team')} {has} finished"
    quick = f", {words.spelled(wins)} of them as a quick win" if wins else ""
    return card.exhibit(sentence(f"{told}{quick}.") if teams else None, table)


def members(card: Scorecard) -> Exhibit:
    """Count who is at the table."""
    table = tables.members_table(card)
    if table is None:
        return Exhibit((sentence("Who is at the table is not written down."),))
    return card.exhibit(table)


def process(card: Scorecard) -> Exhibit:
    """Set how it works against its own past."""
    table = tables.metrics_table(card, "process")
    return card.exhibit(table) if table else Exhibit((sentence("Nothing is counted yet."),))


def impact(card: Scorecard) -> Exhibit:
    """Set what has come of it against its own past and targets, drawn and in a table."""
    table = tables.metrics_table(card, "impact")
    if table is None:
        return Exhibit((sentence("No outcome is counted yet, and none is chosen."),))
    series = [one for metric in card.metrics("impact") if (one := _series(card, metric))]
    return card.exhibit(_figure(card, series[:PANELS]) if series else None, table)


def _series(card: Scorecard, metric: MetricDefinition) -> Series | None:
    """Return what is drawn of a metric: two years or more, none of them of a few people."""
    values = card.readings.series(metric.key)
    if len(values) < 2 or any(is_few(v, metric, card.staff) for v in values.values()):
        return None
    target = card.partnership.said.targets.get(metric.key)
    before = None
    if target is not None and target.baseline is not None and target.baseline_date is not None:
        few = is_few(target.baseline, metric, card.staff)
        before = None if few else (told_date(target.baseline_date).year, target.baseline)
    told = {year: written(value, metric, card.staff) for year, value in values.items()}
    goal = (told_date(target.by).year, target.value) if target else None
    return Series(metric.name, values, told, goal, before)


def _figure(card: Scorecard, series: list[Series]) -> Figure:
    own = card.partnership
    mark = "ILLUSTRATIVE DATA, NOT A REAL PLACE  ·  " if card.illustrative else ""
    foot = f"{mark}{own.name}. Dots: as counted; ring: before the launch; diamond: its own target"
    return series_figure("impact", "Its outcomes over the years", series, foot)


def stories(card: Scorecard) -> Exhibit:
    """Tell what the numbers do not, newest first."""
    told = card.readings.stories
    if not told:
        return Exhibit((sentence("No story is written down yet."),))
    metrics = card.partnership.catalogue.metrics
    lines = [
        f"{row['story']} ({metrics[row['metric']].name}, {row['date']}; {row['source']})"
        for row in told
    ]
    return Exhibit((bullets(lines, "remarks"),))


def needs(card: Scorecard) -> Exhibit:
    """List what it says that it needs from others."""
    names = card.partnership.catalogue.needs
    told = [f"{names[need.need]}: {need.said}" for need in card.partnership.said.needs]
    if not told:
        return Exhibit((sentence("No need is written down."),))
    return Exhibit((bullets(told, "remarks"),))


def insights(card: Scorecard) -> Exhibit:
    """List what it learned that others may use."""
    told = [f"{ABOUT[one.about]}: {one.said}" for one in card.partnership.said.insights]
    return Exhibit((bullets(told, "remarks") if told else sentence("No insight is written down."),))


def coverage(card: Scorecard) -> Exhibit:
    """Lay out which categories of impact are measured, missing, or not yet expected."""
    return card.exhibit(tables.coverage_table(card))


def sector(card: Scorecard) -> Exhibit:
    """Show the sector since the launch beside its state: context, not attribution."""
    found, own = card.sector, card.partnership
    table = tables.sector_table(card)
    chosen = [_baseline(card)] if own.said.baseline is not None else []
    if table is None or isinstance(found, Missing):
        return Exhibit((sentence(CONTEXT), *chosen, sentence(str(found))))
    when = "the launch" if own.said.baseline is None else "when it was chosen"
    if found.base_year is not None:
        told = f"Since {found.base_year}, the last year of data up to {when}."
    elif found.year <= found.since:
        told = f"The newest year of data, {found.year}, is no later than {when}."
    else:
        told = f"There is no year of data up to {when}, so what changed since is not known."
    whose = (
        "The sector is defined in the partnership's own file."
        if own.is_own_sector
        else f"The sector is as {own.state.name} defines it."
    )
    return card.exhibit(
        sentence(CONTEXT), *chosen, table, sentence(f"{told} {whose}", found.source)
    )


def _baseline(card: Scorecard) -> Prose:
    """Say what the sector was when it was chosen."""
    baseline = card.partnership.said.baseline
    assert baseline is not None
    told = [
        f"{words.lowered(tables.measure_name(key))} {_figure_told(key, value, baseline.estimated)}"
        for key, value in baseline.figures.items()
        if key in MEASURES
    ]
    figures = f": {words.listing(told)}" if told else ""
    said = f"When it was chosen, by figures of {baseline.year}{figures}."
    return sentence(f"{said} {card.partnership.baseline_note}".strip(), baseline.source)


def _figure_told(key: str, value: float, estimated: Sequence[str]) -> str:
    measure = MEASURES[key]
    if key not in estimated:
        return measure.write(value)
    return words.marked((measure.roughly or measure.write)(value), 1.0)


def method(card: Scorecard, kind: Kind) -> Exhibit:
    """Say how each number of a kind is counted, and whose method this is."""
    told = [f"{one.name} ({one.unit}): {one.collect}" for one in card.metrics(kind)]
    return Exhibit((sentence(METHOD), *([bullets(told, "coverage")] if told else [])))
