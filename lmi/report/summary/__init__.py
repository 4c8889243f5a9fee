"""A state's regions side by side, one function a section: what the fifth notebook calls."""

from __future__ import annotations

from collections import Counter

from lmi.report.display import Exhibit, Prose, bullets, citation, sentence
from lmi.report.html import fill
from lmi.report.sentences.state import growth_sentence, leads_sentence
from lmi.report.summary import front as head
from lmi.report.summary import maps as drawn
from lmi.report.summary.front import title
from lmi.report.summary.maps import choropleth
from lmi.report.summary.matrices import (
    changes_table,
    outlooks_table,
    quotients_table,
    ranks_table,
)
from lmi.report.summary.neighbors import shared_leads
from lmi.report.summary.summary import Summary, load
from lmi.report.summary.summary import leads as leads_row
from lmi.report.summary.tables import certainty_table, counties_table, regions_table
from lmi.scoring.rank import FIRST_THREE
from lmi.words import records

__all__ = [
    "certainty", "changes", "choropleth", "front", "leads", "load", "maps", "notes", "outlooks",
    "quotients", "regions", "title",
]  # fmt: skip

LEADERS = 3
BOUNDARIES = "Boundaries: U.S. Census Bureau."
NEIGHBORS = (
    "Among the first three in regions that are neighbors, so that a partnership might span them:"
)


def front(found: Summary) -> Exhibit:
    """Say who leads in most regions; let a reader find one and open it in any format."""
    counts = {found.names[key]: len(regions) for key, regions in found.leading.items()}
    firm = [found.names[str(row["candidate"])] for row in records(found.tables.ranking)
            if leads_row(row) and row["rank_hi"] <= FIRST_THREE]  # fmt: skip
    said = leads_sentence(counts, Counter(firm), found.of_regions)
    return found.exhibit(drawn.outlines(found), sentence(said), head.front(found))


def regions(found: Summary) -> Exhibit:
    """Set the regions beside each other, what lies in none of them, the state and the nation."""
    span = f"from {found.base_year} to {found.year}" if found.base_year else ""
    own = found.beside[found.beside["kind"] == "region"]
    said = growth_sentence(records(own), span, found.of_regions)
    return found.exhibit(sentence(said) if said else None, regions_table(found))


def leads(found: Summary) -> Exhibit:
    """Show which sectors lead where, and which of them neighbors share."""
    shared = _listed(shared_leads(found))
    return found.exhibit(drawn.leads_maps(found), *shared, ranks_table(found))


def _listed(shared: list[str]) -> list[Prose]:
    return [sentence(NEIGHBORS), bullets(shared, "remarks")] if shared else []


def quotients(found: Summary) -> Exhibit:
    """Show how concentrated every sector is in every region."""
    return found.exhibit(quotients_table(found))


def changes(found: Summary) -> Exhibit | None:
    """Show how the jobs of every sector changed in every region; None without another year."""
    table = changes_table(found)
    return found.exhibit(table) if table else None


def outlooks(found: Summary) -> Exhibit | None:
    """Show what is projected of every sector in every region; None where nothing is."""
    table = outlooks_table(found)
    return found.exhibit(table) if table else None


def maps(found: Summary) -> Exhibit | None:
    """Draw pay, change and the sectors that lead most often on maps; None without boundaries."""
    most = list(found.leading)[:LEADERS]
    wanted = [
        choropleth(found, "avg_annual_pay"),
        choropleth(found, "emplvl_pct_chg"),
        *(choropleth(found, "annual_avg_emplvl", of=key) for key in most[:1]),
        *(choropleth(found, "lq", of=key, by="regions") for key in most),
    ]
    shown = [one for one in wanted if one is not None]
    if not shown:
        return None
    html = f'<div class="maps">{"".join(one.html for one in shown)}</div>'
    together = Prose(html, "\n".join(one.text for one in shown))
    table = counties_table(found)
    found.save(table)
    folded = Prose(fill("summary/folded.html.j2", table=table), table.text)
    return Exhibit((together, citation(f"{found.against_nation} {BOUNDARIES}"), folded))


def certainty(found: Summary) -> Exhibit:
    """Say how sure the numbers of each region are."""
    return found.exhibit(certainty_table(found))


def notes(found: Summary) -> Exhibit:
    """Say what a reader must know of the state's data, and whose regions these are."""
    told = [*map(str, found.tables.meta["notes"])]
    drawn_by = citation(f"{found.source} Regions: {found.state.source.name}.")
    return Exhibit((*([bullets(told, "remarks")] if told else []), drawn_by))
