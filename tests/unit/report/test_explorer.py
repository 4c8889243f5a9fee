"""The ranking weighed anew in the page: the page's script and `lmi.scoring` say the same."""

from __future__ import annotations

import json
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from bs4 import BeautifulSoup
from nbformat.v4 import new_code_cell, new_notebook, new_output

from lmi.report.explorer import explorer
from lmi.report.profile_page import page_html, profile_exporter
from lmi.scoring.additive import additive_score
from lmi.scoring.rank import LEVEL, rank_scores

NAN = float("nan")
SEED = 20_161


def made_up(n: int, m: int, *, seed: int = SEED) -> SimpleNamespace:
    """An assessment of n candidates by m criteria, some values missing, some level with others."""
    draws = np.random.default_rng(seed)
    values = draws.random((n, m)).round(2)
    values[draws.random((n, m)) < 0.15] = NAN
    values[1] = values[0]
    weights = np.r_[draws.random(m - 1), 0.0]
    weights /= weights.sum()
    names = [f"Sector {chr(97 + at)}" for at in range(n)]
    keys = [f"c{at}" for at in range(n)]
    score = additive_score(values, weights).score
    criteria = [
        SimpleNamespace(key=f"k{at}", name=f"Criterion {at}", question="Why?") for at in range(m)
    ]
    ranking = pd.DataFrame(
        {"candidate": keys, "candidate_name": names, "rank": rank_scores(score, LEVEL),
         "score": score}
    )  # fmt: skip
    return SimpleNamespace(
        ranked=ranking.sort_values(["rank", "candidate_name"], ignore_index=True),
        scores=pd.DataFrame(
            [
                {"candidate": key, "criterion": f"k{at}", "value": values[row, at]}
                for row, key in enumerate(keys) for at in range(m)
            ]
        ),
        weights=pd.DataFrame(
            {"criterion": [f"k{at}" for at in range(m)], "weight": weights, "n_known": n}
        ),
        criteria=criteria,
        matrix=values,
        names=names,
    )  # fmt: skip


def in_the_page(prose) -> BeautifulSoup:
    return BeautifulSoup(prose.html, "html.parser")


def test_without_a_script_nothing_of_it_is_there(profile):
    assert in_the_page(explorer(profile)).section.has_attr("hidden")


def test_only_what_is_ranked_can_be_weighed(profile):
    soup = in_the_page(explorer(profile))
    data = json.loads(soup.script.get_text())
    assert [c["name"] for c in data["candidates"]] == profile.ranked["candidate_name"].tolist()
    assert [label.span.get_text() for label in soup.find_all("label")] == ["Pay", "Concentration"]
    assert data["weights"] == [0.75, 0.25]
    values = [v for c in data["candidates"] for v in c["values"] if v is not None]
    assert values == [round(v, 6) for v in values], "later digits depend on the processor"


def test_a_name_cannot_end_the_data(state_tables, make_profile):
    state_tables.candidates["candidate_name"] = "</script><script>alert(1)//"
    html = explorer(make_profile()).html
    assert html.count("</script>") == 1
    assert "<script>alert" not in html


def test_one_candidate_or_one_criterion_is_no_ranking(make_profile):
    assert explorer(make_profile(only=("care",))) is None


@pytest.mark.program
def test_the_script_ranks_as_the_workbench_does(browser, tmp_path):
    found = made_up(9, 4)
    shown = new_output("display_data", {"text/html": explorer(found).html})
    page_file = tmp_path / "page.html"
    notebook = new_notebook(cells=[new_code_cell("x", outputs=[shown])])
    page_file.write_text(page_html(notebook, profile_exporter()), encoding="utf-8")
    order = np.argsort(-found.weights["weight"].to_numpy(), kind="stable")
    draws = np.random.default_rng(SEED)
    page = browser.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(page_file.as_uri())
    assert page.locator(".explorer").is_visible()
    before = rows_of(page)
    for _ in range(25):
        weights = draws.integers(0, 200, 4) / 2
        page.evaluate(SET, weights.tolist())
        if not weights.any():
            continue
        assert rows_of(page) == expected(found, weights, order)
    page.evaluate(SET, [0, 0, 0, 0])
    assert "some weight" in page.locator(".explorer .said").inner_text()
    page.get_by_role("button", name="Back to the usual weights").click()
    assert rows_of(page) == before
    assert not errors


SET = """weights => document.querySelectorAll('.explorer input').forEach((input, at) => {
  input.value = weights[at]; input.dispatchEvent(new Event('input'));
})"""


def rows_of(page) -> list[list[str]]:
    return page.locator(".explorer tbody tr").evaluate_all(
        "rows => rows.map(row => [...row.cells].map(cell => cell.textContent))"
    )


def expected(found, weights, order) -> list[list[str]]:
    """Rank and score by the workbench's own functions, as the table writes them."""
    score = additive_score(found.matrix[:, order], weights).score
    table = pd.DataFrame({"name": found.names, "score": score, "rank": rank_scores(score, LEVEL)})
    ordered = table.sort_values(["rank", "name"], na_position="last")
    return [
        [
            "\N{EN DASH}" if pd.isna(rank) else str(rank),
            name,
            "n/a" if pd.isna(score) else str(int(np.floor(100 * round(score, 9) + 0.5))),
        ]
        for name, score, rank in ordered[["name", "score", "rank"]].itertuples(index=False)
    ]
