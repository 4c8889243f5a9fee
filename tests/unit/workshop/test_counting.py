"""What is counted and when, so that nobody's answer can be computed from what was shown."""

from __future__ import annotations

import json
from itertools import combinations, product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from lmi.workshop import record, views
from lmi.workshop.counting import Count, count_after, gives_nobody_away, pooled
from lmi.workshop.events import Refused
from lmi.workshop.state import FACILITATOR, STEPS
from lmi.workshop.views import choice
from tests.workshop_stage import go_to, join, tell

PEOPLE = range(8)
ANSWERS = st.dictionaries(st.sampled_from(PEOPLE), st.integers(0, 1), min_size=3)


@given(kinds=st.lists(st.sampled_from("abcdef"), max_size=25))
@settings(deadline=None)
def test_neither_a_label_nor_what_is_left_is_of_one_or_two(kinds):
    label_of = pooled(kinds)
    sizes = {label: sum(label_of[k] == label for k in kinds) for label in label_of.values()}
    assert all(n >= 3 for n in sizes.values()) or len(kinds) < 3
    assert set(label_of) == set(kinds)


def answered(room, **answers: list[bool]) -> list[int]:
    """A decision, and what each kind answered to it, counted."""
    people = [
        (join(room, f"{k}{n}", k), yes) for k, of in answers.items() for n, yes in enumerate(of)
    ]
    go_to(room, "decide")
    tell(room, FACILITATOR, "decide", first="construction")
    for who, yes in people:
        tell(room, who, "agree", yes=yes)
    tell(room, FACILITATOR, "count", what="answers")
    return [who.id for who, _yes in people]


def test_a_kind_that_answers_as_one_is_not_told_apart(room):
    """Three of three "Not yet" are what each of them said; the others could not be told either."""
    answered(room, business=[False] * 3, education=[True, True, False, True])
    (line,) = choice.tally(room)
    assert (line.yes, line.no, line.kind) == (3, 4, "Education and Business")
    assert "all of a kind" in views.fragment("choice", room, FACILITATOR)
    assert "all of a kind" in record.as_html(room)
    kinds = {row["kind"] for row in json.loads(record.as_json(room))["agreement"]}
    assert kinds == {"Education and Business"}


def test_kinds_that_differ_among_themselves_are_told_apart(room):
    answered(room, business=[False, False, True], education=[True, True, False, True])
    assert [(t.kind, t.yes, t.no) for t in choice.tally(room)] == [
        ("Education", 3, 1), ("Business", 1, 2),
    ]  # fmt: skip
    assert "all of a kind" not in views.fragment("choice", room, FACILITATOR)


@given(
    wanted=st.lists(ANSWERS, min_size=2, max_size=5),
    kinds=st.lists(st.sampled_from("ab"), min_size=8, max_size=8),
)
@settings(deadline=None, max_examples=60)
def test_no_difference_of_what_was_counted_is_of_one_or_two_people(wanted, kinds):
    """Held to every sum of up to four shown numbers, each taken once or twice, or taken away."""
    shown: list[Count] = []
    for seq, answers in enumerate(wanted):
        if found := count_after(shown, seq, answers, dict(zip(PEOPLE, kinds, strict=True))):
            shown.append(found)
    columns = list(product(PEOPLE, (0, 1)))
    rows = []
    for count in shown:
        for label in set(count.label_of.values()):
            held = {w for w in count.answers if count.label_of[count.kinds[w]] == label}
            rows.append([w in held and count.answers[w] == a for w, a in columns])
    table = np.array(rows, dtype=int).reshape(len(rows), len(columns))
    for n in range(1, min(len(rows), 4) + 1):
        for chosen in combinations(range(len(rows)), n):
            for signs in product((-2, -1, 1, 2), repeat=n):
                left = np.array(signs) @ table[list(chosen)]
                told = {columns[at][0] for at in np.flatnonzero(left)}
                assert len(told) == 0 or len(told) >= 3, (signs, table[list(chosen)])


def test_four_counts_that_differ_by_three_each_and_tell_one_together_are_not_shown():
    """Pairs of counts look harmless; all of them would be solved for each person."""
    kinds = dict.fromkeys(range(7), "business")
    blocks = ({0, 1, 2}, {0, 3, 4}, {0, 5, 6}, {1, 3, 5}, {1, 4, 6}, {2, 3, 6}, {2, 4, 5})
    counts = [Count(n, {w: True for w in range(7) if w not in b}, kinds, False)
              for n, b in enumerate(blocks)]  # fmt: skip
    assert all(gives_nobody_away(pair) for pair in combinations(counts, 2))
    assert not gives_nobody_away(counts)


def test_who_polls_everything_and_takes_people_out_recovers_no_ballot(room):
    """An attacker with both roles keeps every picture that there is after every event."""
    keys = [c.key for c in room.charter.criteria if c.weight]
    rng = np.random.default_rng(7)
    spy = join(room, "Spy", "other")
    tell(room, spy, "weigh", weights={"pay": 1})
    seen: dict[tuple[float, ...], tuple[int, np.ndarray]] = {}
    dots = set()

    def poll() -> None:
        made = json.loads(record.as_json(room))
        dots.add(json.dumps(made["group"].get("places")))
        if weights := made["group"].get("weights"):
            mean = {w["key"]: w["mean"] for w in weights}
            row = np.array([mean.get(key, 0.0) for key in keys])
            seen[tuple(row)] = (made["group"]["people_who_weighed"], row)

    def weigh(who) -> None:
        sliders = dict(zip(keys, rng.integers(1, 11, len(keys)).tolist(), strict=True))
        tell(room, who, "weigh", weights=sliders)

    people = [join(room, f"P{n}", "business" if n % 2 else "education") for n in range(7)]
    for who in people:
        weigh(who)
    go_to(room, "agree")
    poll()
    truths = [dict(room.state.counted.answers)]
    for who in people:  # one after the other is taken out, counted without, and let back in
        for kind in ("remove", "restore"):
            tell(room, FACILITATOR, kind, participants=[who.id])
            poll()
            for to in ("weigh", "agree"):
                tell(room, FACILITATOR, "step", **{"to": to, "from": room.state.step})
                poll()
    for who in people[:4]:  # and one after the other changes their mind
        weigh(who)
        try:
            tell(room, FACILITATOR, "count", what="ballots")
        except Refused as refused:
            assert "the count stays" in refused.sentence
        poll()
        truths.append(dict(room.state.counted.answers))
    assert len(seen) == 2, "one count at the start, one when three had changed"
    assert len(dots) <= 3, "places stand still with the counts: none, the first, the second"
    ballots = [np.array([dict(b).get(key, 0.0) for key in keys])
               for truth in truths for w, b in truth.items() if w != spy.id]  # fmt: skip
    (n, before), (m, after) = seen.values()
    guesses = [before, after]
    solved = [m * after - n * before, n * before - m * after, n * before - (n - 1) * after,
              m * after - (m - 1) * before, before + n * (after - before)]  # fmt: skip
    miss = [min(np.abs(b - g).sum() for g in guesses) for b in ballots]
    near = [min(np.abs(b - s).sum() for s in solved) for b in ballots]
    assert min(near) > min(miss) and np.mean(near) > np.mean(miss)


def test_answers_show_once_they_are_counted_and_then_stand_still(room):
    people = [join(room, f"P{n}", k) for n, k in enumerate(["business"] * 4 + ["other"] * 2)]
    go_to(room, "decide")
    tell(room, FACILITATOR, "decide", first="energy")
    for who in people[:5]:
        tell(room, who, "agree", yes=who is not people[4])
        for face in (people[0], FACILITATOR):
            assert "<table" not in views.fragment("choice", room, face)
    tell(room, FACILITATOR, "step", **{"to": STEPS[-1], "from": "decide"})
    told = json.loads(record.as_json(room))["agreement"]
    assert told == [{"kind": "Business and Other", "yes": 4, "no": 1, "silent": 1}]
    tell(room, FACILITATOR, "remove", participants=[people[4].id])
    tell(room, people[5], "agree", yes=True)
    tell(room, people[0], "agree", yes=False)
    assert json.loads(record.as_json(room))["agreement"] == told
