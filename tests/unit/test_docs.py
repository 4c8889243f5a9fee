"""Every link of the pages, and of the site that `make site` builds of them, leads somewhere."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
import yaml
from bs4 import BeautifulSoup

ROOT = Path(__file__).resolve().parents[2]
PAGES = [
    *(
        ROOT / page
        for page in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "regions/README.md")
    ),
    *sorted((ROOT / "docs").glob("*.md")),
]
"""Those that the site is made of."""


def prose(page: Path) -> str:
    """A page without its blocks of code."""
    return re.sub(r"^( *)```.*?^\1```$", "", page.read_text(encoding="utf-8"), flags=re.M | re.S)


def anchors(page: Path) -> set[str]:
    """The names that a repository's host gives to the headings of a page."""
    seen: Counter[str] = Counter()
    found = set()
    for heading in re.findall(r"^#+ (.+)$", prose(page), flags=re.M):
        words = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", heading).strip().lower()
        slug = re.sub(r"[^\w\- ]", "", words).replace(" ", "-")
        found.add(f"{slug}-{seen[slug]}" if seen[slug] else slug)
        seen[slug] += 1
    return found


@pytest.mark.parametrize(
    "page", [*PAGES, ROOT / "outputs/README.md"], ids=lambda page: str(page.relative_to(ROOT))
)
def test_links_and_anchors_of_a_page_lead_somewhere(page):
    for link in re.findall(r"\]\(([^)\s]+)\)", prose(page)):
        parts = urlsplit(link)
        if parts.scheme:
            continue
        target = (page.parent / unquote(parts.path)).resolve() if parts.path else page
        assert target.exists(), f"{page.name} links to {link}"
        if parts.fragment and target.suffix == ".md":
            assert parts.fragment in anchors(target), f"{page.name} links to {link}"


def test_every_page_is_in_the_table_of_contents():
    index = ROOT / "docs" / "index.md"
    blocks = re.findall(
        r"^```\{toctree\}\n(.*?)^```", index.read_text(encoding="utf-8"), flags=re.M | re.S
    )
    lines = [line for block in blocks for line in block.splitlines() if line and line[0] != ":"]
    listed = {re.sub(r".*<(.+)>$", r"\1", line) for line in lines}
    assert {(index.parent / f"{name}.md").resolve() for name in listed} == set(PAGES) - {index}


def test_the_guide_to_a_profile_has_the_reasons_and_questions_that_profiles_have():
    text = (ROOT / "docs" / "reading.md").read_text(encoding="utf-8")
    reasons = yaml.safe_load((ROOT / "regions" / "criteria.yml").read_text(encoding="utf-8"))[
        "set_aside"
    ]
    asked = {key: each["ask"] for key, each in reasons.items() if isinstance(each, dict)}
    assert len(asked) == 4
    assert [key for key, ask in asked.items() if ask not in text] == []


ESTIMATORS = {
    "with zero": "zero-fill",
    "in equal parts": "equal split",
    "by places of business |": "establishment share",
    "raked": "top-down raking",
    "one quarter alone": "estimate, one period",
    "other quarters and years": "estimate, all periods",
}


def test_the_questions_name_the_errors_that_were_measured():
    """Of all levels together, of the cells that were withheld and then published."""
    measured = (ROOT / "docs" / "estimates.md").read_text(encoding="utf-8")
    asked = (ROOT / "docs" / "withheld.md").read_text(encoding="utf-8")
    for words, name in ESTIMATORS.items():
        (row,) = [line for line in asked.splitlines() if line.startswith("| ") and words in line]
        told = re.findall(r"(\d+)%", row)
        for place, share in zip(("Colorado", "Ohio"), told, strict=True):
            block = measured.partition(f"{place} 2016Q1: withheld cells that are disclosed")[2]
            (error,) = re.findall(rf"{name} +error .*? ([\d.]+) *\n", block.partition("\n\n")[0])
            assert round(100 * float(error)) == int(share), (words, place)


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Path:
    """The site, built as `make site` builds it: any warning is an error."""
    if missing := [
        name for name in ("sphinx", "myst_parser", "furo") if not importlib.util.find_spec(name)
    ]:
        pytest.skip(f"no {', '.join(missing)}: install the extra `docs`, as `make site` does")
    folder = tmp_path_factory.mktemp("docs")
    (command,) = re.findall(
        r"-m sphinx (.*) -d \S+ \. outputs/site", (ROOT / "Makefile").read_text(encoding="utf-8")
    )
    call = [sys.executable, "-m", "sphinx", *command.split()]
    done = subprocess.run(
        [*call, "-d", folder / "trees", ".", folder / "site"],
        cwd=ROOT, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return folder / "site"


def soups(site: Path) -> dict[Path, BeautifulSoup]:
    return {
        page: BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")
        for page in site.rglob("*.html")
    }


@pytest.mark.program
def test_the_site_has_every_page_and_every_link_of_it_leads_somewhere(site):
    pages = soups(site)
    for source in PAGES:
        assert site / source.relative_to(ROOT).with_suffix(".html") in pages
    ids = {page: {tag["id"] for tag in soup.find_all(id=True)} for page, soup in pages.items()}
    checked = 0
    for page, soup in pages.items():
        refresh = soup.find("meta", attrs={"http-equiv": "refresh"})
        links = [
            tag.get("href") or tag.get("src")
            for tag in soup.find_all(["a", "link", "img", "script"])
        ]
        links += [refresh["content"].partition("url=")[2]] if refresh else []
        for link in filter(None, links):
            parts = urlsplit(link)
            if parts.scheme in ("https", "http", "data", "mailto"):
                continue
            target = (page.parent / unquote(parts.path)).resolve() if parts.path else page
            assert target.is_file(), f"{page.relative_to(site)} links to {link}"
            if parts.fragment and target in ids and target.name != "search.html":
                assert parts.fragment in ids[target], f"{page.relative_to(site)} links to {link}"
            checked += 1
    assert checked > 100


@pytest.mark.program
def test_the_site_fetches_nothing_from_elsewhere(site):
    for page, soup in soups(site).items():
        used = [tag.get("src") for tag in soup.find_all(src=True)]
        used += [
            tag["href"] for tag in soup.find_all("link") if "canonical" not in tag.get("rel", [])
        ]
        assert not [each for each in used if re.match(r"(https?:)?//", each)], page.name
    for sheet in site.rglob("*.css"):
        found = re.findall(
            r"(?:url\(|@import)\s*['\"]?(?:https?:)?//", sheet.read_text(encoding="utf-8")
        )
        assert not found, sheet.name


@pytest.mark.program
def test_the_site_names_no_place_of_the_machine_that_built_it(site):
    for page in (*site.rglob("*.html"), *site.rglob("*.js")):
        assert str(ROOT) not in page.read_text(encoding="utf-8"), page.name
