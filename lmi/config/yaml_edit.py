"""Change one thing in a YAML file of definitions and leave every other character as it is.

A file that people wrote carries their comments, their order and their blank lines. So it is not
read and written anew: what is to change is found by its place, and cut out of the text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from lmi.errors import ConfigError

__all__ = ["YamlText", "number", "quoted"]

STEP = "  "
# What YAML reads as a line end or does not print, and JSON leaves as it is.
_UNPRINTABLE = re.compile(r"[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
Path_ = tuple[str | int, ...]


def quoted(text: str) -> str:
    r"""Write a text so that YAML reads it as that text and nothing else.

    Examples
    --------
    >>> from lmi.config.yaml_edit import quoted
    >>> print(quoted('No: "yes"'))
    "No: \"yes\""
    """
    written = json.dumps(text, ensure_ascii=False)
    return _UNPRINTABLE.sub(lambda sign: f"\\u{ord(sign[0]):04x}", written)


def number(value: float) -> str:
    """Write a number with at most six decimals.

    Examples
    --------
    >>> from lmi.config.yaml_edit import number
    >>> number(2.0), number(0.125), number(1e-7)
    ('2', '0.125', '0')
    """
    return f"{value:.6f}".rstrip("0").rstrip(".")


class YamlText:
    r"""The text of a YAML file, to be changed place by place.

    Parameters
    ----------
    text : str
        As `lmi.config.document.read_document` accepts it; empty for a file that is to be made.
    file : pathlib.Path
        For messages.

    Examples
    --------
    >>> from lmi.config.yaml_edit import YamlText
    >>> file = YamlText("pay: # sustains a family\n  weight: 1.0 # as jobs\n", Path("criteria.yml"))
    >>> file.set_scalar(("pay", "weight"), "2")
    >>> print(file.text, end="")
    pay: # sustains a family
      weight: 2 # as jobs
    """

    def __init__(self, text: str, file: Path) -> None:
        self.text, self.file = text, file
        self._end = "\r\n" if "\r\n" in text else "\n"
        self._read: tuple[str, Node | None] | None = None

    def get(self, path: Path_) -> Node | None:
        """Return the node at a path of keys and positions, None where nothing is."""
        found = self._entry(path)
        return None if found is None else found[1]

    def has(self, path: Path_) -> bool:
        """Tell whether a path is written."""
        return self.get(path) is not None

    def set_scalar(self, path: Path_, written: str) -> None:
        """Write a value, in the place of the one at `path` or as a new key of what holds it."""
        node = self.get(path)
        if node is None:
            self.add(path[:-1], [f"{path[-1]}: {written}"])
        elif isinstance(node, ScalarNode) and node.style not in ("|", ">"):
            space = "" if self.text[node.start_mark.index - 1].isspace() else " "
            self._replace(node.start_mark.index, node.end_mark.index, space + written)
        else:
            self.replace(path, [f"{path[-1]}: {written}"])

    def set_list(self, path: Path_, items: Mapping[str, str]) -> None:
        """Write a list of codes, keeping the lines, and so the comments, of those that stay.

        Parameters
        ----------
        path : tuple of str or int
            Where the list is or is to be; an empty list takes its key away.
        items : mapping of str to str
            Code to the comment that a new line of it carries.
        """
        node = self.get(path)
        if not items:
            if node is not None:
                self.remove(path)
        elif node is None:
            self.add(path[:-1], [f"{path[-1]}:", *(STEP + line for line in _items(items))])
        elif not isinstance(node, SequenceNode) or node.flow_style:
            self._set_flow(node, items)
        else:
            self._set_block(node, items)

    def add(self, path: Path_, lines: Sequence[str], apart: bool = False) -> None:
        """Add lines at the end of the mapping at `path`.

        Parameters
        ----------
        lines : sequence of str
            Without the indentation of the mapping.
        apart : bool, optional
            Put a blank line before them.
        """
        node = self._root() if not path else self.get(path)
        blank = [""] if apart else []
        if node is None or not node.value:
            end = self._end
            held = self.text if not self.text or self.text.endswith("\n") else self.text + end
            self.text = held + "".join(line + end for line in [*(blank if held else []), *lines])
            return
        self._refuse_flow(node)
        indent = " " * node.start_mark.column
        at = self._line_start(_last_line(node) + 1)
        if at and self.text[at - 1] != "\n":
            self._replace(at, at, self._end)
            at += len(self._end)
        written = [*blank, *(f"{indent}{line}" for line in lines)]
        self._replace(at, at, "".join(line + self._end for line in written))

    def replace(self, path: Path_, lines: Sequence[str]) -> None:
        """Write lines in the place of the whole entry at `path`."""
        start, end, indent = self._span(path)
        self._replace(start, end, "".join(indent + line + self._end for line in lines))

    def remove(self, path: Path_) -> None:
        """Take the whole entry at `path` away."""
        start, end, _ = self._span(path)
        self._replace(start, end, "")

    def _root(self) -> MappingNode | None:
        if self._read is None or self._read[0] != self.text:
            self._read = self.text, yaml.compose(self.text, Loader=yaml.SafeLoader)
        node = self._read[1]
        return node if isinstance(node, MappingNode) else None

    def _entry(self, path: Path_) -> tuple[Node, Node] | None:
        """Return the key, or the item itself, and the value at a path."""
        root = self._root()
        if root is None:
            return None
        found: tuple[Node, Node] = (root, root)
        for part in path:
            node = found[1]
            if isinstance(part, int) and isinstance(node, SequenceNode):
                if part >= len(node.value):
                    return None
                found = (node.value[part], node.value[part])
                continue
            pairs = node.value if isinstance(node, MappingNode) else []
            match = [(key, value) for key, value in pairs if key.value == part]
            if not match:
                return None
            found = match[0]
        return found

    def _span(self, path: Path_) -> tuple[int, int, str]:
        """Return where the lines of an entry start and end, and their indentation."""
        found = self._entry(path)
        assert found is not None, f"{path} is not in {self.file}"
        parent = self._root() if len(path) == 1 else self.get(path[:-1])
        assert parent is not None
        self._refuse_flow(parent)
        key, value = found
        start = self._line_start(key.start_mark.line)
        if self.text[start : key.start_mark.index].strip():
            raise self._refused(key, "stands on the line of another; give it a line of its own")
        end = self._line_start(max(_last_line(value), key.end_mark.line) + 1)
        return start, end, " " * key.start_mark.column

    def _set_flow(self, node: Node, items: Mapping[str, str]) -> None:
        start, end = node.start_mark.index, node.end_mark.index
        if "#" in self.text[start:end]:
            raise self._refused(
                node, "is a list in brackets with comments between; give each code a line"
            )
        self._replace(start, end, f"[{', '.join(map(quoted, items))}]")

    def _set_block(self, node: SequenceNode, items: Mapping[str, str]) -> None:
        lines = self.text.splitlines(keepends=True)
        at = {item.value: item.start_mark.line for item in node.value}
        indent = " " * node.start_mark.column
        last = max(at.values())
        if not lines[last].endswith("\n"):
            lines[last] += self._end
        for code in sorted(set(items) - set(at), reverse=True):
            before = [line for other, line in at.items() if other < code]
            place = max(before) if before else min(at.values()) - 1
            lines[place] += f"{indent}- {_item(code, items[code])}{self._end}"
        for code, line in at.items():
            if code not in items:
                lines[line] = lines[line].partition("\n")[2]
        self.text = "".join(lines)

    def _refuse_flow(self, node: Node) -> None:
        if getattr(node, "flow_style", False):
            raise self._refused(node, "is written in braces; give each key a line of its own")

    def _refused(self, node: Node, why: str) -> ConfigError:
        return ConfigError(
            f"what begins here {why}, so that it can be saved to without loss.",
            file=self.file,
            line=node.start_mark.line + 1,
        )

    def _line_start(self, line: int) -> int:
        lines = self.text.splitlines(keepends=True)
        return sum(map(len, lines[:line]))

    def _replace(self, start: int, end: int, text: str) -> None:
        self.text = self.text[:start] + text + self.text[end:]


def _items(items: Mapping[str, str]) -> list[str]:
    return [f"- {_item(code, comment)}" for code, comment in items.items()]


def _item(code: str, comment: str) -> str:
    said = " ".join("".join(c if c.isprintable() else " " for c in comment).split())
    return f"{quoted(code)} # {said}" if said else quoted(code)


def _last_line(node: Node) -> int:
    """Return the last line of what a node says, without the comments after it."""
    if isinstance(node, ScalarNode):
        if node.style in ("|", ">"):
            return _last_of_block(node)
        return int(node.end_mark.line)
    if getattr(node, "flow_style", False) or not node.value:
        return int(node.end_mark.line)
    last = node.value[-1]
    return _last_line(last[1] if isinstance(last, tuple) else last)


def _last_of_block(node: ScalarNode) -> int:
    """Return the last line of a text below ``|`` or ``>``, blank lines after it left out."""
    text = node.start_mark.buffer
    assert text is not None
    held = text[node.start_mark.pointer : node.end_mark.pointer].rstrip("\0")
    lines = held.splitlines()
    indents = [len(line) - len(line.lstrip()) for line in lines[1:] if line.strip()]
    inner = indents[0] if indents else 0
    last = 0
    for place, line in enumerate(lines[1:], start=1):
        if line.strip() and len(line) - len(line.lstrip()) >= inner:
            last = place
    return int(node.start_mark.line) + last
