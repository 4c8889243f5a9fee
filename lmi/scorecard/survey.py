"""A survey as a workbook: what a partnership's phase asks, with last year's numbers beside it.

No more is asked than can be filled in within `LONGEST` minutes. The sheet that is read back is
`NUMBERS`; its columns of `FILLED` are those of the partnership's own file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from lmi import words
from lmi.errors import ConfigError
from lmi.report.workbook.sheet import LINE, TALLEST, Styles, in_cell, new_book
from lmi.scorecard.catalogue import MetricDefinition
from lmi.scorecard.dates import known_date
from lmi.scorecard.definition import Partnership
from lmi.scorecard.method import reached
from lmi.scorecard.phase import find_phase
from lmi.scorecard.readings import Readings, read_readings
from lmi.scorecard.sections import METHOD, fictional
from lmi.scorecard.values import written
from lmi.words import records

__all__ = [
    "FACTS", "FILLED", "HEADS", "LONGEST", "NUMBERS", "OF", "README", "YEAR", "SurveyScope", "ask",
    "beside", "survey_bytes",
]  # fmt: skip

LONGEST = 20
"""Minutes that a survey may take to fill in."""
README, NUMBERS, OF, YEAR = "Read me", "Numbers", "Partnership", "Year"
FACTS = (OF, "Name", YEAR, "Minutes", "For whom", "How", "Method", "Left out", "Illustrative")
"""What the first sheet says, each in a row with its name before it."""
HEADS = {
    "name": "What is counted", "collect": "How to count it", "unit": "Unit",
    "target": "Its own target",
}  # fmt: skip
"""Titles of the columns that help; that of the year before is titled by its year."""
FILLED = ("date", "value", "evidence", "source", "story", "metric")
"""What is read of a row; the other columns help to fill it in."""
SPARE = 8
README_WIDTH = 95  # signs
HOW = (
    "Fill in the yellow cells of the sheet Numbers. Leave a value blank where nobody counted it: "
    "blank is missing, 0 is none. Evidence says what would show it to another; without it no phase "
    "is claimed. Source says who counted. A story is a sentence or two; name nobody in it. In the "
    "rows below you may add other metrics by their key, or a second date."
)
PRIVATE = (
    "For the partnership and its state: not for publication. Small numbers are shown as they are."
)
WIDTHS = {"name": 30, "collect": 44, "unit": 11, "last": 13, "target": 20, "date": 11, "value": 11,
          "evidence": 28, "source": 24, "story": 44, "metric": 20}  # fmt: skip


@dataclass(frozen=True)
class SurveyScope:
    """What a survey asks.

    Parameters
    ----------
    metrics : tuple of MetricDefinition
        Within the minutes that a survey may take.
    left : tuple of MetricDefinition
        That the partnership chose, and which would take longer.
    """

    year: int
    metrics: tuple[MetricDefinition, ...]
    left: tuple[MetricDefinition, ...]

    @property
    def minutes(self) -> int:
        """What it takes to fill in."""
        return sum(metric.minutes for metric in self.metrics)


def ask(partnership: Partnership, readings: Readings, year: int | None = None) -> SurveyScope:
    """Choose what a partnership is asked: the state's handful, then what it chose, by its phase.

    Parameters
    ----------
    year : int, optional
        Of the survey; the one after the newest that was counted unless told.

    Raises
    ------
    ConfigError
        The year is before the partnership's launch, or none.
    """
    at = year or (partnership.launch.year if readings.year is None else readings.year + 1)
    if at < partnership.launch.year or known_date(str(at)) is None:
        raise ConfigError(
            f"{partnership.id} was launched in {partnership.launch.year}, so it has no survey of "
            f"the year {at}; name one from then on."
        )
    phase = find_phase(partnership, readings).phase
    chosen = [*partnership.catalogue.common, *partnership.chosen]
    due = [
        metric
        for metric in dict.fromkeys(chosen)
        if reached(phase, metric.stage) or readings.series(metric.key)
    ]
    kept: list[MetricDefinition] = []
    for metric in due:
        if sum(one.minutes for one in kept) + metric.minutes <= LONGEST:
            kept.append(metric)
    place = {key: at for at, key in enumerate(partnership.catalogue.metrics)}
    kept.sort(key=lambda metric: place[metric.key])
    return SurveyScope(at, tuple(kept), tuple(metric for metric in due if metric not in kept))


def survey_bytes(partnership: Partnership, year: int | None = None) -> bytes:
    """Make a partnership's survey.

    Returns
    -------
    bytes
        An XLSX file, the same for the same partnership and year.

    Raises
    ------
    ConfigError
        A row of its numbers cannot be, or the year is none of its own.
    """
    readings = read_readings(partnership)
    asked = ask(partnership, readings, year)
    buffer = BytesIO()
    book = new_book(buffer, f"{partnership.name}, {asked.year}")
    styles = Styles(book)
    _write_readme(book.add_worksheet(README), partnership, asked, styles)
    _write_numbers(book, partnership, readings, asked, styles)
    book.close()
    return buffer.getvalue()


def _write_readme(
    page: Worksheet, partnership: Partnership, asked: SurveyScope, styles: Styles
) -> None:
    facts = [
        (OF, partnership.id),
        ("Name", partnership.name),
        (YEAR, str(asked.year)),
        ("Minutes", f"about {asked.minutes}, where the lists are at hand"),
        ("For whom", PRIVATE),
        ("How", HOW),
        ("Method", METHOD),
    ]
    if asked.left:
        named = words.listing(words.lowered(metric.name) for metric in asked.left)
        facts.append(("Left out", f"It would take longer than {LONGEST} minutes: {named}."))
    if said := fictional(partnership.state.illustrative):
        facts.append(("Illustrative", said))
    page.write_string(0, 0, f"Survey: {partnership.name}, {asked.year}", styles.title)
    for row, (name, text) in enumerate(facts, start=2):
        page.write_string(row, 0, name, styles.name)
        page.write_string(row, 1, in_cell(text), styles.wrapped)
        page.set_row(row, min(LINE * -(-len(text) // README_WIDTH), TALLEST))
    page.set_column(0, 0, 16)
    page.set_column(1, 1, README_WIDTH)
    page.hide_gridlines(2)
    page.fit_to_pages(1, 0)


def _write_numbers(
    book: Workbook, partnership: Partnership, readings: Readings, asked: SurveyScope, styles: Styles
) -> None:
    page = book.add_worksheet(NUMBERS)
    heads = {**HEADS, "last": str(asked.year - 1)}
    filled = book.add_format(
        {"bg_color": "#FFF4CC", "border": 1, "text_wrap": True, "valign": "top"}
    )
    columns = list(WIDTHS)
    for column, key in enumerate(columns):
        page.write_string(0, column, heads.get(key, key), styles.head)
        page.set_column(column, column, WIDTHS[key])
    counted_by = _sources(readings)
    for row, metric in enumerate(asked.metrics, start=1):
        told = {
            **beside(metric, partnership, readings, asked.year), "metric": metric.key,
            "date": str(asked.year), "source": counted_by.get(metric.key, ""),
        }  # fmt: skip
        _write_row(page, row, columns, told, styles, filled)
        lines = (-(-len(told[key]) // (WIDTHS[key] - 4)) for key in ("name", "collect", "source"))
        page.set_row(row, min(LINE * max(lines), TALLEST))
        _bound(page, row, columns.index("value"), metric)
    for row in range(len(asked.metrics) + 1, len(asked.metrics) + 1 + SPARE):
        _write_row(page, row, columns, {}, styles, filled)
    page.freeze_panes(1, 1)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    page.set_footer("&LNot for publication")


def beside(
    metric: MetricDefinition, partnership: Partnership, readings: Readings, year: int
) -> dict[str, str]:
    """Return what stands beside the cells of a metric that are filled in, by column."""
    target = partnership.said.targets.get(metric.key)
    return {
        "name": metric.name, "collect": metric.collect, "unit": metric.unit,
        "last": written(readings.series(metric.key).get(year - 1), metric, True),
        "target": f"{written(target.value, metric, True)} by {target.by}" if target else "",
    }  # fmt: skip


def _write_row(
    page: Worksheet, row: int, columns: Sequence[str], told: dict[str, str], styles: Styles,
    filled: object,
) -> None:  # fmt: skip
    for column, key in enumerate(columns):
        style = filled if key in FILLED and (key != "metric" or not told) else styles.wrapped
        text = told.get(key, "")
        if text:
            page.write_string(row, column, in_cell(text), style)
        else:
            page.write_blank(row, column, None, style)


def _bound(page: Worksheet, row: int, column: int, metric: MetricDefinition) -> None:
    """Let the program remark, before it is sent, on a number that cannot be."""
    if metric.unit == "yes or no":
        page.data_validation(
            row, column, row, column,
            {"validate": "list", "source": [1, 0], "error_type": "warning",
             "error_message": "1 for yes, 0 for no, blank where nobody knows."},
        )  # fmt: skip
        return
    top = 100 if metric.unit == "percent" else 1e12
    page.data_validation(
        row, column, row, column,
        {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": top,
         "error_type": "warning", "error_message": f"A number of {metric.unit}, 0 or more."},
    )  # fmt: skip


def _sources(readings: Readings) -> dict[str, str]:
    """Who counted each metric last: mostly the same again."""
    return {str(row["metric"]): str(row["source"]) for row in records(readings.rows)}
