"""What a snapshot keeps of a bench: its tables, its words, its live page, and what it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import ipywidgets as w
import pytest

from tools.snapshots import bench_gestures
from tools.snapshots.lmi_command import LmiCommand
from tools.snapshots.parts import _put_in_words


def test_a_live_page_is_read_from_top_to_bottom():
    inner = w.HTML("<p>One</p>")
    page = w.VBox([
        w.Dropdown(description="Year", options=[("last", 2023), ("before", 2022)], value=2022),
        w.Tab([inner], titles=["Weights"]), w.Button(description="Save", disabled=True),
    ])  # fmt: skip
    assert list(bench_gestures.parts(page.model_id)) == [
        {"kind": "Dropdown", "description": "Year", "options": ["last", "before"],
         "value": "before", "disabled": False},
        {"kind": "Tab", "titles": ("Weights",)},
        {"kind": "HTML", "placeholder": "\u200b", "value": "<p>One</p>"},
        {"kind": "Button", "description": "Save", "disabled": True},
    ]  # fmt: skip


def test_what_is_read_stays_of_what_was_drawn(tmp_path):
    lmi = LmiCommand(tmp_path / "checkout", tmp_path / "python", tmp_path)
    drawn = [{"kind": "HTML", "value": "<h4 class='a'>One</h4><p>two</p>"}, {"kind": "Tab"}, "end"]
    drawn.insert(1, {"kind": "HTML", "value": "<div></div>"})  # says nothing
    live, page = tmp_path / "live.json", tmp_path / "page.html"
    live.write_text(json.dumps(drawn), encoding="utf-8")
    page.write_text(f"<style>p {{}}</style><p>In {tmp_path}</p>", encoding="utf-8")
    for file in (live, page):
        _put_in_words(lmi, file)
    told = json.loads(live.read_text(encoding="utf-8"))
    assert told == [{"kind": "HTML", "value": "One\ntwo"}, {"kind": "Tab"}, "end"]
    assert not page.exists() and "In <home>" in page.with_suffix(".txt").read_text()


@pytest.mark.slow
def test_a_bench_is_driven_and_kept(tmp_path: Path, sample_store: Path, monkeypatch, capsys):
    kept = tmp_path / "kept"
    monkeypatch.setenv("LMI_STORE", str(sample_store))
    gestures = (bench_gestures.weigh, bench_gestures.define)
    monkeypatch.setattr(bench_gestures, "GESTURES", gestures)
    bench_gestures.main(kept, "sample/ferrow-valley", 2023)
    steps = sorted(p.name for p in kept.iterdir() if p.is_dir())
    assert steps == ["0-opened", "1-weigh", "2-define"]
    said = capsys.readouterr().out.splitlines()
    assert len(said) == len(bench_gestures.MISTAKES) and "done" not in said
    changed = (kept / "2-define" / "told.txt").read_text(encoding="utf-8")
    assert "Machines & <tools> is new: 333 Machinery manufacturing." in changed
    files = {p.relative_to(kept / steps[0]).as_posix() for p in (kept / steps[0]).rglob("*.*")}
    assert files == {
        "live.json", "page.html", "told.txt",
        *(f"tables/bench_{name}.csv" for name in ("contributions", "ranking", "robustness")),
    }  # fmt: skip
