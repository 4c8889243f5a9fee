"""What a room leaves with: the decision, and all that it rests on, in files that last.

Nobody's own weights are in any of them: only how many weighed, the means and their spread. A name
stands beside a statement only where its speaker wished it.
"""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import json
from typing import Any

import pandas as pd

from lmi.assessment.json_values import plain
from lmi.schema.measures import COLUMNS
from lmi.scoring.set_aside import ASIDE
from lmi.words import Row, records
from lmi.workshop.record_files import engagement_csv, local_knowledge_csv
from lmi.workshop.room import Room
from lmi.workshop.state import FACILITATOR
from lmi.workshop.views import choice, differ, evidence, footprint, group, people, scope, sheet
from lmi.workshop.views.definition import worded
from lmi.workshop.views.moved import second_ballot
from lmi.workshop.views.render import STATIC, render
from lmi.workshop.views.roster import roster

__all__ = ["as_html", "as_json", "as_pdf", "csp", "engagement_csv", "local_knowledge_csv"]

RANKED = (
    "rank", "is_level", "rank_lo", "rank_hi", "score", "score_lo", "score_hi", "first_chance",
    "top3_chance",
    "confidence", "hangs_on", *ASIDE, "engagement_organisations", "local_rating",
    "local_statements",
)  # fmt: skip


def _style() -> str:
    return (STATIC / "record.css").read_text(encoding="utf-8")


def csp() -> str:
    """Return the content security policy of the record shown by the server.

    Returns
    -------
    str
        Its one style sheet is allowed by its hash; nothing else is.

    Examples
    --------
    >>> csp()[:26]
    "default-src 'none'; style-"
    """
    digest = base64.b64encode(hashlib.sha256(_style().encode("utf-8")).digest()).decode("ascii")
    return f"default-src 'none'; style-src 'sha256-{digest}'; frame-ancestors 'none'"


def as_html(room: Room) -> str:
    """Write the record as one HTML file."""
    return str(
        render(
            "record.html",
            room=room,
            style=_style(),
            sheet=sheet.sheet(room),
            signers=sheet.SIGNERS,
            choice=choice.choice(room),
            objections=choice.objections(room),
            places=differ.differ(room),
            would_take=differ.would_take(room),
            second=second_ballot(room),
            tally=choice.tally(room),
            uncounted=choice.uncounted(room),
            together=choice.together(room),
            roster=roster(room),
            picture=group.group_view(room),
            cards=evidence.cards(room),
            change_years=evidence.change_years(room),
            sureness=evidence.SURENESS,
            sectors=[s for s in _shown(room) if not s.empty],
            outcomes=[o for o in scope.outcomes(room) if o.definition],
            changes=[*scope.changes(room), *scope.levels(room)],
            footprint=scope.footprint(room),
            market=footprint.recorded(room),
            definitions=[(c.name, c.why, worded(c)) for c in room.candidates],
            firm=_firm(room),
            apart=evidence.apart(room),
        )
    )


def _shown(room: Room) -> list[people.Sector]:
    """What is known on the ground, without what the facilitator took off the screens."""
    found = people.sectors(room, FACILITATOR)
    return [
        dataclasses.replace(
            s,
            said=tuple(one for one in s.said if not one.hidden),
            knocks=dataclasses.replace(
                s.knocks, rows=tuple(k for k in s.knocks.rows if not k.hidden)
            ),
        )
        for s in found
    ]


def _firm(room: Room) -> list[Row]:
    """The candidates by the usual weights, and how firmly they stand there; ties share a chance."""
    found = room.evidence.assessment
    keys = found.appraisal.evidence.rows["candidate"]
    first, top3 = found.appraisal.shared_chances()
    shared = pd.DataFrame({"first_chance": first, "top3_chance": top3}, index=keys)
    ranked = found.ranked.drop(columns=list(shared.columns))
    return records(ranked.join(shared, on="candidate"))


def as_json(room: Room) -> bytes:
    """Write the record as JSON.

    Returns
    -------
    bytes
        UTF-8. Missing numbers are null.
    """
    record = {
        "kind": "decision record of a sector workshop",
        "format": 1,
        "region": {"id": room.region.id, "name": room.region.name,
                   "counties": {c: room.charter.counties.get(c, "") for c in room.region.counties}},
        "illustrative": room.charter.illustrative,
        "staff": room.charter.staff,
        "decision": _decision(room),
        "agreement": [dataclasses.asdict(t) for t in choice.tally(room)],
        "minority": [text for _place, text in choice.objections(room)],
        "people": dict(roster(room)),
        "group": _group(room),
        "knowledge": _knowledge(room),
        # Nobody should begin with the numbers of another footprint.
        "evidence": [] if room.is_behind else [_evidence(row) for row in room.evidence.rows],
        "definitions": {
            c.key: {"name": c.name, "why": c.why,
                    "industries": [part.model_dump(mode="json") for part in c.industries],
                    "part_of": c.part_of, "ranked": c.ranked,
                    "changed_in_the_workshop": c.key in room.state.scope.definitions}
            for c in room.candidates
        },
        "footprint": _footprint(room),
        "source": room.charter.source,
        "basis": _basis(room),
    }  # fmt: skip
    text = json.dumps(plain(record), ensure_ascii=False, indent=1, allow_nan=False)
    return f"{text}\n".encode()


def _footprint(room: Room) -> dict[str, Any]:
    """What is known of the footprint: the verdict, by which flows, and for each sector."""
    seen = room.footprint
    return {
        "changed_in_the_workshop": bool(room.state.scope.counties),
        "not_known": "" if seen else "The footprint has not been looked at.",
        **(seen.model_dump(mode="json", exclude={"counties", "shapes"}) if seen else {}),
    }


def _decision(room: Room) -> dict[str, Any] | None:
    decided, said = room.state.decision, choice.choice(room)
    if decided is None or said is None:
        return None
    return {
        "first": decided.first,
        "next": list(decided.next),
        "footprint": said.footprint,
        "working_definition": said.definition,
        "reasons": decided.reasons,
        "open_questions": decided.questions,
        "reopens": decided.reopens,
        "after_action": {k: v for k, v in decided.answers.items() if v},
        "convener": decided.convener,
    }


def _group(room: Room) -> dict[str, Any]:
    found = group.group_view(room)
    if not found.enough:
        return {"people_who_weighed": found.weighed, "note": found.lacked}
    return {
        "people_who_weighed": found.n,
        "kinds": dict(found.kinds),
        "weights": [dataclasses.asdict(w) for w in found.weights],
        "ranking": [dataclasses.asdict(s) for s in found.standings],
        "kendalls_w": found.w,
        "agreement": found.agreement,
        "differences": list(found.differences),
        "places": [
            {"candidate": d.key, "people_by_place": list(d.people), "apart": round(d.apart, 1),
             "question": d.question}
            for d in differ.differ(room)
        ],
        "would_take": differ.would_take(room),
        "second_ballot": _second_ballot(room),
    }  # fmt: skip


def _second_ballot(room: Room) -> dict[str, Any] | None:
    found = second_ballot(room)
    if found is None:
        return None
    return {
        "people": [found.n_before, found.n_after],
        "lead": found.lead,
        "weights": [dataclasses.asdict(one) for one in found.weights],
        "places": [dataclasses.asdict(one) for one in found.places],
        "why": [text for _place, text in found.words],
    }


def _knowledge(room: Room) -> dict[str, Any]:
    state = room.state
    return {
        "statements": [
            {"candidate": s.candidate, "statement": s.text, "rating": s.rating, "item": s.item,
             "kind_of_organization": s.kind, "name": s.name_shown, "at": s.at}
            for s in state.shown_statements
        ],
        "engagement": [
            {"organisation": e.organisation, "system": e.system, "effort": e.effort,
             "candidate": e.candidate, "since": e.since, "at": e.at}
            for e in state.shown_efforts
        ],
    }  # fmt: skip


def _evidence(row: Row) -> dict[str, Any]:
    names = [*COLUMNS, *RANKED]
    found = {"candidate": row["candidate"], "name": row["candidate_name"]}
    return found | {name: row[name] for name in names if name in row}


def _basis(room: Room) -> dict[str, Any]:
    """What the session rests on, without its code and without what people bring."""
    said = room.charter.model_dump(mode="json", exclude={"code", "engagement", "knowledge"})
    return {**said, "changed_since": list(room.notes)}


def as_pdf(room: Room) -> bytes:
    """Write the record as PDF, whose parts a screen reader finds."""
    from lmi.report import pdf

    return pdf.as_pdf(as_html(room))
