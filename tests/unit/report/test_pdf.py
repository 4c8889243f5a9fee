"""Pages on paper: text stays text, what is not for print is not there, and the same page is the
same file."""

from __future__ import annotations

import io

import pytest
from bs4 import BeautifulSoup
from markupsafe import escape
from pypdf import PdfReader

from lmi.report.html import breakable
from lmi.report.pdf import ZERO_WIDTH, as_pdf

HOSTILE = '#panic("x") *bold* $x^2$ \\ {size} {} <b>& "q" `raw` = head \x0b\x00 @ref // gone'


def page(body: str, kind: str = "profile") -> str:
    return (
        f'<!doctype html><html><head><title>A "title" &amp; {{more}}</title></head>'
        f'<body class="{kind}"><main><header><h1>Ferrow</h1><p class="lede">Evidence, 2016</p>'
        f"</header>{body}</main><footer>Made with care</footer></body></html>"
    )


def table(rows: int, cell: str = "12,345", columns: int = 1) -> str:
    cells = f'<td class="num">{cell}</td>' * columns
    lines = "".join(f'<tr><th scope="row">Row {n}.</th>{cells}</tr>' for n in range(rows))
    heads = "".join(f'<th scope="col" class="num">Jobs{n or ""}</th>' for n in range(columns))
    return (
        '<div class="table"><table><caption>Counted</caption><thead><tr><th scope="col">Sector</th>'
        f"{heads}</tr></thead><tbody>{lines}</tbody></table></div>"
    )


def note(*sentences: str) -> str:
    return f'<p class="table-note">{" ".join(sentences)}</p>'


def printed(html: str, **asked: object) -> list[str]:
    """The words of each page."""
    pages = PdfReader(io.BytesIO(as_pdf(html, **asked))).pages
    return [" ".join(page.extract_text().split()) for page in pages]


@pytest.mark.parametrize("kind", ["profile", "worksheet", "record"])
def test_text_stays_text(kind):
    shown = HOSTILE.replace("\x0b", "").replace("\x00", "")
    (words,) = printed(page(f"<p>{escape(HOSTILE)}</p>", kind))
    assert " ".join(shown.split()) in words
    assert words.endswith("Made with care")


def test_a_table_says_on_every_page_what_its_columns_are_and_loses_no_row():
    pages = printed(page(table(150)))
    assert len(pages) > 1
    assert all("Sector Jobs" in words for words in pages)
    assert all(sum(f"Row {n}." in words for words in pages) == 1 for n in range(150))
    beside = printed(page(table(150) + table(150)))
    assert len(beside) == len(pages), "narrow tables stand beside each other"
    assert all(words.count("Sector Jobs") == 2 for words in beside)
    assert all(sum(words.count(f"Row {n}.") for words in beside) == 2 for n in range(150))


def test_a_table_too_wide_for_the_paper_is_in_parts_that_name_their_rows():
    (words,) = printed(page(table(3, columns=30)))
    heads = [f"Jobs{n or ''} " for n in range(30)]
    assert all(head in f"{words} " for head in heads)
    assert words.count("Row 1.") == words.count("Sector Jobs") > 1


def test_what_a_note_or_a_source_says_again_is_a_reference_to_the_page():
    source = '<p class="source">Source: U.S. Bureau of 2016. Change from 2015.</p>'
    later = source.replace("from 2015", "from 2011")
    first = table(100) + note("≈ estimated in part.", "LQ: quotient.") + source
    second = table(1) + note("Own sign.", "LQ: quotient.") + later
    text = " ".join(printed(page(f"{first}<h2>Two</h2>{second}")))
    assert text.count("≈ estimated in part. LQ: quotient. Source: U.S. Bureau of 2016. Change") == 1
    assert "Own sign. Other signs: as on page 2. Source: as on page 2. Change from 2011." in text


def test_type_is_large_enough_to_be_read():
    def sizes(body: str) -> set[float]:
        found: set[float] = set()
        for one in PdfReader(io.BytesIO(as_pdf(page(body)))).pages:
            one.extract_text(
                visitor_text=lambda text, cm, tm, font, size: (
                    found.add(round(size * abs(tm[3]), 1)) if "ZZ" in text else None
                )
            )
        return found

    assert min(sizes("<p>ZZ</p>")) >= 9
    assert min(sizes(table(3, "ZZ", columns=12)) | sizes(table(3, "ZZ"))) >= 7.5


def test_what_cannot_be_done_on_paper_is_not_printed():
    body = (
        '<section class="explorer"><button>Try</button></section><p>Kept</p>'
        '<details class="staff"><summary>Show more</summary><p>Folded on the screen</p></details>'
        '<details class="reasons-more"><p>One by one</p></details>'
        '<div class="reasons-printed" style="display: none"><p>In a line</p></div>'
    )
    (words,) = printed(page(body))
    assert "Kept" in words and "Folded on the screen" in words and "In a line" in words
    assert "Try" not in words and "Show more" not in words and "One by one" not in words


def test_typed_lines_stay_lines():
    (words,) = PdfReader(io.BytesIO(as_pdf(page('<p class="typed">One\ntwo</p>', "record")))).pages
    assert "One\ntwo" in words.extract_text()


def test_type_is_as_large_as_the_pages_that_it_may_fill_allow():
    def height(text: str) -> float:
        sizes: list[float] = []
        first = PdfReader(io.BytesIO(as_pdf(page(text), pages=2))).pages[0]
        first.extract_text(visitor_text=lambda t, cm, tm, font, size: sizes.append(size))
        return max(sizes)

    assert len(printed(page(table(170)), pages=2)) == 2
    assert height(table(10)) > height(table(170))


def test_it_is_titled_tagged_bookmarked_and_the_same_again():
    html = page("<h2>One</h2><p>a</p><h2>Two</h2><p>b</p>")
    made = as_pdf(html, "a4")
    read = PdfReader(io.BytesIO(made))
    assert read.metadata.title == 'A "title" & {more}'
    root = read.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] and root["/Lang"] == "en"
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()
    assert [entry.title for entry in read.outline[1]] == ["One", "Two"]
    assert made == as_pdf(html, "a4")
    assert (
        read.pages[0].mediabox.height > PdfReader(io.BytesIO(as_pdf(html))).pages[0].mediabox.height
    )


def test_a_brand_stands_in_the_corner_with_its_words_and_no_color_is_lost():
    dot = (
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5Erk"
        "Jggg=="
    )
    for inside in (f'<img src="data:image/png;base64,{dot}" alt="Office">', "Office of Work"):
        html = page(f'<p class="brand">{inside}</p><p class="eyebrow">Profile</p>').replace(
            'class="profile"', 'class="profile" data-accent="#7a1f5c" data-soft="#f6e8f1"'
        )
        reader = PdfReader(io.BytesIO(as_pdf(html)))
        words = reader.pages[0].extract_text()
        assert "Profile" in words and (
            "Office of Work" in words or len(reader.pages[0].images) == 1
        )
        colors = reader.pages[0].get_contents().get_data()
        assert b"0.47843137 0.12156863 0.36078432 scn" in colors


@pytest.mark.parametrize("of", ["text", "table"])
def test_a_word_longer_than_a_line_breaks_on_paper_and_a_hash_stays_whole(of):
    """It ran off the page, and was cut there."""
    word, digest = "Donaudampfschiff" * 12, "0123456789abcdef" * 4
    body = f"<p>{word}</p>" if of == "text" else table(1, word)
    text = PdfReader(io.BytesIO(as_pdf(page(f"{body}<p>{digest}</p>")))).pages[0].extract_text()
    assert f"Donaudampf{ZERO_WIDTH}schiff" in text and f"6789{ZERO_WIDTH}" not in text
    parts = [line for line in text.replace(ZERO_WIDTH, "").splitlines() if "dampf" in line]
    assert len(parts) > 1 and max(map(len, parts)) < 150
    assert digest in text.replace(ZERO_WIDTH, "").splitlines()


def test_a_words_breaks_are_nothing_where_a_page_is_read_or_copied():
    word = "Donaudampfschiff" * 12
    html = breakable(page(f'<p title="{word}">{word}</p>'))
    shown = BeautifulSoup(html, "html.parser").find_all("p")[-1]
    assert shown.get_text() == word == shown["title"] and len(shown.find_all("wbr")) == 19
    assert as_pdf(html) == as_pdf(page(f'<p title="{word}">{word}</p>'))


def test_rows_are_loose_where_the_pages_have_room_and_a_page_of_its_own_begins_one():
    def lines(rows: int) -> float:
        """Points from a row of a table to the next."""
        at: list[float] = []
        first = PdfReader(io.BytesIO(as_pdf(page(table(rows)), pages=1))).pages[0]
        first.extract_text(
            visitor_text=lambda text, cm, tm, font, size: (
                at.append(cm[5] + tm[5]) if text.startswith("Row ") else None
            )
        )
        return abs(at[1] - at[0])

    assert lines(3) > 1.2 * lines(72)
    section = '<h2 id="the-sectors-side-by-side">Side by side</h2><p>Next</p>'
    pages = printed(page(f"{table(40)}<p>Last of all</p>{section}"), pages=2)
    assert "Last of all" in pages[0] and pages[1].count("Side by side") == 1


def test_a_running_head_is_one_line():
    def head(told: str) -> str:
        html = page(table(150)).replace("Evidence, 2016", told)
        return printed(html)[1].partition("Sector")[0].strip()

    assert head("Health care, 2023") == "Ferrow · Health care, 2023"
    assert head("Health care, convened by the college. " * 6) == "Ferrow"


@pytest.mark.parametrize("lines", range(44, 50))
def test_a_table_begins_with_a_few_rows_or_on_the_next_page(lines):
    above = "".join(f"<p>Line {n}.</p>" for n in range(lines))
    pages = printed(page(above + table(20, columns=8)))
    first = next(words for words in pages if "Counted" in words)
    assert sum(f"Row {n}." in first for n in range(20)) >= 3
    assert all(sum(f"Row {n}." in words for words in pages) == 1 for n in range(20))
