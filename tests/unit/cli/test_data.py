"""Ingest and sources: what is said of each file, in a terminal and in a pipe, and on Ctrl-C."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import filelock
import pytest
from rich.console import Console

from lmi.cli import data
from lmi.store import Store
from tests.builders import (
    feature_collection,
    flows,
    jobs,
    qcew,
    take_in,
    write,
)
from tests.unit.cli.conftest import Lmi

ROOT = Path(__file__).resolve().parents[3]
OF_COUNTIES = "an excerpt, or cut off: 2 industries of 2 areas"


def test_ingest_says_what_became_of_each_file(lmi: Lmi, root: Path, tmp_path: Path) -> None:
    good = write(tmp_path / "in" / "1 [good].csv", qcew())
    bad = write(tmp_path / "in" / "2.csv", qcew(year=2017).replace(",50,", ",-50,"))
    said = lmi("ingest", tmp_path / "in")
    assert said.status == 1
    assert said.out == f"1 of 2 files added, 4 rows; 0 unchanged, 1 refused. Store: {root}\n"
    assert said.err == (
        f"added     {good.name}: 4 rows of qcew_annual; {OF_COUNTIES}\n"
        f"refused   {bad}, line 5: annual_avg_emplvl is -50; it cannot be below 0, so mend the row "
        "or download the file again\n"
    )


def test_ingest_again_says_unchanged_and_is_content(lmi: Lmi, tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", qcew())
    assert lmi("ingest", path).status == 0
    said = lmi("ingest", path)
    assert said.status == 0
    assert said.err == "unchanged a.csv: 4 rows of qcew_annual\n"
    assert said.out.startswith("0 of 1 files added, 0 rows; 1 unchanged, 0 refused.")


def test_ingest_takes_a_store_and_a_vintage(lmi: Lmi, root: Path, tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", qcew())
    lmi("ingest", path, "--store", tmp_path / "other", "--vintage", "preliminary")
    assert Store(tmp_path / "other").catalogue()["vintage"].tolist() == ["preliminary"]
    assert not root.exists()


def test_a_path_that_is_not_there_is_one_sentence(lmi: Lmi, tmp_path: Path) -> None:
    path = tmp_path / "no [such] file.zip"
    said = lmi("ingest", path)
    assert said.status == 1
    assert said.err == f"Error: {path}: there is no such file or folder; check the path\n"


def test_ingest_without_a_path_is_a_mistake_in_the_command(lmi: Lmi, capsys) -> None:
    assert lmi("ingest").status == 2
    assert "Missing argument" in capsys.readouterr().err


def test_markup_in_a_name_or_message_is_printed_as_it_is(lmi: Lmi, tmp_path: Path) -> None:
    said = lmi("ingest", write(tmp_path / "[red]x[bold].csv", "a[/]b,c\\[d]\n"))
    assert str(tmp_path / "[red]x[bold].csv") in said.err
    assert "'a[/]b, c\\\\[d]'" in said.err


def test_two_ingests_at_once_are_one_sentence(lmi: Lmi, root: Path, tmp_path: Path) -> None:
    root.mkdir()
    with filelock.FileLock(root / ".lock"):
        said = lmi("ingest", write(tmp_path / "a.csv", qcew()))
    assert said.status == 1
    assert (
        said.err
        == f"Error: Another ingest is writing to the store {root}; wait until it is done.\n"
    )


COMMAND = [
    sys.executable,
    "-c",
    "import signal; signal.signal(signal.SIGINT, signal.default_int_handler);"
    "from lmi.cli import main; main()",
]


def environment(root: Path) -> dict[str, str]:
    return {**os.environ, "LMI_STORE": str(root), "PYTHONPATH": str(ROOT)}


@pytest.mark.program
def test_in_a_pipe_there_is_a_line_a_file_and_no_bar(root: Path, tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", qcew())
    done = subprocess.run(
        [*COMMAND, "ingest", path, tmp_path / "a.csv"],
        env=environment(root), capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0
    assert done.stderr == f"added     a.csv: 4 rows of qcew_annual; {OF_COUNTIES}\n"
    assert done.stdout == f"1 of 1 files added, 4 rows; 0 unchanged, 0 refused. Store: {root}\n"


def test_in_a_terminal_there_is_a_bar_with_rows_and_rate(
    monkeypatch: pytest.MonkeyPatch, root: Path, tmp_path: Path
) -> None:
    screen = io.StringIO()
    terminal = Console(file=screen, force_terminal=True, width=100, soft_wrap=True, highlight=False)
    monkeypatch.setattr(data, "said", terminal)
    data.ingest([write(tmp_path / "a.csv", qcew()), write(tmp_path / "b.csv", flows())], store=root)
    shown = screen.getvalue()
    assert "2/2 files" in shown
    assert "5 rows, " in shown
    assert "/s" in shown
    assert "added     a.csv: 4 rows of qcew_annual" in shown
    assert shown.rstrip().endswith("\x1b[1A\x1b[2K"), "the bar is wiped away at the end"


@pytest.mark.program
@pytest.mark.skipif(sys.platform == "win32", reason="a console of its own would be needed")
def test_ctrl_c_keeps_what_was_reported_and_says_so(root: Path, tmp_path: Path) -> None:
    first, second = write(tmp_path / "1.csv", qcew()), write(tmp_path / "2.csv", flows())
    endless = (
        "import sys, time, lmi.store.ingest as m; look = m.recognise;"
        "m.recognise = lambda x: "
        "(print('reads', file=sys.stderr), time.sleep(60)) if x.path.name == '2.csv' else look(x);"
    )
    process = subprocess.Popen(
        [*COMMAND[:2], endless + COMMAND[2], "ingest", first, second],
        env=environment(root), stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert process.stderr is not None
        line = process.stderr.readline()
        time.sleep(0.2)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=300)
    finally:
        process.kill()
    assert line == "reads\n"
    assert (process.returncode, out) == (130, "")
    assert err.splitlines() == [
        f"added     1.csv: 4 rows of qcew_annual; {OF_COUNTIES}",
        "Stopped. What was finished stays; the same command goes on from there.",
    ]
    assert Store(root).catalogue()["name"].tolist() == ["1.csv"]
    assert not list(root.glob(".staging-*"))


EXCERPT = "08001 5 62 20 310 9000000"


def test_a_line_says_what_became_of_rows_that_were_there(
    lmi: Lmi, root: Path, tmp_path: Path
) -> None:
    whole = f"08001 0 10 100 2000 90000000\n{EXCERPT.replace('310', '300')}\n08001 5 23 7 70 9"
    told = [
        lmi("ingest", *words).err
        for words in (
            [write(tmp_path / "a.csv", qcew(whole))],
            [write(tmp_path / "b.csv", qcew(EXCERPT))],
            [tmp_path / "b.csv"],
            [tmp_path / "a.csv", "--vintage", "revised"],
            [tmp_path / "b.csv"],
            [tmp_path / "b.csv", "--replace", "--vintage", "revised"],
        )
    ]
    assert told == [
        "added     a.csv: 3 rows of qcew_annual; an excerpt, or cut off: 3 industries of 08001 "
        "2016\n",
        "added     b.csv: 1 rows of qcew_annual (1 revised, 2 others beside them left); an "
        "excerpt: 1 industry of 08001 2016, own_code 5 alone\n",
        "unchanged b.csv: 1 rows of qcew_annual\n",
        "added     a.csv: 3 rows of qcew_annual (1 revised, 2 the same and now revised); "
        "it came before, and is current again\n",
        "unchanged b.csv: 1 rows of qcew_annual (1 held back, 2 others beside them left); "
        "1 row held back, because the store has what the agency revised: if this file is revised "
        "too, say --vintage revised\n",
        "added     b.csv: 1 rows of qcew_annual (1 revised, 2 others taken out); it came before, "
        "and is current again\n",
    ]


def test_a_source_is_taken_out_again_and_history_keeps_it(
    lmi: Lmi, root: Path, tmp_path: Path
) -> None:
    take_in(
        root,
        write(tmp_path / "a.csv", qcew("08001 5 62 20 300 9000000")),
        write(tmp_path / "b.csv", qcew(EXCERPT)),
    )
    done = lmi("remove", "2")
    assert (done.status, done.out) == (0, "removed   b.csv\n1 rows of a.csv answer again\n")
    assert jobs(Store(root)) == {"08001 5 62": 300}
    assert len(lmi("sources").out.splitlines()) == 2
    history = lmi("sources", "--history").out.splitlines()
    assert len(history) == 3 and "removed_at" in history[0] and "b.csv" in history[2]
    assert "Source 2 (b.csv) was taken out on 20" in lmi("remove", "2").err
    assert lmi("ingest", tmp_path / "b.csv").err.startswith("added     b.csv")


def test_sources_lists_every_source_on_a_line_of_its_own(
    lmi: Lmi, root: Path, tmp_path: Path
) -> None:
    name = "a very long name of a file that would not fit a narrow terminal.csv"
    take_in(
        root,
        write(tmp_path / name, qcew()),
        write(tmp_path / "m_2023.json", feature_collection(["08"])),
    )
    lines = lmi("sources").out.splitlines()
    assert lines[0].split() == [
        "source_id", "name", "table", "sha256", "rows", "periods", "vintage", "ingested_at",
        "current",
    ]  # fmt: skip
    assert len(lines) == 3
    assert name in lines[1]
    assert "boundaries" in lines[2]


def test_sources_of_an_empty_store_says_how_to_fill_it(lmi: Lmi) -> None:
    said = lmi("sources")
    assert (said.status, said.err) == (
        1,
        "Error: The store is empty; take files in with `lmi ingest PATH`.\n",
    )
