"""Where candidates stand: scores, ranks and screens, and who is set aside."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from lmi.analysis.measured import KEYS, CandidateMeasures
from lmi.config import Asked
from lmi.config.set_aside import ABSENT, UNSCORED
from lmi.measures.lookup import joined
from lmi.scoring.appraise import Appraisal, appraise
from lmi.scoring.evidence import gather_evidence
from lmi.scoring.screens import screen_table
from lmi.scoring.set_aside import set_aside

__all__ = ["Standing", "ranks_of", "stand", "stand_in"]


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


def stand(measured: CandidateMeasures, asked: Mapping[str, Asked]) -> Standing:
    """Score, rank and screen the candidates of every region.

    Parameters
    ----------
    measured : CandidateMeasures
        Of all regions, with what people bring beside them.
    asked : mapping of str to Asked
        By key of region.
    """
    found = [
        stand_in(region, table, of, appraisal)[0]
        for region, table, of, appraisal in _appraised(measured, asked)
    ]
    joined = {
        name: pd.concat([getattr(one, name) for one in found], ignore_index=True)
        for name in ("scores", "ranking", "robustness", "weights")
    }
    ordered = joined["ranking"].sort_values(["region", "rank", "candidate"], ignore_index=True)
    return Standing(**joined | {"ranking": ordered})


def ranks_of(measured: CandidateMeasures, asked: Mapping[str, Asked]) -> pd.DataFrame:
    """Rank the candidates of every region, and no more: a fraction of the time of `stand`.

    Returns
    -------
    DataFrame
        ``region``, ``candidate``, ``rank`` and ``set_aside``, as `stand` has them.
    """
    found = []
    for _, table, of, whole in _appraised(measured, asked):
        aside, appraisal = _set_aside(table, of, whole)
        told = {"rank": appraisal.ranks, "set_aside": aside["set_aside"]}
        found.append(appraisal.evidence.rows.assign(**told))
    return pd.concat(found, ignore_index=True)


def _appraised(
    measured: CandidateMeasures, asked: Mapping[str, Asked]
) -> Iterator[tuple[str, pd.DataFrame, Asked, Appraisal]]:
    """Yield each region with its candidates, what is asked of them, and how they do."""
    for region, of in asked.items():
        here = (measured.table["region"] == region).to_numpy()
        table = measured.table[here]
        draws = {name: drawn[here] for name, drawn in measured.draws.items()}
        yield region, table, of, appraise(gather_evidence(table, of.criteria, draws))


def _set_aside(
    table: pd.DataFrame, asked: Asked, whole: Appraisal
) -> tuple[pd.DataFrame, Appraisal]:
    """Set candidates aside, and appraise the others among themselves."""
    no_score = np.isnan(whole.additive.score)
    jobs = table.get("annual_avg_emplvl", pd.Series(np.nan, index=table.index))
    level = table.get("not_ranked", pd.Series("", index=table.index))
    takes_no_part = np.select([jobs == 0, level != "", no_score], [ABSENT, level, UNSCORED], "")
    return set_aside(table, whole, asked.set_aside, takes_no_part)


def stand_in(
    region: str, table: pd.DataFrame, asked: Asked, whole: Appraisal
) -> tuple[Standing, Appraisal]:
    """Return where one region's candidates stand, in the order of the evidence.

    Returns
    -------
    Standing
    Appraisal
        With ranks among those that are not set aside.
    """
    screened = screen_table(table, asked.criteria, asked.screens, asked.critical_mass)
    aside, appraisal = _set_aside(table, asked, whole)
    ranking = appraisal.ranking()
    for end in ("rank_lo", "rank_hi"):
        ranking[end] = ranking[end].fillna(aside.pop(end))
    stands = Standing(
        scores=appraisal.scores(),
        ranking=joined(ranking.join(aside), screened, KEYS),
        robustness=appraisal.acceptability(),
        weights=_weights(region, appraisal),
    )
    return stands, appraisal


def _weights(region: str, appraisal: Appraisal) -> pd.DataFrame:
    """Name the challengers, so that the table can be read without the evidence."""
    table = appraisal.criteria()
    names = np.append(appraisal.evidence.rows["candidate"].to_numpy(dtype=object), "")
    for column in ("challenger_up", "challenger_down"):
        table[column] = names[table[column].fillna(-1).to_numpy(dtype=int)]
    table.insert(0, "region", region)
    return table
