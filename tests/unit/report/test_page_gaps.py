"""A picture that finds no room on its page leaves little of it blank."""

from __future__ import annotations

import base64

import pytest

from lmi.report import pdf
from lmi.report.page_gaps import LEAST, PageLayout, PictureGap, without_gaps
from tests.unit.report.test_pdf import note, page, printed, table

FULL = PageLayout(3, (), 0)


def drawing(height: int, name: str = "Drawn") -> str:
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="640" height="{height}"/>'
    held = base64.b64encode(svg.encode()).decode()
    return (
        f'<figure class="figure-x"><img src="data:image/svg+xml;base64,{held}" alt="{name}" '
        f'width="640" height="{height}"></figure>'
    )


def filler(lines: int) -> str:
    return "".join(f"<p>Line {n}.</p>" for n in range(lines))


def said(name: str) -> str:
    return f'<p class="reading">{name}</p>'


def test_what_follows_a_picture_without_room_comes_first_and_what_is_said_of_it_stays():
    body = filler(24) + drawing(1050) + said("How to read it.") + table(12) + "<h2>Next</h2>"
    first, second = printed(page(body + "<p>After.</p>"))
    assert "Line 23." in first and "Row 11." in first
    assert "How to read it." in second and "Next" in second


def test_what_is_said_of_a_table_comes_first_with_it():
    """Central Ohio: a sentence on the table of quotients stood under the picture before it."""
    about = '<p class="sentence">Said of the table.</p>'
    body = filler(24) + drawing(1050) + said("How to read it.") + table(12) + about
    first, second = printed(page(body + drawing(300, "Second") + "<h2>Next</h2><p>After.</p>"))
    assert "Row 11." in first and "Said of the table." in first
    assert "How to read it." in second and "Said of the table." not in second


def test_a_note_is_not_broken_over_two_pages():
    long = " ".join(f"Note {n} says what a sign means." for n in range(12))
    for lines in range(40, 48):
        pages = printed(page(filler(lines) + note(long)))
        assert all(("Note 0 " in words) == ("Note 11 " in words) for words in pages)


def test_a_picture_that_nearly_finds_room_is_made_a_little_smaller(monkeypatch):
    def pages(lines):
        return len(printed(page(filler(lines) + drawing(900))))

    with monkeypatch.context() as as_they_come:
        as_they_come.setattr(pdf, "without_gaps", lambda laid_out: {})
        lines = next(n for n in range(10, 40) if pages(n) > 1)
    assert pages(lines) == 1
    assert pages(lines + 15) == 2, "no picture is made as small as there is room"


def test_two_pictures_that_follow_each_other_stand_side_by_side():
    both = drawing(900) + said("Of the first.") + drawing(900, "Second")
    assert len(printed(page(filler(10) + both))) == 1


def test_short_tables_are_not_broken():
    for lines in range(30, 48):
        pages = printed(page(filler(lines) + table(8)))
        assert all(("Row 0." in words) == ("Row 7." in words) for words in pages)


def laid_out(by_fit):
    """Pages that are as a table says of what is asked, and the fits that were tried."""
    tried = []

    def lay(fit):
        tried.append(fit)
        return by_fit(fit)

    return lay, tried


def test_the_least_change_that_does_is_asked():
    gap = PictureGap("1.svg", 0.3, 0.9, after=2)
    lay, tried = laid_out(lambda fit: FULL if fit else PageLayout(3, (gap,), 0))
    assert without_gaps(lay) == {"1.svg": {"scale": 0.9}}
    assert len(tried) <= 4, "each costs as much as to set the pages once"


@pytest.mark.parametrize(
    ("gap", "why"),
    [
        (PictureGap("1.svg", 0.1, 0.9, after=1), "a page need not be full to the last line"),
        (PictureGap("1.svg", 0.4, LEAST - 0.01, after=0), "type that is too small to be read"),
    ],
)
def test_a_picture_is_left_as_it_is_where_nothing_may_be_asked(gap, why):
    lay, tried = laid_out(lambda fit: PageLayout(3, (gap,), 0))
    assert without_gaps(lay) == {}, why
    assert len(tried) == 1


def test_nothing_is_asked_that_takes_a_page_more_or_breaks_tables_for_little():
    gap = PictureGap("1.svg", 0.25, 0.5, after=2)
    more = {1: PageLayout(4, (), 0), 2: PageLayout(3, (), 3)}
    lay, _ = laid_out(
        lambda fit: more[int(fit["1.svg"]["later"])] if fit else PageLayout(3, (gap,), 0)
    )
    assert without_gaps(lay) == {}


def test_a_section_that_begins_a_page_leaves_no_gap_and_a_table_that_spills_is_counted():
    end, picture = {"ended": True, "page": 1, "y": 300.0}, {"picture": "1.svg", "page": 2}
    picture |= {"y": 0.0, "tall": 250.0, "more": 0.0, "after": 0, "fixed": False}
    pages = {"pages": 2, "room": 700.0}
    assert PageLayout.of(pages | {"spots": [end, picture]}).gaps
    begins = {"begins": "staff", "page": 2, "y": 0.0}
    assert not PageLayout.of(pages | {"spots": [end, begins, picture]}).gaps
    table_begun = {"table": True, "page": 1, "y": 400.0}
    spilt = {"ended": True, "page": 2, "y": 40.0}
    assert PageLayout.of(pages | {"spots": [table_begun, spilt]}).spills == 1
