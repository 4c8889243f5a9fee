"""Reading YAML: nothing is executed, expanded or guessed, and every value knows its line."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

import lmi.config.document as document_module
from lmi.config.document import MAX_BYTES, Plain, read_document
from lmi.errors import ConfigError


@pytest.fixture(params=["in C", "in Python"])
def read(request, tmp_path, monkeypatch):
    """Read a file by either parser: PyYAML has the fast one only where it was built with it."""
    if request.param == "in Python":
        monkeypatch.setattr(document_module, "_LOADER", yaml.SafeLoader)

    def read(content: str | bytes):
        file = tmp_path / "some.yml"
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return read_document(file)

    return read


def test_values_and_the_lines_they_stand_in(read):
    document = read(
        "# a comment\n"
        "name: Northern\n"
        "\n"
        "counties:\n"
        '  - "08069" # Larimer\n'
        "  - '08123' # Weld\n"
        "source: {name: The office, note: }\n"
    )
    assert document.data == {
        "name": "Northern",
        "counties": ["08069", "08123"],
        "source": {"name": "The office", "note": None},
    }
    assert document.location("counties", 1).line == 6
    assert document.location("source", "name").line == 7
    assert document.location("counties", 99).line == 4, "the nearest part that is written"


def test_what_stands_without_quotes_is_kept_as_written(read):
    data = read('plain: 08001\nquoted: "08001"\nnorway: no\nfolded: >-\n  a\n  b\n').data
    assert data == {"plain": "08001", "quoted": "08001", "norway": "no", "folded": "a b"}
    assert isinstance(data["plain"], Plain)
    assert not isinstance(data["quoted"], Plain)


def test_a_byte_order_mark_and_windows_line_ends_are_tolerated(read):
    document = read(b"\xef\xbb\xbfname: North\r\nkey: north\r\n")
    assert document.data == {"name": "North", "key": "north"}
    assert document.location("key").line == 2


@pytest.mark.parametrize(
    ("content", "line", "says"),
    [
        ("", None, "the file is empty"),
        ("# only a comment\n", None, "the file is empty"),
        ("- a\n- b\n", 1, "the file must be a list of 'key: value' lines"),
        ("<html><body>404</body></html>", 1, "the file must be a list of 'key: value' lines"),
        ("a: 1\nb: 2\na: 3\n", 3, "the key 'a' stands twice, first in line 1"),
        ("a:\n  b: 1\n  b: 2\n", 3, "the key 'b' stands twice, first in line 2"),
        ("a: 1\n---\nb: 2\n", 2, "a second document starts"),
        ("a: [1, 2\nb: 3\n", 2, "not valid YAML"),
        ("a:\n\tb: 1\n", 2, "indent with spaces, not tabs"),
        ('a: 1\nb: "open\nc: 2\n', 3, "in what begins in line 2"),
        ("? [a]\n: b\n", 1, "a key must be a word"),
        ("a: \x00\n", 1, "not valid YAML"),
        ("a: !!python/object/apply:os.system ['true']\n", 1, "the tag"),
        ("a: !env HOME\n", 1, "the tag '!env' is not read"),
        ("a: &x 1\n", 1, "anchors and aliases (&x, *x) are not read"),
        ("a: 1\nb: *x\n", 2, "anchors and aliases (&x, *x) are not read"),
        ("a: " + "[" * 5000, 1, "nest deeper than"),
        (b"a: 1\nb: caf\xe9\n", 2, "byte 0xe9 is not UTF-8; save the file as UTF-8"),
        ("a: 1\n".encode("utf-16"), 1, "is not UTF-8"),
        (b"a: " + b"x" * MAX_BYTES, None, "larger than 1,000,000 bytes"),
    ],
)
def test_what_is_refused(read, refusal, content, line, says):
    assert says in refusal(lambda: read(content), line)


def test_aliases_cannot_multiply(read, refusal):
    levels = [f"l{i}: &l{i} [{', '.join([f'*l{i - 1}'] * 9)}]" for i in range(1, 9)]
    bomb = "l0: &l0 [lol]\n" + "\n".join(levels)
    assert "anchors and aliases" in refusal(lambda: read(bomb), 1)


def test_a_file_that_is_not_there(tmp_path, refusal):
    said = refusal(lambda: read_document(tmp_path / "state.yml"), None)
    assert "there is no such file; create it as regions/README.md shows" in said


def test_a_folder_is_not_a_file(tmp_path):
    with pytest.raises(ConfigError, match="cannot be read"):
        read_document(Path(tmp_path))
