"""What every figure shares: colours, type, measures, the frame with its title and footer.

The colours are those of Okabe and Ito, which readers with any common colour vision tell apart;
they differ in lightness too, so that a print without colour stays readable. The type is the one
that ships with matplotlib, so that a figure is the same on every machine.

Sizes are inches. Figures are narrow (4.7 in) and their type is large for it: scaled to a
telephone they are still legible, and on paper they fit a column.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure as Canvas

if TYPE_CHECKING:
    from lmi.assessment.region import Assessment

__all__ = [
    "BLUE",
    "DPI",
    "GREY",
    "INK",
    "MUTED",
    "ORANGE",
    "PALE_BLUE",
    "RULE",
    "SKY",
    "VERMILION",
    "WIDTH",
    "Margins",
    "canvas",
    "drawing",
    "footer",
    "map_footer",
    "row_canvas",
    "wrapped",
]

INK = "#1d2a35"
MUTED = "#56636e"
RULE = "#d3dae0"
PAPER = "#ffffff"
BLUE = "#0072b2"
SKY = "#56b4e9"
PALE_BLUE = "#d3e6f3"
ORANGE = "#e69f00"
VERMILION = "#c44e00"  # Okabe-Ito vermilion, a shade darker so that text in it has contrast
GREY = "#98a3ad"

WIDTH = 4.7
DPI = 200
ROW_HEIGHT = 0.29
NAME_WIDTH = 1.66
NAME_CHARACTERS = 24
FOOTER_CHARACTERS = 84

RC: dict[str, Any] = {
    "font.family": ["DejaVu Sans"],
    "font.size": 8.5,
    "text.color": INK,
    "text.parse_math": False,  # a name with dollar signs is a name
    "axes.edgecolor": RULE,
    "axes.labelcolor": MUTED,
    "axes.labelsize": 8.5,
    "axes.linewidth": 0.8,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "axes.unicode_minus": True,
    "xtick.color": RULE,
    "xtick.labelcolor": MUTED,
    "ytick.color": RULE,
    "ytick.labelcolor": INK,
    "xtick.labelsize": 8,
    "ytick.labelsize": 8.5,
    "grid.color": "#e6eaee",
    "grid.linewidth": 0.8,
    "hatch.linewidth": 0.7,
    "legend.frameon": False,
    "legend.fontsize": 8,
    "savefig.bbox": None,
    "text.hinting": "none",  # a text is as wide in the drawing as it was when it was measured
    "svg.hashsalt": "lmi",
    "svg.fonttype": "none",  # text stays text: found, read aloud, and small
    "path.simplify": True,
}


@contextmanager
def drawing() -> Iterator[None]:
    """Draw, or save, in the project's style whatever the reader's own settings are.

    Examples
    --------
    >>> with drawing():
    ...     fig, ax = canvas(2.0, Margins(), title="Jobs")
    >>> float(fig.get_figwidth())
    4.7
    """
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(RC)
        yield


@dataclass(frozen=True)
class Margins:
    """Room around the plotting area, in inches."""

    left: float = 0.55
    right: float = 0.2
    top: float = 0.5
    bottom: float = 0.75


def canvas(
    height: float, margins: Margins, *, title: str, footer: str = "", legend_rows: int = 0
) -> tuple[Canvas, Axes]:
    """Make a figure with a title above, a footer below and one plotting area.

    Parameters
    ----------
    height : float, inches
        Height of the plotting area alone; the margins come on top of it.
    title : str
        Short title, set at the upper left.
    footer : str, optional
        Where and when the numbers are from: it stays with the picture when that is copied.
    legend_rows : int, optional
        Rows to keep free under the title.

    Examples
    --------
    >>> with drawing():
    ...     fig, ax = canvas(3.0, Margins(bottom=0.5, top=0.5), title="Jobs", footer="2016")
    >>> round(float(fig.get_figheight()), 2)
    4.0
    """
    top = margins.top + 0.22 * legend_rows
    total = height + top + margins.bottom
    fig = Canvas(figsize=(WIDTH, total), facecolor=PAPER, dpi=DPI, layout=None)
    FigureCanvasAgg(fig)
    inner = WIDTH - margins.left - margins.right
    ax = fig.add_axes(
        (margins.left / WIDTH, margins.bottom / total, inner / WIDTH, height / total),
        facecolor=PAPER,
    )
    # fixed places for the axes' names: looking for them costs a twelfth of the drawing time
    ax.xaxis.set_label_coords(0.5, -0.24 / height)
    ax.yaxis.set_label_coords(-(margins.left - 0.2) / inner, 0.5)
    edge = 0.04 / WIDTH
    fig.text(edge, 1 - 0.06 / total, title, fontsize=10.5, fontweight="bold", va="top")
    foot = textwrap.fill(footer, FOOTER_CHARACTERS)
    fig.text(edge, 0.07 / total, foot, fontsize=7, color=MUTED, va="bottom", linespacing=1.1)
    return fig, ax


def row_canvas(
    names: Sequence[str], *, title: str, footer: str = "", legend_rows: int = 0, right: float = 0.2
) -> tuple[Canvas, Axes]:
    """Make a figure with one horizontal row for each name, the first at the top.

    Parameters
    ----------
    names : sequence of str, length n
    right : float, inches, optional
        Room to the right of the plotting area.

    Returns
    -------
    fig : matplotlib.figure.Figure
    ax : matplotlib.axes.Axes
        Row i has y = i; the axis points down.

    Examples
    --------
    >>> with drawing():
    ...     fig, ax = row_canvas(["Health care", "Construction"], title="Jobs")
    >>> [label.get_text() for label in ax.get_yticklabels()]
    ['Health care', 'Construction']
    """
    margins = Margins(left=NAME_WIDTH, right=right, top=0.42, bottom=0.72)
    height = ROW_HEIGHT * max(len(names), 1)
    fig, ax = canvas(height, margins, title=title, footer=footer, legend_rows=legend_rows)
    ax.set_ylim(len(names) - 0.5, -0.5)
    ax.set_yticks(range(len(names)), [wrapped(name) for name in names], linespacing=0.95)
    ax.tick_params(axis="y", length=0, pad=5)
    ax.tick_params(axis="x", length=0, pad=4)
    ax.spines["left"].set_visible(False)
    ax.grid(axis="x")
    return fig, ax


def wrapped(name: str, characters: int = NAME_CHARACTERS, lines: int = 2) -> str:
    """Break a name over at most two lines; what does not fit ends in an ellipsis.

    Examples
    --------
    >>> wrapped("Professional and business services", 20).split(chr(10))
    ['Professional and', 'business services']
    """
    parts = textwrap.wrap(name, characters, max_lines=lines, placeholder=" …")
    if len(parts) == 2:  # two lines of like length read better than a full one and a crumb
        for width in range(len(name) // 2, characters):
            level = textwrap.wrap(name, width, break_long_words=False)
            if len(level) == 2 and max(map(len, level)) <= characters:
                return "\n".join(level)
    return "\n".join(parts)


STAFF = "NOT FOR PUBLICATION  ·  "
"""Before every foot of what is for staff."""


def footer(found: Assessment) -> str:
    """Write the line at the foot of a figure."""
    mark = STAFF if found.staff else ""
    if found.illustrative:
        return f"{mark}ILLUSTRATIVE DATA, NOT A REAL PLACE  ·  {found.name}  ·  {found.year}"
    return f"{mark}{found.name}  ·  {found.year}  ·  Source: BLS\N{NO-BREAK SPACE}QCEW"


def map_footer(found: Assessment) -> str:
    """Write the line at the foot of a map."""
    mark = STAFF if found.staff else ""
    if found.illustrative:
        return f"{mark}ILLUSTRATIVE DATA, NOT A REAL PLACE  ·  {found.name}"
    return f"{mark}{found.name}  ·  Boundaries: U.S. Census Bureau"
