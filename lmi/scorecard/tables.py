"""The tables of a scorecard."""

from __future__ import annotations

import re

import pandas as pd

from lmi import words
from lmi.assessment.since_year import SectorSince
from lmi.missing import Missing
from lmi.report.display import PageColumn, PageTable, words_column
from lmi.schema.measures import MEASURES, OF_JOBS
from lmi.scorecard.card import Scorecard
from lmi.scorecard.catalogue import MetricDefinition
from lmi.scorecard.definition import ActionTeam, Priority, told_date
from lmi.scorecard.method import CATEGORIES, GROUPS, STAGES, Kind, reached
from lmi.scorecard.values import FEWEST, is_few, written
from lmi.words.how_sure import CONFIDENTIAL, JOBS, PAY
from lmi.words.intervals import NOT_TOLD, cell, rough_signed

__all__ = [
    "coverage_table", "measure_name", "members_table", "metrics_table", "phase_table",
    "sector_table", "target_told", "team_state", "teams_table",
]  # fmt: skip

YEARS_SHOWN = 4
_PLAIN = {
    "lq": "Times the nation's share of jobs",
    "lq_state": "Times the state's share of jobs",
}
DATE = re.compile(r"\b\d{4}-\d\d(?:-\d\d)?\b")
NOT_YET = "not yet expected"
FEW_NOTE = (
    f"n/a: nobody counted it, which is not zero. Fewer than {FEWEST} people or jobs are told as "
    "that."
)


def dates_column(title: str, name: str) -> PageColumn:
    """Show a column of dates, none of which is broken over two lines."""
    return PageColumn(title, lambda row: unbroken(str(row[name])), numeric=False)


def unbroken(text: str) -> str:
    """Keep the dates of a text from being broken at their hyphens."""
    return DATE.sub(lambda found: found[0].replace("-", "\N{NON-BREAKING HYPHEN}"), text)


def phase_table(card: Scorecard) -> PageTable | None:
    """List what each phase rests on; none where nothing is written down."""
    if not card.phase.claims:
        return None
    rows = [
        {"phase": c.phase, "claim": c.what, "date": c.date, "evidence": c.evidence,
         "source": c.source}
        for c in card.phase.claims
    ]  # fmt: skip
    return PageTable(
        "evidence", pd.DataFrame(rows), "What each phase rests on", "",
        [words_column("Claim", "claim"), dates_column("When", "date"),
         words_column("What shows it", "evidence"), words_column("Who says so", "source")],
        stack=True, group=lambda row: str(row["phase"]).capitalize(),
    )  # fmt: skip


def metrics_table(card: Scorecard, kind: Kind) -> PageTable | None:
    """Set the metrics of a kind against their own past and target, by whom they are about."""
    metrics = sorted(card.metrics(kind), key=lambda metric: list(GROUPS).index(metric.group))
    if not metrics:
        return None
    counted = {metric.key: card.readings.series(metric.key) for metric in metrics}
    found = {year for series in counted.values() for year in series} | {card.year}
    years = sorted(found)[-YEARS_SHOWN:]
    rows, layout = [], []
    for metric in metrics:
        series = counted[metric.key]
        shown = {"name": metric.name, "group": metric.group, "target": target_told(card, metric)}
        for year in years:
            value = series.get(year)
            expected = bool(series) or reached(card.phase.phase, metric.stage)
            text = written(value, metric, card.staff) if expected else NOT_YET
            shown[str(year)] = text
            told = None if is_few(value, metric, card.staff) else value
            rows.append(
                {"metric": metric.key, "name": metric.name, "group": metric.group,
                 "category": metric.category or "", "year": year, "value": told,
                 "unit": metric.unit, "told": text}
            )  # fmt: skip
        layout.append(shown)
    columns = [words_column("What is counted", "name")]
    columns += [_year_column(str(year)) for year in years]
    if any(row["target"] for row in layout):
        columns.append(words_column("Its own target", "target"))
    return PageTable(
        kind, pd.DataFrame(rows), "In numbers, year by year", "", columns, (FEW_NOTE,),
        pd.DataFrame(layout), group=lambda row: GROUPS[row["group"]],
    )  # fmt: skip


def _year_column(year: str) -> PageColumn:
    return PageColumn(year, lambda row: str(row[year]))


def target_told(card: Scorecard, metric: MetricDefinition) -> str:
    """Write a metric's target and where it began; empty where it has none."""
    target = card.partnership.said.targets.get(metric.key)
    if target is None:
        return ""
    goal = f"{written(target.value, metric, True)} by {target.by}"
    if target.baseline is None:
        return goal
    return (
        f"{goal} (before: {written(target.baseline, metric, card.staff)}, {target.baseline_date})"
    )


def teams_table(card: Scorecard) -> PageTable | None:
    """List priorities and their action teams, the open ones first."""
    known = [
        p for p in card.partnership.said.priorities if told_date(p.since).year <= card.year
    ]  # fmt: skip
    rows = [row for priority in known for row in _rows_of(priority, card.year)]
    if not rows:
        return None
    return PageTable(
        "action_teams", pd.DataFrame(rows), "Priorities and action teams", "",
        [words_column("Action team", "team"), words_column("Led by", "lead"),
         dates_column("Since", "started"), dates_column("How far", "state"),
         words_column("What came of it", "result")],
        stack=True, group=lambda row: str(row["priority"]),
    )  # fmt: skip


def _rows_of(priority: Priority, year: int) -> list[dict[str, str]]:
    solved = priority.solved
    is_solved = solved is not None and told_date(solved).year <= year
    head = f"{priority.name} (since {priority.since}{f', solved {solved}' if is_solved else ''})"
    teams = [t for t in priority.action_teams if told_date(t.started).year <= year]
    if not teams:
        return [{"priority": head, "team": "No action team yet", "lead": "", "started": "",
                 "state": "", "result": ""}]  # fmt: skip
    return [
        {"priority": head, "team": team.name, "lead": team.lead, "started": team.started,
         "state": team_state(team, year), "result": team.result if _is_done(team, year) else ""}
        for team in teams
    ]  # fmt: skip


def _is_done(team: ActionTeam, year: int) -> bool:
    return team.done is not None and told_date(team.done).year <= year


def team_state(team: ActionTeam, year: int) -> str:
    """Say how far an action team is at the end of a year."""
    win = ", a quick win" if team.quick_win else ""
    if _is_done(team, year):
        return f"done {team.done}{win}"
    if team.due is None:
        return f"under way{win}"
    past = told_date(team.due).last.year <= year
    return f"under way, was due {team.due}{win}" if past else f"under way, due {team.due}{win}"


def members_table(card: Scorecard) -> PageTable | None:
    """Count who is at the table, by kind."""
    members = card.partnership.said.members
    if not members:
        return None
    rows = [{"kind": kind.capitalize(), "members": number} for kind, number in members.items()]
    return PageTable(
        "members", pd.DataFrame(rows), "Members by kind", "",
        [words_column("Kind", "kind"),
         PageColumn("Members", lambda row: words.whole(row["members"]))],
    )  # fmt: skip


def coverage_table(card: Scorecard) -> PageTable:
    """Lay the six categories of impact out by stage."""
    cells = {(cell.category, cell.stage): cell for cell in card.coverage}
    rows = []
    for category, name in CATEGORIES.items():
        row = {"category": name}
        for stage in STAGES:
            cell = cells[category, stage]
            when = f" ({cell.year})" if cell.state == "measured before" else ""
            named = f": {words.listing(cell.metrics)}" if cell.metrics else ""
            row[stage] = f"{cell.state}{when}{named}"
        rows.append(row)
    columns = [words_column("Category", "category"), *(_stage_column(stage) for stage in STAGES)]
    return PageTable(
        "coverage", pd.DataFrame(rows), "Six categories of impact, by stage", "", columns,
        ("Measured before: not in this year. Not yet expected: of a stage that comes later. "
         "Missing: the stage is reached and nothing is written down; no partnership fills every "
         "box, and goals differ.",),
        stack=True,
    )  # fmt: skip


def _stage_column(stage: str) -> PageColumn:
    return PageColumn(
        f"{stage.capitalize()} stage", lambda row: str(row[stage]), numeric=False,
        tint=lambda row: "good" if str(row[stage]).startswith("measured") else "",
    )  # fmt: skip


def measure_name(key: str) -> str:
    """Name a measure for those who read no quotients: employers, boards and public partners."""
    return _PLAIN.get(key, MEASURES[key].head)


def sector_table(card: Scorecard) -> PageTable | None:
    """Show the sector's jobs, pay and concentration, and its change beside its state's."""
    found, own = card.sector, card.partnership
    if isinstance(found, Missing):
        return None
    told = [
        (measure_name(key), MEASURES[key].cell(found.row))
        for key in (JOBS, PAY, "pay_ratio", "lq", "lq_state")
    ]
    changes = _changes(found, own.state.name)
    frame = pd.DataFrame([*told[:1], *changes, *told[1:]], columns=["measure", "told"])
    named = f"{own.candidate.name} in {own.region.name}, {found.year}"
    return PageTable(
        "sector", frame, named, "",
        [words_column("Measure", "measure"), PageColumn("Value", lambda row: str(row["told"]))],
    )  # fmt: skip


def _changes(found: SectorSince, state_name: str) -> list[tuple[str, str]]:
    """Write how jobs changed, and how they would have at the state's pace."""
    if found.base_year is None:
        return []
    row, pct = found.row, found.state_pct_chg
    is_told = pct is not None or not words.holds(row, CONFIDENTIAL[1])
    pace = words.marked(words.signed_pct(pct), row.get(OF_JOBS)) if is_told else NOT_TOLD
    beyond = cell(row, "competitive_share_state", words.signed, OF_JOBS, rough_signed)
    return [
        (f"Change in jobs since {found.base_year}", MEASURES["emplvl_pct_chg"].cell(row)),
        (f"Change at its industries' pace in {state_name}", pace),
        ("Jobs beyond that pace", beyond),
    ]
