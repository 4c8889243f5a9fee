"""What a profile cannot show with the data at hand: a line each, with what would bring it."""

from __future__ import annotations

from lmi.missing import Missing
from lmi.report.figures.bubble_points import bubble_points
from lmi.report.figures.shift_share_bars import shift_share_split
from lmi.report.figures.trend import trend_lines
from lmi.report.profile import Profile
from lmi.report.sentences.context import absent_lines
from lmi.report.sentences.job_changes import shift_share_sentence
from lmi.report.sentences.outlook import projections_sentence
from lmi.report.sentences.pay_over_years import prices_sentence
from lmi.report.sentences.people import engagement_sentence, knowledge_sentence
from lmi.report.tables.outlook import outlook_table

__all__ = ["NEVER_THERE", "lines_of_absent"]

NEVER_THERE = (
    "Occupations, job openings and the education that jobs ask for are not in the Quarterly Census "
    "of Employment and Wages; the Occupational Employment and Wage Statistics of the Bureau of "
    "Labor Statistics and the state's occupational projections have them."
)


def lines_of_absent(profile: Profile) -> list[str]:
    """Say of each section that shows nothing why that is."""
    split = shift_share_split(profile)
    has_change = split.table["emplvl_chg"].notna().any()
    lines = [
        "" if has_change else shift_share_sentence(profile, split),
        "" if not trend_lines(profile.trend).empty
        else "The data at hand cover too few years to draw how jobs moved over time.",
        prices_sentence(profile.trend),
        "" if not bubble_points(profile).table.empty
        else "No candidate sector has jobs, a change in jobs and a location quotient that are all "
        "known, so the chart of the three is not drawn.",
        "" if outlook_table(profile, "") else projections_sentence(profile),
        *absent_lines(profile.setting, profile.state.slug),
        str(profile.counties) if isinstance(profile.counties, Missing) else "",
        "" if len(profile.engagement) else engagement_sentence(profile),
        "" if len(profile.knowledge) else knowledge_sentence(profile),
        NEVER_THERE,
    ]  # fmt: skip
    return [line for line in lines if line]
