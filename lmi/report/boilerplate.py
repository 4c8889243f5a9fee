"""Words that are the same on every profile: coverage, method, glossary."""

from __future__ import annotations

__all__ = ["COVERAGE", "GLOSSARY", "ILLUSTRATIVE", "METHOD", "SHIFT_SHARE"]

ILLUSTRATIVE = (
    "The state, the region and every number on this page are made up to show what a profile "
    "looks like. Do not quote them."
)

METHOD = (
    "This profile follows Step 2 of the Next Generation Sector Partnerships method, which looks "
    "for sectors that drive the regional economy by their jobs, their pay or their concentration, "
    "and that are growing. Data is one piece of the picture: what the team knows on the ground "
    "counts as much."
)

SHIFT_SHARE = (
    "How to read it: gray is what the sector would have gained at the pace of all jobs in {place}, "
    "orange is what its industries did there beyond or below that pace, and blue is the rest, the "
    "local share. The diamond is the net change; a line through it shows where that lies nine "
    "times in ten."
)

COVERAGE = (
    "The Quarterly Census of Employment and Wages counts jobs, not people, at the place of work. "
    "A person with two jobs counts twice.",
    "It covers jobs under unemployment insurance, more than 95 percent of all wage and salary "
    "jobs. The self-employed are not in it, nor are most farm operators and unpaid family workers, "
    "and few farms are.",
    "Pay is total wages, with bonuses, divided by the average number of jobs, full-time and "
    "part-time alike. It is as it was paid; only where prices of a year are named is it in these.",
    "Candidate sectors are working definitions and may overlap. Their jobs must not be added up.",
)

GLOSSARY = {
    "Candidate sector": (
        "A working definition of a sector that the team might choose: a set of industries and "
        "kinds of employers. It is cheap to change."
    ),
    "90% sure": (
        "The range in which the true number lies about nine times in ten, going by how far such "
        "estimates were off where the number was known. Also called a 90% interval."
    ),
    "Driver of the economy": (
        "A sector with many jobs here, with pay above the region's average, or with a larger share "
        "of jobs than elsewhere. One of the three is enough; the last two count only where it is "
        "no handful of jobs or employers."
    ),
    "Engagement": (
        "How many organizations already work with a sector's employers, by the team's own list."
    ),
    "Estimated (≈)": (
        "A number of which a part is not published and has been estimated from what is. It is "
        "given to three digits, with its range. In charts a hollow mark is mostly estimated."
    ),
    "Hard bounds": (
        "The smallest and the largest number that the published totals allow at all. The 90% range "
        "lies within them and is much narrower."
    ),
    "Industry code (NAICS)": (
        "The standard code of an industry. The more digits, the finer: 31-33 is manufacturing, "
        "3364 is aerospace products. The codes are revised every five years."
    ),
    "Job": (
        "A filled position, averaged over the twelve months of the year, full-time or part-time."
    ),
    "Local share": (
        "The part of a change in jobs that neither the growth of all jobs in the nation (or the "
        "state) nor the trend of the same industries there explains. Also called competitive share."
    ),
    "Location quotient": (
        "A sector's share of all jobs here, divided by its share in the nation or the state. "
        "1 is the same share, 2 is twice the share."
    ),
    "On the ground": (
        "What people who know a sector say of it, rated from 1 (against) to 5 (for). It is kept "
        "apart from the statistics and changes none of them."
    ),
    "Pay threshold": (
        "The yearly pay of one job that sustains a family of the stated size, by the source named. "
        "Average pay above it does not mean that every job pays that much."
    ),
    "Place of business": (
        "A location where an employer works, such as one shop or one plant. Called an "
        "establishment in the source."
    ),
    "Score": (
        "Each criterion turns a number into 0 to 100 between fixed lines, the same for all "
        "sectors; the score is their mean, each with its weight."
    ),
    "Stands in": (
        "Where a criterion has no data here, another that asks nearly the same is read in its "
        "place, such as past growth for projected growth."
    ),
    "Too uncertain to say": (
        "The range is so wide that a number would mislead: its upper end is more than three times "
        "the lower, or a change may be a clear loss or a clear gain."
    ),
    "Weighting": (
        "How much each criterion counts. Over all weightings means: in draws of ten "
        "thousand sets of weights, each as likely as any other."
    ),
    "Withheld": (
        "Not published, so that no single employer can be recognized. Withheld is missing, it is "
        "not zero. A year is withheld where one of its quarters is."
    ),
}
