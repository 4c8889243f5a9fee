"""What a figure, a table and a sentence hand to Jupyter, and what they save."""

from __future__ import annotations

from xml.etree import ElementTree

import pandas as pd
from bs4 import BeautifulSoup

from lmi.report import style
from lmi.report.display import Figure, PageColumn, PageTable, sentence

HOSTILE = '<script>alert("1")</script> & co'


def drawn() -> Figure:
    with style.drawing():
        fig, ax = style.canvas(1.0, style.Margins(), title=HOSTILE)
        ax.bar([0], [1], hatch="//")
    return Figure("jobs", fig, f"A bar of {HOSTILE}")


def test_a_figure_is_a_drawing_whose_texts_are_texts_with_its_description():
    data, metadata = drawn()._repr_mimebundle_()
    drawing = ElementTree.fromstring(data["image/svg+xml"])
    texts = [text.text for text in drawing.iter("{http://www.w3.org/2000/svg}text")]
    assert HOSTILE in texts and not list(drawing.iter("{http://www.w3.org/2000/svg}script"))
    assert data["text/plain"] == f"Figure: A bar of {HOSTILE}"
    assert metadata["image/svg+xml"]["alt"] == f"A bar of {HOSTILE}"
    assert metadata["image/svg+xml"]["width"] > metadata["image/svg+xml"]["height"]


def test_the_same_figure_drawn_twice_has_the_same_bytes():
    first, second = drawn(), drawn()
    assert first.svg == second.svg
    assert b"<dc:date>" not in first.svg


def test_settings_of_the_reader_do_not_change_a_figure(monkeypatch):
    import matplotlib as mpl

    plain = drawn().svg
    with mpl.rc_context({"axes.facecolor": "red", "font.size": 30, "savefig.bbox": "tight"}):
        assert drawn().svg == plain


def test_a_figure_is_saved(tmp_path):
    figure = drawn()
    figure.save(tmp_path)
    assert (tmp_path / "figures" / "jobs.svg").read_bytes() == figure.svg


def table() -> PageTable:
    frame = pd.DataFrame({"candidate_name": [HOSTILE, "=1+1"], "lq": [1.5, float("nan")]})
    columns = [
        PageColumn("Sector", lambda row: row["candidate_name"], numeric=False),
        PageColumn("LQ", lambda row: f"{row['lq']:.1f}", tint=lambda row: "good"),
    ]
    return PageTable("lq", frame, HOSTILE, HOSTILE, columns, (HOSTILE,))


def test_every_text_of_a_table_is_escaped():
    assert "<script" not in table().html
    assert "&lt;script&gt;" in table().html


def test_a_table_has_a_caption_and_scopes_and_a_box_that_scrolls():
    soup = BeautifulSoup(table().html, "html.parser")
    assert soup.caption.get_text() == HOSTILE
    assert [cell["scope"] for cell in soup.thead.find_all("th")] == ["col", "col"]
    assert all(row.th["scope"] == "row" for row in soup.tbody.find_all("tr"))
    box = soup.find("div", class_="table")
    assert box["tabindex"] == "0"
    assert box["aria-labelledby"] == soup.caption["id"]


def test_a_table_is_saved_as_csv_with_every_digit(tmp_path):
    table().save(tmp_path)
    written = (tmp_path / "tables" / "lq.csv").read_bytes()
    assert written.splitlines() == [
        b"candidate_name,lq",
        b'"<script>alert(""1"")</script> & co",1.5',
        b"'=1+1,",
    ]


def test_a_sentence_is_escaped_and_cited():
    said = sentence(HOSTILE, "BLS QCEW")
    assert "<script" not in said.html
    assert said.text == f"{HOSTILE} Source: BLS QCEW"
    assert '<p class="source">Source: BLS QCEW</p>' in said.html
