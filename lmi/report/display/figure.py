"""A drawing with the words that stand for it; its bytes depend on the content alone."""

from __future__ import annotations

import base64
import io
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from matplotlib.figure import Figure as Canvas
from PIL import Image

from lmi.report import style
from lmi.report.display.prose import Bundle

__all__ = ["Figure"]

COLOURS = 64
SHOWN_WIDTH = 640  # pixels, where there is room


@dataclass(frozen=True)
class Figure:
    """A drawing with the words that stand for it.

    Parameters
    ----------
    name : str
        File name without ending.
    alt : str
        What the figure shows, for a reader who does not see it.

    Examples
    --------
    >>> with style.drawing():
    ...     fig, ax = style.canvas(1.0, style.Margins(), title="Jobs")
    >>> data, metadata = Figure("jobs", fig, "An empty chart.")._repr_mimebundle_()
    >>> sorted(data), metadata["image/png"]["alt"]
    (['image/png', 'text/plain'], 'An empty chart.')
    """

    name: str
    fig: Canvas
    alt: str

    @cached_property
    def png(self) -> bytes:
        """The picture as PNG; no date or program name in it."""
        # a chart has few colours: a palette of them packs it into a third
        drawn = Image.open(io.BytesIO(self._rendered("png", {"pil_kwargs": {"compress_level": 0}})))
        packed = io.BytesIO()
        drawn.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(packed, "png")
        return packed.getvalue()

    @cached_property
    def svg(self) -> bytes:
        """The picture as SVG, with its description; no date or program name in it."""
        described = {"Title": self.name, "Description": self.alt, "Date": None, "Creator": None}
        return self._rendered("svg", {"metadata": described})

    def _rendered(self, kind: str, options: dict[str, Any]) -> bytes:
        buffer = io.BytesIO()
        with style.drawing():
            self.fig.savefig(buffer, format=kind, dpi=style.DPI, **options)
        return buffer.getvalue()

    def save(self, out: Path) -> None:
        """Write ``figures/NAME.png`` and ``figures/NAME.svg`` under a folder."""
        folder = out / "figures"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{self.name}.png").write_bytes(self.png)
        (folder / f"{self.name}.svg").write_bytes(self.svg)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Bundle:
        width, height = (
            round(side * SHOWN_WIDTH / style.WIDTH) for side in self.fig.get_size_inches()
        )
        data = {
            "image/png": base64.b64encode(self.png).decode("ascii"),
            "text/plain": f"Figure: {self.alt}",
        }
        return data, {
            "image/png": {"name": self.name, "alt": self.alt, "width": width, "height": height}
        }
