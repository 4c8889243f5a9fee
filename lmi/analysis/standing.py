"""Where every region's candidates stand: scores, ranks, how firm they are, and the screens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd

from lmi.analysis.candidates import KEYS, CandidateMeasures
from lmi.config import Criterion, NamedScreen
from lmi.scoring.appraise import Appraisal, appraise
from lmi.scoring.evidence import gather_evidence
from lmi.scoring.screens import screen_table

__all__ = ["Asked", "Standing", "appraise_region", "stand"]


class Asked(NamedTuple):
    """What is asked of a region's candidates.

    Attributes
    ----------
    criteria : tuple of Criterion
    screens : tuple of NamedScreen
        Lines beside the criteria's own.
    """

    criteria: tuple[Criterion, ...]
    screens: tuple[NamedScreen, ...] = ()


@dataclass(frozen=True, eq=False)
class Standing:
    """Scores and ranks of every region's candidates.

    Parameters
    ----------
    scores : DataFrame
        By region, candidate and criterion, as `Appraisal.scores`.
    ranking : DataFrame
        By region and candidate, as `Appraisal.ranking`, best first, with the screens.
    robustness : DataFrame
        By region, candidate and rank, as `Appraisal.acceptability`.
    weights : DataFrame
        By region and criterion, as `Appraisal.criteria`, the challengers by their keys.
    """

    scores: pd.DataFrame
    ranking: pd.DataFrame
    robustness: pd.DataFrame
    weights: pd.DataFrame


def appraise_region(
    measured: CandidateMeasures,
    criteria: Sequence[Criterion],
    region: str,
    weights: Mapping[str, float] | None = None,
    about: str = "any",
) -> Appraisal:
    """Appraise the candidates of one region.

    Parameters
    ----------
    measured : CandidateMeasures
    criteria : sequence of Criterion
    region : str
        Key.
    weights : mapping of str to float, optional
        By key of criterion; the criteria's own unless told.
    about : {"any", "stated", "order"}, optional
        Which weights the robustness is over.

    Raises
    ------
    MeasureError
        The weights cannot be used, or no criterion that counts has data in the region.
    """
    here = (measured.table["region"] == region).to_numpy()
    draws = {name: drawn[here] for name, drawn in measured.draws.items()}
    return appraise(gather_evidence(measured.table[here], criteria, draws), weights, about)


def stand(measured: CandidateMeasures, asked: Mapping[str, Asked]) -> Standing:
    """Score, rank and screen the candidates of every region.

    Parameters
    ----------
    measured : CandidateMeasures
    asked : mapping of str to Asked
        By key of region: its criteria and named screens.
    """
    found = {r: appraise_region(measured, of.criteria, r) for r, of in asked.items()}
    ranking = pd.concat([a.ranking() for a in found.values()], ignore_index=True)
    screened = pd.concat(
        [
            screen_table(measured.table[measured.table["region"] == r], of.criteria, of.screens)
            for r, of in asked.items()
        ],
        ignore_index=True,
    )
    ranking = ranking.merge(screened, on=KEYS, how="left", validate="1:1")
    return Standing(
        scores=pd.concat([a.scores() for a in found.values()], ignore_index=True),
        ranking=ranking.sort_values(["region", "rank", "candidate"], ignore_index=True),
        robustness=pd.concat([a.acceptability() for a in found.values()], ignore_index=True),
        weights=pd.concat([_weights(r, a) for r, a in found.items()], ignore_index=True),
    )


def _weights(region: str, appraisal: Appraisal) -> pd.DataFrame:
    """Name the challengers, so that the table can be read without the evidence."""
    table = appraisal.criteria()
    names = np.append(appraisal.evidence.rows["candidate"].to_numpy(dtype=object), "")
    for column in ("challenger_up", "challenger_down"):
        table[column] = names[table[column].fillna(-1).to_numpy(dtype=int)]
    table.insert(0, "region", region)
    return table
