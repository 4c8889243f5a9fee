"""The ranking, what it is made of and how firm it is, as fragments of HTML.

Everything that comes from a file or a person is escaped. Colours are told apart with any common
colour vision, and what they say stands there in words or numbers, too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from lmi import words
from lmi.assessment.region import LiveAssessment
from lmi.bench.ranked_rows import Contribution, RankedRow
from lmi.report.markup import element, escape, list_of, paragraph
from lmi.words.intervals import JOBS

__all__ = [
    "ABOUT_WORDS",
    "STYLE",
    "changes_html",
    "heat_html",
    "legend_html",
    "message_html",
    "numbers_html",
    "ranking_html",
]

ABOUT_WORDS = {
    "any": "any weights at all",
    "stated": "weights around mine",
    "order": "weights in my order",
}
"""Which weights the robustness is over."""

# Okabe and Ito's colours in an order that sets neighbours apart; from the ninth on, with stripes.
COLOURS = (
    "#0072b2", "#e69f00", "#56b4e9", "#009e73", "#cc79a7", "#f0e442", "#c44e00", "#98a3ad",
)  # fmt: skip
STRIPES = (
    "repeating-linear-gradient(45deg,#ffffff 0 2px,transparent 2px 6px)",
    "repeating-linear-gradient(-45deg,#1d2a35 0 1px,transparent 1px 5px)",
)
HEAT = (0, 114, 178)
EVEN = 0.179  # at this luminance black and white type have the same contrast

STYLE = """<style>
.lmi-bench{color:#1d2a35;background:#fff;font-size:13px;line-height:1.35}
.lmi-bench h4{margin:0 0 2px;font-size:14px}
.lmi-bench p{margin:0 0 4px}
.lmi-bench table{border-collapse:collapse;width:100%;margin:0;table-layout:auto;font-size:13px}
.lmi-bench th,.lmi-bench td{padding:1px 4px;line-height:1.2;text-align:left;border:0;
 background:#fff;color:#1d2a35;font-weight:normal;vertical-align:middle;max-width:none}
.lmi-bench thead th{color:#56636e;font-size:12px;border-bottom:1px solid #d3dae0;
 vertical-align:bottom}
.lmi-bench .num{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.lmi-bench thead .num{white-space:normal}
.lmi-bench .name{min-width:125px}
.lmi-bench .bar{display:flex;width:100%;min-width:100px;height:15px;background:#eef1f3}
.lmi-bench .bar span{display:block;height:15px;box-sizing:border-box;border-right:1px solid #fff}
.lmi-bench .legend{display:flex;flex-wrap:wrap;gap:2px 12px;margin:2px 0 4px;padding:0;
 list-style:none;font-size:12px}
.lmi-bench .legend i{display:inline-block;width:11px;height:11px;margin-right:4px;
 vertical-align:-1px}
.lmi-bench .muted{color:#56636e;font-size:12px}
.lmi-bench .unseen{position:absolute;left:-9999px}
.lmi-bench .heat td,.lmi-bench .heat .num{text-align:center;min-width:17px;padding:2px 0;
 font-size:10.5px;border:1px solid #fff}
.lmi-bench .wide{overflow-x:auto}
.lmi-bench ul.said{margin:0;padding-left:18px}
.lmi-bench .message{padding:4px 8px;border-left:4px solid #0072b2;background:#eef5fa}
.lmi-bench .error{border-left-color:#c44e00;background:#fdf1e7}
.lmi-desk .widget-tab-contents{padding:6px!important}
.lmi-desk .lm-TabBar-tab{min-width:0!important;flex:0 0 auto!important;padding:0 9px!important}
.lmi-desk button.jupyter-button{padding:0 7px}
</style>"""


def fill(criterion: int) -> str:
    """Return the background of a criterion, the same wherever it is shown.

    Examples
    --------
    >>> fill(0), fill(8).startswith("#0072b2 repeating")
    ('#0072b2', False)
    """
    colour, again = COLOURS[criterion % len(COLOURS)], criterion // len(COLOURS)
    return colour if not again else f"{STRIPES[(again - 1) % len(STRIPES)]},{colour}"


def legend_html(pieces: Iterable[Contribution]) -> str:
    """Write which colour is which criterion, with its share of the weights."""
    items = "".join(
        f'<li><i style="background:{fill(p.criterion)}" aria-hidden="true"></i>'
        f"{escape(p.name)} {words.share(p.weight).replace('.0%', '%')}</li>"
        for p in pieces
        if p.weight > 0
    )
    return f'<ul class="legend" aria-label="Colors of the criteria and their weights">{items}</ul>'


def ranking_html(placed: Sequence[RankedRow], weights: Sequence[Contribution], where: str) -> str:
    """Write the ranking: each score as a bar of what it is made of, and how firm the rank is.

    Parameters
    ----------
    placed : sequence of RankedRow
        Best first.
    weights : sequence of Contribution
        One a criterion, with its weight: for the legend.
    where : str
        Region and year, for the caption.
    """
    heads = (
        ("Rank", "num"), ("", ""), ("Sector", ""), ("Score, and what it is made of", ""),
        ("Score", "num"), ("Range of rank", "num"), ("Chance of top 3", "num"),
        ("Jobs", "num"),
    )  # fmt: skip
    head = "".join(f'<th scope="col"{_class(kind)}>{escape(text)}</th>' for text, kind in heads)
    body = "".join(map(_row, placed))
    return (
        f'<div class="lmi-bench ranking" role="region" aria-label="Ranking"><h4>{escape(where)}'
        f"</h4>{legend_html(weights)}<table><thead><tr>{head}</tr></thead><tbody>{body}"
        "</tbody></table></div>"
    )


def _row(one: RankedRow) -> str:
    jobs = words.marked(words.whole(one.row[JOBS]), one.row["emplvl_estimated_share"])
    score = f"{100 * one.row['score']:.1f}" if one.rank else "no data"
    span = words.place_range(one.row["rank_lo"], one.row["rank_hi"])
    top3 = words.whole_share(one.row["top3_chance"]) if one.rank else ""
    cells = (
        _cell(str(one.rank or "–"), "num"), _moved(one),
        f'<th scope="row" class="name" title="{escape(one.name)}">{escape(one.name)}</th>',
        f"<td>{_bar(one)}</td>", _cell(score, "num"), _cell(span, "num"),
        _cell(top3, "num"), _cell(jobs, "num"),
    )  # fmt: skip
    return f'<tr data-sector="{escape(one.key)}">{"".join(cells)}</tr>'


def _moved(one: RankedRow) -> str:
    if one.rank is not None and one.rank_saved is None:
        return '<td class="muted" title="not saved">new</td>'
    if not one.moved:
        return '<td class="muted"></td>'
    said = f"{'up' if one.moved > 0 else 'down'} {abs(one.moved)} from what is saved"
    arrow = "▲" if one.moved > 0 else "▼"
    return (
        f'<td class="muted" title="{said}"><span aria-hidden="true">{arrow}{abs(one.moved)}</span>'
        f'<span class="unseen">{said}</span></td>'
    )


def _bar(one: RankedRow) -> str:
    """Write a score as a bar: one stretch a criterion, as long as what it adds."""
    shown = [p for p in one.contributions if p.contribution > 0]
    said = "; ".join(f"{p.name} {100 * p.contribution:.0f}" for p in shown) or "nothing"
    pieces = "".join(
        f'<span style="width:{100 * p.contribution:.2f}%;background:{fill(p.criterion)}" '
        f'title="{escape(_piece_words(p))}"></span>'
        for p in shown
    )
    return f'<div class="bar" role="img" aria-label="{escape(said)}">{pieces}</div>'


def _piece_words(piece: Contribution) -> str:
    instead = " (another criterion stands in)" if piece.stands_in else ""
    return (
        f"{piece.name}: {100 * piece.contribution:.1f} of {100 * piece.weight:.1f} points{instead}"
    )


def numbers_html(placed: Sequence[RankedRow], weights: Sequence[Contribution]) -> str:
    """Write what each criterion adds to each score, in points of a hundred."""
    shown = [p for p in weights if p.weight > 0]
    head = "".join(
        f'<th scope="col" class="num">{escape(p.name)}<br>of {100 * p.weight:.1f}</th>'
        for p in shown
    )
    body = "".join(
        f'<tr><th scope="row" class="name">{escape(one.name)}</th>'
        + "".join(_points(one.contributions[p.criterion]) for p in shown)
        + _cell(f"{100 * one.row['score']:.1f}" if one.rank else "", "num")
        + "</tr>"
        for one in placed
    )
    note = (
        "Points of a hundred. A dash: no data, so the other criteria share its weight. "
        "An asterisk: another criterion stands in."
    )
    return (
        '<div class="lmi-bench wide" role="region" aria-label="Contributions" tabindex="0">'
        "<table><thead><tr>"
        f'<th scope="col">Sector</th>{head}<th scope="col" class="num">Score</th></tr></thead>'
        f"<tbody>{body}</tbody></table>{paragraph(note, 'muted')}</div>"
    )


def _points(piece: Contribution) -> str:
    if np.isnan(piece.value):
        return _cell("–", "num")
    return _cell(f"{100 * piece.contribution:.1f}{'*' if piece.stands_in else ''}", "num")


def heat_html(found: LiveAssessment) -> str:
    """Write the chance of every rank as a strip of shades with the percentages in them."""
    wide = found.robustness.pivot_table("chance", "candidate", "rank")
    chances = dict(zip(wide.index, wide.to_numpy().tolist(), strict=True))
    shown = found.candidates.dropna(subset="rank").sort_values(["rank", "candidate_name"])
    head = "".join(f'<th scope="col" class="num">{rank}</th>' for rank in wide.columns)
    body = "".join(
        f'<tr><th scope="row" class="name">{escape(name)}</th>'
        + "".join(map(_heat, chances[key]))
        + "</tr>"
        for key, name in zip(shown["candidate"], shown["candidate_name"], strict=True)
    )
    said = (
        f"Chance of every rank, over {ABOUT_WORDS[found.about]} and the ranges of the data. "
        "Darker is likelier; blank is under 1%."
    )
    return (
        '<div class="lmi-bench" role="region" aria-label="How firm the ranks are">'
        f'{paragraph(said)}<div class="wide" tabindex="0"><table class="heat"><thead><tr>'
        f'<th scope="col">Sector</th>{head}</tr>'
        f"</thead><tbody>{body}</tbody></table></div></div>"
    )


def _heat(value: float) -> str:
    if value < 0.005:
        return "<td></td>"
    # by the root, so that small chances can be seen; from 4 % to 100 % of the color
    depth = 0.04 + 0.96 * value**0.5
    shade = tuple(round(255 - depth * (255 - c)) for c in HEAT)
    ink = "#000000" if _luminance(shade) > EVEN else "#ffffff"
    colour = ",".join(map(str, shade))
    return f'<td style="background:rgb({colour});color:{ink}">{100 * value:.0f}</td>'


def _luminance(shade: Sequence[int]) -> float:
    """Return how light a color is, 0 to 1, as WCAG 2.2 reckons it."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
              for c in (x / 255 for x in shade)]  # fmt: skip
    return float(np.dot((0.2126, 0.7152, 0.0722), linear))


def changes_html(sentences: Sequence[str], unsaved: Sequence[str]) -> str:
    """Write what differs from what is saved."""
    if not sentences:
        return (
            '<div class="lmi-bench changes" role="region" aria-label="What changed"><h4>What '
            "changed</h4><p>Nothing: this is what the files say.</p></div>"
        )
    not_saved = (
        f"Not saved yet: {words.listing(unsaved)}."
        if unsaved
        else "All of it is in the files, or in the line that opens the bench so."
    )
    return (
        '<div class="lmi-bench changes" role="region" aria-label="What changed"><h4>What changed'
        f"</h4>{list_of(sentences, 'said')}{paragraph(not_saved, 'muted')}</div>"
    )


def message_html(text: str, is_error: bool = False) -> str:
    """Write what was done, or why it cannot be, where a screen reader notices."""
    if not text:
        return '<div class="lmi-bench" role="status"></div>'
    kind = "message error" if is_error else "message"
    role = "alert" if is_error else "status"
    return f'<div class="lmi-bench" role="{role}">{element("p", text, class_=kind)}</div>'


def _class(kind: str) -> str:
    return f' class="{kind}"' if kind else ""


def _cell(text: str, kind: str) -> str:
    return element("td", text, class_=kind)
