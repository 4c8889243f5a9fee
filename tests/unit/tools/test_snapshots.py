"""What a snapshot replaces, what it reads on a page, and what it says of two that differ."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pandas as pd
import pytest

from tools.snapshots.differences import Difference, compare
from tools.snapshots.placeholders import RULES, page_text, picture_texts, plain

DIGEST = "0123456789abcdef" * 4


def two(tmp_path: Path, name: str, before: str, after: str) -> tuple[Path, Path]:
    folders = tmp_path / "before", tmp_path / "after"
    for folder, text in zip(folders, (before, after), strict=True):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8", newline="")
    return folders


def only(found: list[Difference]) -> Difference:
    (difference,) = found
    return difference


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("at 2026-11-26T15:27:44+00:00.", "at <time>."),
        ('{"at": "2026-11-26T15:27:44.125Z"}', '{"at": "<time>"}'),
        ('"seconds": {\n  "page": 0.073\n }', '"seconds": "<seconds>"'),
        (f'"key": "{DIGEST}"', '"key": "<digest>"'),
        (f'"code": "{DIGEST}"', '"code": "<digest>"'),
        (f'"profile.html": "{DIGEST}"', '"profile.html": "<digest>"'),
        (f'"tables/ranking.csv": "{DIGEST}"', '"tables/ranking.csv": "<digest>"'),
        ("year=2023/9e6597278bf3.parquet", "year=2023/<part>.parquet"),
        ('"session_id": "69aaffe767097179"', '"session_id": "<session>"'),
        ('"code": "466EQG"', '"code": "<code>"'),
        ("0.1.0; session 125a63a057826266", "0.1.0; session <session>"),
    ],
)
def test_what_changes_by_the_run_gives_way_to_a_placeholder(text, expected):
    assert plain(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        f'"sha256": "{DIGEST}"', f'"figures/map.svg": "{DIGEST}"', '"code": "08001"',
        "retrieved 2024-03-05", "2016_qtrly_by_area_colorado.zip", "0.20261126",
    ],
)  # fmt: skip
def test_what_is_content_stays(text):
    assert plain(text) == text


def test_every_rule_says_why():
    assert all(rule.why and "<" in rule.placeholder for rule in RULES)


def test_today_and_known_words_are_placeholders_the_longer_word_first():
    today = datetime.datetime.now(datetime.UTC).date()
    known = {"/tmp/x": "<home>", "/tmp/x/outputs": "<outputs>"}
    said = plain(
        f"/tmp/x/outputs on {today}, /tmp/x on {today:%B} {today.day}, {today.year}", known
    )
    assert said == "<outputs> on <today>, <home> on <today>"


def test_a_page_is_read_as_a_reader_does():
    html = """<html><head><title>T</title><style>p {}</style></head><body>
    <script>var x</script><p>One <b>bo</b>ld
    w\u00a0rd</p><table><tr><th>A</th><td>1</td></tr></table><img alt="A map.">
    <button aria-label="Take out Ann">x</button><svg aria-label="A bar"><text>9</text></svg></body>
    </html>"""
    assert page_text(html).splitlines() == [
        "T", "One bold w\u00a0rd", "A | 1", "[picture: A map.]", "[Take out Ann] x",
        "[picture: A bar]",
    ]  # fmt: skip
    assert picture_texts(html) == "A map.\nA bar\n"


def test_the_same_is_no_difference_and_a_session_is_not_compared(tmp_path):
    before, after = two(tmp_path, "a.csv", "a\n1\n", "a\n1\n")
    (before / "session.lmi-workshop").write_bytes(b"1")
    assert compare(before, after, frozenset()) == []


def test_files_that_came_and_went_are_named(tmp_path):
    before, after = two(tmp_path, "a.txt", "1", "1")
    (before / "old.txt").write_text("", encoding="utf-8")
    (after / "new.txt").write_text("", encoding="utf-8")
    found = compare(before, after, frozenset({"new"}))
    assert [(d.name, d.status, d.is_allowed) for d in found] == [
        ("new.txt", "added", False), ("old.txt", "removed", False),
    ]  # fmt: skip


def test_of_a_table_columns_and_cells_are_named(tmp_path):
    folders = two(tmp_path, "a.csv", "a,b\n1,2\n3,4\n", "a,c\n1,2\n5,4\n")
    assert [c.text for c in only(compare(*folders, frozenset())).changes] == [
        "column c added", "column b removed",
        "column a: 1 of 2 cells differ, first row 2: 3 became 5",
    ]  # fmt: skip


def test_a_column_that_may_be_new_is_allowed_unless_something_else_changed(tmp_path):
    allowed = frozenset({"c"})
    folders = two(tmp_path, "a.csv", "# n\na,b\n1,2\n", "# n\na,c,b\n1,9,2\n")
    assert only(compare(*folders, allowed)).is_allowed
    assert not only(compare(*folders, frozenset())).is_allowed
    for other in ("# n\na,c,b\n1,9,3\n", "# m\na,c,b\n1,9,2\n", "# n\nb,c,a\n2,9,1\n"):
        assert not only(
            compare(*two(tmp_path, "a.csv", "# n\na,b\n1,2\n", other), allowed)
        ).is_allowed


def test_other_bytes_of_the_same_content_differ(tmp_path):
    for name, before, after in (
        ("a.csv", "a\n1\n", "a\r\n1\r\n"), ("a.json", '{"a": 1, "b": 2}', '{"b": 2, "a": 1}'),
    ):  # fmt: skip
        found = only(compare(*two(tmp_path / name, name, before, after), frozenset({"a"})))
        assert [c.text for c in found.changes] == ["the same content in other bytes"]
        assert not found.is_allowed


def test_of_parquet_missing_cells_are_equal_and_types_are_named(tmp_path):
    before, after = tmp_path / "before", tmp_path / "after"
    for folder, values, counts in ((before, [1.0, None], [1, 2]), (after, [2.0, None], [1.0, 2.0])):
        folder.mkdir()
        pd.DataFrame({"x": values, "n": counts}).to_parquet(folder / "a.parquet")
    assert [c.text for c in only(compare(before, after, frozenset())).changes] == [
        "column n: int64 became double",
        "column x: 1 of 2 cells differ, first row 1: 1.0 became 2.0",
    ]


def test_of_json_keys_are_named_and_items_are_known_by_their_own_name(tmp_path):
    old = {"criteria": [{"key": "pay", "weight": 1}], "year": 2023}
    new = {
        "criteria": [{"key": "size", "weight": 0}, {"key": "pay", "weight": 2}], "year": 2023,
    }  # fmt: skip
    folders = two(tmp_path, "a.json", json.dumps(old), json.dumps(new))
    found = only(compare(*folders, frozenset({"size"})))
    assert [(c.text, c.added) for c in found.changes] == [
        ("key criteria.size.key added", "size"), ("key criteria.size.weight added", "size"),
        ("key criteria.pay.weight: 1 became 2", ""),
    ]  # fmt: skip
    assert not found.is_allowed
    new["criteria"][1]["weight"] = 1  # type: ignore[index]
    folders = two(tmp_path, "a.json", json.dumps(old), json.dumps(new))
    assert only(compare(*folders, frozenset({"size"}))).is_allowed


def test_of_a_text_the_lines_are_shown_and_not_more_than_a_screen(tmp_path):
    folders = two(tmp_path, "a.txt", "one\ntwo\n", "one\n" + "three\n" * 40)
    lines = list(only(compare(*folders, frozenset())).lines("sample"))
    assert lines[0] == "changed  sample/a.txt" and lines[1].strip() == "-two"
    assert lines[-1].strip() == "and 29 more"
