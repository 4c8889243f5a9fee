"""The page: one file, nothing fetched, readable by everyone."""

from __future__ import annotations

import base64
import hashlib
import itertools
import re
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from lmi import report
from lmi.config.branding import Branding
from lmi.report import Exhibit
from lmi.report.profile_page import export_html, page_html, profile_exporter, profile_kind

SECTIONS = ("brief", "sectors", "drivers", "bubbles", "definitions", "glossary")


def shown(thing):
    outputs = []
    for part in thing if isinstance(thing, Exhibit) else (thing,):
        data, metadata = part._repr_mimebundle_()
        outputs.append(new_output("display_data", data, metadata=metadata))
    return outputs


@pytest.fixture(scope="module")
def exporter():
    return profile_exporter()


@pytest.fixture(scope="module")
def once():
    """What is made once and only read: a notebook and its page."""
    return {}


@pytest.fixture
def notebook(make_profile, once):
    if "notebook" not in once:
        once["notebook"] = notebook_of(make_profile)
    return once["notebook"]


def notebook_of(make_profile):
    profile = make_profile(illustrative=True)
    cells = [
        new_code_cell("secret = 'the code'", outputs=[new_output("stream", text="a warning")]),
        new_code_cell("report.title(profile)", outputs=shown(report.title(profile))),
    ]
    for section in SECTIONS:
        cells.append(new_markdown_cell(f"## The *{section}* of it"))
        outputs = shown(getattr(report, section)(profile))
        cells.append(new_code_cell(f"report.{section}(profile)", outputs=outputs))
    return new_notebook(cells=cells)


@pytest.fixture
def page(notebook, exporter, tmp_path, once):
    if "page" not in once:
        path = export_html(notebook, tmp_path / "new" / "profile.html", exporter)
        once["page"] = BeautifulSoup(path.read_text("utf-8"), "html.parser")
    return once["page"]


def fetches(soup) -> list[str]:
    """Everything that a browser would load from elsewhere."""
    found = [tag.get(name) for name in ("src", "href", "srcset", "poster", "action")
             for tag in soup.find_all(attrs={name: True})]  # fmt: skip
    for style in soup.find_all("style"):
        found += re.findall(r"@import[^;]+|url\([^)]*\)", style.get_text())
    return [
        address for address in found if not address.startswith(("#", "data:image/svg+xml;base64,"))
    ]


def test_nothing_is_fetched_and_one_script_of_ours_runs(page):
    assert fetches(page) == []
    assert page.find_all(["link", "iframe"]) == []
    (ours,) = page.find_all("script", type=False)
    assert ours.get_text() == profile_kind().script
    assert not [tag for tag in page.find_all(True) if any(n.startswith("on") for n in tag.attrs)]


def test_the_page_itself_forbids_every_other_script_and_every_address(page):
    policy = page.find("meta", attrs={"http-equiv": "Content-Security-Policy"})["content"]
    digest = base64.b64encode(hashlib.sha256(profile_kind().script.encode()).digest()).decode()
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert rules["default-src"] == "'none'" and rules["script-src"] == f"'sha256-{digest}'"
    assert rules["img-src"] == "data:"


def test_the_code_and_what_it_printed_are_not_shown(page):
    assert "the code" not in page.get_text()
    assert "a warning" not in page.get_text()


def test_the_page_has_a_language_a_title_and_one_first_heading(page):
    assert page.html["lang"] == "en"
    assert page.title.get_text() == "North & West: labor market profile"
    assert [h.get_text() for h in page.find_all("h1")] == ["North & West"]


def test_headings_never_skip_a_level(page):
    levels = [int(tag.name[1]) for tag in page.find_all(re.compile("^h[1-6]$"))]
    assert all(b - a <= 1 for a, b in itertools.pairwise(levels))


def test_the_contents_lead_to_the_sections(page):
    links = {a["href"].removeprefix("#"): a.get_text() for a in page.nav.find_all("a")}
    headings = {h["id"]: h.get_text() for h in page.main.find_all("h2", class_=False)}
    assert links == headings
    assert len(links) == len(SECTIONS)
    assert headings["the-drivers-of-it"] == "The drivers of it"


def test_a_keyboard_can_skip_to_the_profile(page):
    first = page.body.find("a")
    assert first["class"] == ["skip"]
    assert page.find(id=first["href"].removeprefix("#")).name == "main"


def test_every_picture_has_words_and_its_size(page):
    images = page.find_all("img")
    assert len(images) == 2
    for image in images:
        assert len(image["alt"]) > 40
        assert int(image["width"]) == 640
        assert int(image["height"]) > 0


def test_every_table_has_a_caption_and_scopes(page):
    for table in page.find_all("table"):
        assert table.caption.get_text().strip()
        assert all(cell.get("scope") for cell in table.find_all("th"))


def test_ids_are_unique(page):
    ids = [tag["id"] for tag in page.find_all(id=True)]
    assert len(ids) == len(set(ids))


def test_illustrative_data_are_said_to_be_so_before_anything_else(page):
    badge = page.main.find(class_="badge")
    assert badge.get_text().startswith("Illustrative data.")
    assert badge.find_previous("h2") is None


def test_the_same_notebook_gives_the_same_page(notebook, exporter, tmp_path):
    first = export_html(notebook, tmp_path / "a.html", exporter).read_bytes()
    assert export_html(notebook, tmp_path / "b.html").read_bytes() == first
    assert b"\r\n" not in first


def test_a_notebook_on_disk_can_be_exported(notebook, exporter, tmp_path):
    nbformat.write(notebook, tmp_path / "profile.ipynb")
    path = export_html(tmp_path / "profile.ipynb", tmp_path / "profile.html", exporter)
    assert "North &amp; West" in path.read_text("utf-8")


def test_a_part_that_failed_is_said_to_have_failed(exporter, tmp_path):
    error = new_output("error", ename="StoreError", evalue="no <b>data</b>", traceback=["..."])
    broken = new_notebook(cells=[new_code_cell("x", outputs=[error])])
    page = export_html(broken, tmp_path / "a.html", exporter).read_text("utf-8")
    assert "StoreError: no &lt;b&gt;data&lt;/b&gt;" in page


def test_a_states_branding_stands_on_the_page_and_nothing_of_it_acts(notebook, exporter, state):
    name = 'Office of "Work" </style><script>alert(1)</script>\\'
    brand = Branding(name=name, colors={"accent": "#7a1f5c"}, contact="a&b@example.gov")
    kind = profile_kind().of(state.model_copy(update={"branding": brand}))
    kind = kind._replace(logo="data:image/svg+xml;base64,PHN2Zy8+")
    soup = BeautifulSoup(page_html(notebook, exporter, kind=kind), "html.parser")
    assert [s.get_text() for s in soup.find_all("script", type=False)] == [kind.script]
    assert len(soup.find_all("style")) == 1 and "--accent: #7a1f5c" in soup.style.get_text()
    assert soup.find(class_="brand").img["alt"] == name
    assert soup.footer.p.get_text() == f"{name} · a&b@example.gov"


@pytest.mark.browser
def test_only_a_table_of_more_than_two_columns_is_said_to_scroll_on_a_phone(browser):
    css = Path(report.__file__).parent / "templates" / "profile" / "page.css"
    style = css.read_text(encoding="utf-8")
    page = browser.new_page(viewport={"width": 390, "height": 800})
    tables = "".join(
        f'<div class="table"><table><thead><tr>{"<th>Jobs</th>" * n}</tr></thead></table></div>'
        for n in (2, 3)
    )
    page.set_content(f"<style>{style}</style><main>{tables}</main>")
    told = page.evaluate(
        "[...document.querySelectorAll('.table')].map(t => getComputedStyle(t, '::before').content)"
    )
    assert [("Scroll" in one) for one in told] == [False, True]
    page.close()
