"""Figures, read off their axes."""

from __future__ import annotations

import itertools
from dataclasses import replace
from types import SimpleNamespace
from typing import NamedTuple

import numpy as np
import pandas as pd
import pytest
from matplotlib.collections import PathCollection, PolyCollection
from matplotlib.colors import to_hex
from matplotlib.container import ErrorbarContainer
from matplotlib.patches import Circle

from lmi.analysis.real_pay import add_real_pay
from lmi.assessment.context import SURVEY, Commuting
from lmi.config import Asked, Criterion
from lmi.reference.consumer_prices import known_price_indexes
from lmi.report import style
from lmi.report.figures.bubble import bubble_figure, unlabelled
from lmi.report.figures.bubble_points import bubble_points
from lmi.report.figures.context import commuting_figure
from lmi.report.figures.contributions import contribution_table, contributions_figure
from lmi.report.figures.pay_lines import pay_figure, pay_lines
from lmi.report.figures.region_map import region_map_figure, state_counties
from lmi.report.figures.robustness import SHADES, robustness_figure, shade_of
from lmi.report.figures.shift_share_bars import shift_share_figure, shift_share_split
from lmi.report.figures.trend import trend_figure, trend_lines
from lmi.report.sentences.place import trend_sentence

NAN = float("nan")
EVERY = ("care", "build", "food", "shops", "craft", "mines", "space", "woods")


def changes_figure(profile):
    return shift_share_figure(profile, shift_share_split(profile))


def years_figure(profile):
    return trend_figure(profile, profile.trend)


def map_figure(profile):
    return region_map_figure(profile, state_counties(profile.region, profile.counties))


FIGURES = (
    changes_figure, bubble_figure, years_figure, map_figure, robustness_figure,
    contributions_figure,
)  # fmt: skip


class Bar(NamedTuple):
    begin: float
    end: float
    row: float
    colour: np.ndarray


def axes(figure):
    (ax,) = figure.fig.axes
    return ax


def names(ax):
    return [label.get_text().replace("\n", " ") for label in ax.get_yticklabels()]


def texts(ax):
    return [text.get_text() for text in ax.texts]


def bars(ax, label=None):
    """Each bar's place and extent, from where it begins to where it ends, and its colour."""
    found = [c for c in ax.collections if isinstance(c, PolyCollection)]
    return [
        Bar(path.vertices[0, 0], path.vertices[1, 0], path.vertices[[0, 2], 1].mean(), look)
        for c in found if label is None or c.get_label() == label
        for path, look in zip(c.get_paths(), itertools.cycle(c.get_facecolor()), strict=False)
    ]  # fmt: skip


def test_the_parts_of_shift_share_add_up_to_the_diamonds(profile):
    ax = axes(changes_figure(profile))
    width = {
        label: np.array([bar.end - bar.begin for bar in bars(ax, label)])
        for label in ("National growth", "Industry trend", "Local share")
    }
    (net,) = [line for line in ax.lines if line.get_marker() == "D"]
    known = ~np.isnan(net.get_xdata())
    assert sum(width.values())[known] == pytest.approx(net.get_xdata()[known])
    assert width["Local share"][0] == pytest.approx(280)


def test_stacked_parts_do_not_cover_each_other(profile):
    ax = axes(changes_figure(profile))
    for row in range(len(names(ax))):
        spans = sorted(sorted((bar.begin, bar.end)) for bar in bars(ax) if round(bar.row) == row)
        assert all(a[1] <= b[0] + 1e-9 for a, b in itertools.pairwise(spans))


def test_shift_share_says_why_a_change_is_not_drawn(profile):
    written = texts(axes(changes_figure(profile)))
    assert "not compared: codes changed" in written
    assert "withheld" in written


def test_a_range_so_wide_that_all_else_would_vanish_ends_in_arrows(make_profile):
    wide = {"emplvl_chg": NAN, "emplvl_chg_lo": -50_000.0, "emplvl_chg_hi": 50_000.0}
    ax = axes(changes_figure(make_profile(candidates={"build": wide})))
    low, high = ax.get_xlim()
    assert -2_000 < low < high < 2_000
    arrows = {line.get_marker(): len(line.get_xdata()) for line in ax.lines}
    assert arrows["<"] == arrows[">"] == 1
    assert "−50,000 to +50,000" in texts(ax)


def test_what_has_no_jobs_is_drawn_nowhere(profile):
    assert "Forest products" not in names(axes(changes_figure(profile)))


def test_without_the_nation_the_change_is_split_against_the_state(make_profile):
    ours = {"national_growth_state": 10.0, "industry_mix_state": 5.0, "competitive_share": NAN}
    states = {**ours, "competitive_share_state": 385.0}
    profile = make_profile(candidates={"care": states}, only=("care",))
    figure = changes_figure(profile)
    assert [bar.end - bar.begin for bar in bars(axes(figure))] == [10, 5, 385]
    legend = [text.get_text() for text in figure.fig.legends[0].get_texts()]
    assert legend == ["State growth", "Industry trend", "Local share", "Net change"]
    assert "in Sample" in figure.alt


def test_with_nothing_to_compare_with_the_change_alone_is_drawn(make_profile):
    profile = make_profile(candidates={key: {"competitive_share": NAN} for key in EVERY})
    figure = changes_figure(profile)
    assert [bar.end - bar.begin for bar in bars(axes(figure))][:2] == [400, 90]
    assert figure.fig.legends == []


def test_bubbles_are_at_growth_and_quotient_with_area_by_jobs(make_profile):
    profile = make_profile(only=("care", "build", "food"))
    ax = axes(bubble_figure(profile))
    drawn = [c for c in ax.collections if isinstance(c, PathCollection)]
    spots = [tuple(np.round(c.get_offsets()[0], 3)) for c in drawn]
    assert spots == [(11.111, 1.5), (-4.762, 1.1), (0.0, 2.4)]
    sizes = [c.get_sizes()[0] for c in drawn]
    assert sizes[1] / sizes[0] == pytest.approx(2000 / 4000)
    assert to_hex(drawn[0].get_facecolor()[0]) == style.BLUE


def test_a_runaway_growth_is_drawn_at_the_edge_with_its_number(make_profile):
    profile = make_profile(candidates={"craft": {"emplvl_pct_chg": 900.0}})
    figure = bubble_figure(profile)
    left, right = axes(figure).get_xlim()
    assert right < 100
    assert any("(≈+900.0%)" in text for text in texts(axes(figure))), "as tables write it"
    spots = [
        c.get_offsets()[0][0] for c in axes(figure).collections if isinstance(c, PathCollection)
    ]
    assert all(left < x < right for x in spots)


def test_a_quotient_far_off_is_drawn_at_the_end_of_the_band_with_its_number(make_profile):
    figure = bubble_figure(make_profile(candidates={"care": {"lq": 30.0}, "food": {"lq": 0.01}}))
    bottom, top = axes(figure).get_ylim()
    assert bottom > 0.05
    assert top < 20
    written = " ".join(texts(axes(figure)))
    assert "LQ 30.00" in written
    assert "LQ ≈0.01" in written, "as tables write what is estimated"


def test_an_estimate_beyond_the_axes_is_written_as_in_the_tables_and_words_are_over_bubbles(
    make_profile,
):
    """Rio Blanco, energy: "LQ 18.68" at the bubble, ≈18.7 in the tables, over a corner's words."""
    far = {"lq": 18.68, "lq_lo": 18.0, "lq_hi": 19.5, "emplvl_estimated_share": 1.0}
    ax = axes(bubble_figure(make_profile(candidates={"care": far})))
    assert "LQ ≈18.7" in " ".join(texts(ax))
    bubbles = max(c.get_zorder() for c in ax.collections if isinstance(c, PathCollection))
    corners = [t for t in ax.texts if "osing" in t.get_text() or "rowing" in t.get_text()]
    assert len(corners) == 4 and all(text.get_zorder() > bubbles for text in corners)


def test_a_survey_of_five_years_has_all_of_them_over_its_picture(profile):
    """Central Ohio: "Who comes in to work and who goes out, 2013", by a survey of 2009 to 2013."""

    class Flows(SimpleNamespace):
        years, counts = Commuting.years, Commuting.counts

    people = dict.fromkeys(("stay", "comes_in", "goes_out"), SimpleNamespace(value=10.0))
    figure = commuting_figure(profile, Flows(table=SURVEY, year=2013, **people))
    assert "who goes out, 2009 to 2013" in " ".join(text.get_text() for text in figure.fig.texts)
    assert "Bars of workers in 2009 to 2013" in figure.alt


def test_bubbles_leave_out_what_cannot_be_drawn(profile):
    points = bubble_points(profile)
    assert points.left_out == ("Retail trade", "Aerospace and defense")


def test_no_label_of_a_bubble_covers_another_label_or_a_corner(profile):
    figure = bubble_figure(profile)
    ax = axes(figure)
    renderer = figure.fig.canvas.get_renderer()
    boxes = [text.get_window_extent(renderer) for text in ax.texts]
    assert len(boxes) >= 4 + len(bubble_points(profile).table)
    for index, box in enumerate(boxes):
        for other in boxes[index + 1 :]:
            assert not box.overlaps(other)
    assert unlabelled(figure, bubble_points(profile)) == ()


def test_sizes_in_the_legend_are_those_of_the_bubbles_and_follow_the_data(profile):
    figure = bubble_figure(profile)
    circles = [artist for artist in figure.fig.artists if isinstance(artist, Circle)]
    amounts = [float(text.get_text().replace(",", "")) for text in figure.fig.texts
               if text.get_text().replace(",", "").isdigit()]  # fmt: skip
    assert amounts == [2_000, 400, 100]
    largest = bubble_points(profile).table["annual_avg_emplvl"].max()
    assert amounts[0] > largest / 2.5
    areas = np.array([circle.radius**2 for circle in circles])
    assert areas / areas[0] == pytest.approx(np.array(amounts) / amounts[0])
    of_largest = max(axes(figure).collections, key=lambda c: c.get_sizes()[0]).get_sizes()[0]
    drawn = (2 * 72 * circles[0].radius) ** 2
    assert drawn / of_largest == pytest.approx(amounts[0] / largest)


def test_trend_starts_at_100_and_names_its_lines(profile):
    ax = axes(years_figure(profile))
    lines = [line for line in ax.lines if len(line.get_xdata()) == 6]
    assert [line.get_ydata()[0] for line in lines] == [100, 100, 100]
    assert lines[0].get_ydata()[-1] == pytest.approx(106, abs=0.01)
    ends = {text.replace("\n", " ") for text in texts(ax)}
    assert ends == {"North & West 106", "Sample 110", "Nation 103"}


def test_a_trend_breaks_where_years_are_missing_and_says_so(state_tables, make_profile):
    gone = state_tables.trend["year"].isin([2019, 2021])
    state_tables.trend.loc[gone, "annual_avg_emplvl"] = NAN
    figure = years_figure(make_profile())
    drawn = np.array(
        [line.get_ydata() for line in axes(figure).lines if len(line.get_xdata()) == 6]
    )
    assert np.isnan(drawn[:, [1, 3]]).all() and np.isfinite(drawn[:, [0, 2, 4, 5]]).all()
    assert texts(axes(figure)).count("no data") == 2
    assert "No data, and no line, in 2019 and 2021." in figure.alt
    said = trend_sentence(make_profile(), trend_lines(make_profile().trend))
    assert said.endswith("There is no data of 2019 and 2021, so the line is broken there.")


def test_a_trend_needs_three_years(state_tables, make_profile):
    state_tables.trend.loc[state_tables.trend["year"] < 2022, "annual_avg_emplvl"] = NAN
    assert trend_lines(make_profile().trend).empty


def test_pay_is_drawn_as_it_was_paid_and_in_prices_of_the_newest_year(profile):
    figure = pay_figure(profile, pay_lines(profile.trend))
    real, paid = axes(figure).lines
    assert [real.get_label(), paid.get_label()] == ["In prices of 2023", "As paid"]
    assert paid.get_ydata()[0] == 40_000 and real.get_ydata()[0] == pytest.approx(48_537.4, abs=0.1)
    assert real.get_ydata()[-1] == paid.get_ydata()[-1] == 50_000
    assert "As paid: $40,000 in 2018, $50,000 in 2023. In prices of 2023: $48,500 in" in figure.alt


def test_pay_of_a_year_without_prices_is_drawn_as_it_was_paid_alone(profile):
    prices = {year: index for year, index in known_price_indexes().items() if year < 2022}
    lines = pay_lines(add_real_pay(profile.trend, prices))
    real, paid = axes(pay_figure(profile, lines)).lines
    assert real.get_label() == "In prices of 2021"
    assert np.isnan(real.get_ydata()[-2:]).all() and np.isfinite(paid.get_ydata()).all()
    lines = pay_lines(add_real_pay(profile.trend, {}))
    (only,) = axes(pay_figure(profile, lines)).lines
    assert only.get_label() == "As paid"


def test_a_band_shows_how_far_estimated_pay_is_known(profile):
    wide = profile.trend.assign(avg_annual_pay_lo=0.9 * profile.trend["avg_annual_pay"])
    lines = pay_lines(add_real_pay(wide, known_price_indexes()))
    assert len(axes(pay_figure(profile, lines)).collections) == 2


def test_pay_needs_three_years(profile):
    assert pay_lines(profile.trend[profile.trend["year"] > 2021]) is None


def test_the_map_highlights_the_counties_of_the_region_alone(profile):
    figure = map_figure(profile)
    ax = axes(figure)
    ground, inside, border = ax.patches
    assert len(inside.get_path().vertices) == 2 * 5  # two squares
    assert len(ground.get_path().vertices) == 2 * 5  # two squares of the state, none of the other
    assert border.get_path().vertices.min(axis=0).tolist() == [-100, 40]
    assert {"Aspen", "Birch"} <= set(texts(ax))
    assert figure.alt == (
        "Map of Sample with the 2 counties of North & West highlighted: Aspen and Birch."
    )


@pytest.mark.parametrize("draw", FIGURES)
def test_every_figure_has_words_and_a_footer_that_travels_with_it(make_profile, draw):
    figure = draw(make_profile(illustrative=True))
    assert len(figure.alt) > 40
    assert any("ILLUSTRATIVE DATA" in text.get_text() for text in figure.fig.texts)


@pytest.mark.parametrize("draw", FIGURES)
def test_every_figure_has_the_same_bytes_when_it_is_drawn_again(make_profile, draw):
    profile = make_profile()
    assert draw(profile).svg == draw(profile).svg
    assert draw(profile).svg == draw(profile).svg


@pytest.mark.parametrize("draw", FIGURES)
def test_nothing_of_a_figure_is_cut_off(profile, draw):
    figure = draw(profile)
    drawn = figure.fig.get_tightbbox()  # inches
    width, height = figure.fig.get_size_inches()
    assert drawn.x0 >= 0
    assert drawn.y0 >= 0
    assert drawn.x1 <= width
    assert drawn.y1 <= height


def test_a_change_that_is_too_uncertain_is_a_range_instead_of_a_number(make_profile):
    vague = {"emplvl_chg_is_vague": True, "emplvl_chg_lo": -90.0, "emplvl_chg_hi": 140.0}
    change = axes(changes_figure(make_profile(candidates={"craft": vague})))
    assert "too uncertain to say: −90 to +140" in texts(change)
    assert "≈+90" not in texts(change)


def test_a_net_change_has_a_line_where_it_lies_nine_times_in_ten(make_profile):
    moved = {"emplvl_chg_lo": -180.0, "emplvl_chg_hi": 60.0}
    profile = make_profile(candidates={"build": moved})
    ax = axes(changes_figure(profile))
    (error,) = [c for c in ax.containers if isinstance(c, ErrorbarContainer)]
    assert [s[:, 0].tolist() for s in error[2][0].get_segments()] == [[-180, 60]]


def test_bubbles_are_dotted_only_where_they_may_belong_in_another_corner(make_profile):
    sure = {"lq_lo": 1.4, "lq_hi": 1.6, "emplvl_pct_chg_lo": 10.0, "emplvl_pct_chg_hi": 12.0}
    unsure = {"lq_lo": 0.9, "lq_hi": 1.3, "emplvl_pct_chg_lo": -7.0, "emplvl_pct_chg_hi": -2.0}
    profile = make_profile(candidates={"care": sure, "build": unsure})
    dotted = [
        line.get_xydata().tolist() for line in axes(bubble_figure(profile)).lines
        if line.get_linestyle() == ":" or line.is_dashed()
    ]  # fmt: skip
    assert len(dotted) == 2
    assert [point[1] for point in dotted[1]] == [0.9, 1.3]


def test_a_bubble_that_is_too_uncertain_is_left_out(make_profile):
    points = bubble_points(make_profile(candidates={"care": {"lq_is_vague": True}}))
    assert "Health care" in points.left_out
    assert "Health care" not in set(points.table["candidate_name"])


def test_a_darker_cell_is_a_likelier_rank(profile):
    figure = robustness_figure(profile)
    (ax,) = figure.fig.axes
    cells = {
        (round(bar.row), round((bar.begin + bar.end) / 2)): to_hex(bar.colour)
        for bar in bars(ax)
    }  # fmt: skip
    assert cells[(0, 1)] == shade_of(0.62) == SHADES[-1][1]
    assert cells[(0, 3)] == shade_of(0.35)
    assert (0, 2) not in cells  # no chance, no cell
    lightness = [sum(int(colour[i : i + 2], 16) for i in (1, 3, 5)) for _, colour, _ in SHADES]
    assert lightness == sorted(lightness, reverse=True)  # readable without colour


def test_a_rank_that_withheld_numbers_may_move_has_a_line(profile):
    (ax,) = robustness_figure(profile).fig.axes
    spans = [tuple(line.get_xdata()) for line in ax.lines if len(line.get_xdata()) == 2]
    assert (2, 4) in spans and (3, 10) in spans
    assert (1, 1) not in spans


def test_the_chances_are_told_in_words(profile):
    figure = robustness_figure(profile)
    assert "Health care most often first (62%) or third (35%)" in figure.alt
    assert "Forest products" not in figure.alt


def test_contributions_stack_up_by_criterion(profile):
    (ax,) = contributions_figure(profile).fig.axes
    widths = [bar.end - bar.begin for bar in bars(ax) if bar.row < 0.5]
    table = contribution_table(profile)
    assert widths == pytest.approx((100 * table.loc["care"]).tolist())
    assert table.loc["care"].to_dict() == pytest.approx(
        {"pay": 0.75 * 0.75, "lq": 0.25 * (1.0 / 1.5)}  # weight times value
    )


def test_what_people_bring_is_hatched_and_statistics_are_not(profile, criteria):
    heard = Criterion(key="heard", name="Heard", question="?", measure="local_rating",
                      kind="ground", value=((1, 0), (5, 1)))  # fmt: skip
    extra = pd.DataFrame({"region": ["north"], "candidate": ["care"], "criterion": ["heard"],
                          "contribution": [0.2], "value": [0.8]})  # fmt: skip
    scores = pd.concat([profile.scores, extra], ignore_index=True)
    figure = contributions_figure(replace(profile, asked=Asked((*criteria, heard)), scores=scores))
    hatches = {
        text.get_text(): patch.get_hatch()
        for text, patch in zip(
            figure.fig.legends[0].get_texts(), figure.fig.legends[0].get_patches(), strict=True
        )
    }
    assert hatches["Heard"] and not hatches["Pay"] and not hatches["Concentration"]
