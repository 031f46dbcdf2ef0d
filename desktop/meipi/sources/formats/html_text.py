"""A page as text: paragraphs between blank lines, items as ``- ``, cells between tabs."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from lxml.etree import _Element

_BLANKS = re.compile(r"[ \t\r\n\f]+")
_GAP = re.compile(r"\n{2,}")
_AROUND = " \t\r\n\f\u00a0\u3000"


class Kind(Enum):
    """What an element is to the text around it; any other element is part of its line."""

    BLOCK = auto()
    HEADING = auto()
    ITEM = auto()
    ROW = auto()
    CELL = auto()
    BREAK = auto()
    KEPT = auto()
    """A block whose line breaks and blanks are its own."""
    HIDDEN = auto()


# fmt: off
_BLOCKS = (
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dialog",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "header", "hr",
    "html", "legend", "main", "nav", "ol", "option", "p", "section", "summary", "table", "tbody",
    "tfoot", "thead", "ul",
)
_HIDDEN = (
    "audio", "button", "canvas", "head", "iframe", "input", "math", "noscript", "object", "script",
    "select", "style", "svg", "template", "textarea", "title", "video",
)
# fmt: on
_KINDS: Mapping[str, Kind] = {
    **dict.fromkeys(_BLOCKS, Kind.BLOCK),
    **dict.fromkeys(_HIDDEN, Kind.HIDDEN),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), Kind.HEADING),
    "li": Kind.ITEM,
    "tr": Kind.ROW,
    "td": Kind.CELL,
    "th": Kind.CELL,
    "br": Kind.BREAK,
    "pre": Kind.KEPT,
}
_APART = frozenset({Kind.BLOCK, Kind.HEADING, Kind.ITEM, Kind.ROW, Kind.KEPT})
_LINES = frozenset({Kind.ITEM, Kind.ROW})

_UNSEEN = re.compile(
    rf"<!--.*?-->|<({'|'.join(_HIDDEN)})\b[^>]*>.*?</\1\s*>", re.DOTALL | re.IGNORECASE
)
_TAG = re.compile(r"</?([a-z][a-z0-9]*)\b[^>]*>|<[!?][^>]*>", re.IGNORECASE)


class Block(NamedTuple):
    """A paragraph, heading, list item or row of a table, as text."""

    text: str
    kind: Kind
    group: int
    """Items of one list and rows of one table have the same."""
    level: int = 0
    """Depth of a heading from 1, 0 where there is none."""


def blocks_of(root: _Element) -> list[Block]:
    """Return the text of the page under ``root``, block by block."""
    from lxml.etree import iterwalk

    writer = _Writer()
    walk = iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        kind = _KINDS.get(element.tag) if isinstance(element.tag, str) else Kind.HIDDEN
        if event == "start" and kind is not Kind.HIDDEN:
            writer.start(kind, element.text or "", level=_level(element.tag, kind))
        elif event == "start":
            walk.skip_subtree()
        else:
            writer.end(kind, "" if element is root else element.tail or "")
    return writer.blocks


def _level(tag: str, kind: Kind | None) -> int:
    return int(tag[1]) if kind is Kind.HEADING else 0


def joined(blocks: Iterable[Block], *, marked: bool = False) -> str:
    """Return ``blocks`` as one text: blank lines between them, none within a list or a table.

    With ``marked``, headings begin with as many ``#`` as they are deep.
    """
    parts: list[str] = []
    before = None
    for block in blocks:
        together = before is not None and block.kind in _LINES and block[1:3] == before[1:3]
        parts.append("" if before is None else "\n" if together else "\n\n")
        mark = "- " if block.kind is Kind.ITEM else f"{'#' * block.level} " if block.level else ""
        parts.append((mark if marked or not block.level else "") + block.text)
        before = block
    return "".join(parts)


def stripped(page: str) -> str:
    r"""Return the text between the tags of ``page``, for markup that no tree can be made of.

    >>> stripped("<p>第一段<b>粗</b>体</p><script>1</script>第二段&amp;")
    '第一段粗体\n\n第二段&'
    """
    page = _TAG.sub(_between, _UNSEEN.sub("", page))
    lines = (_BLANKS.sub(" ", line).strip(_AROUND) for line in html.unescape(page).split("\n"))
    return _GAP.sub("\n\n", "\n".join(lines)).strip("\n")


def _between(tag: re.Match[str]) -> str:
    return "\n\n" if _KINDS.get((tag[1] or "").lower()) in _APART else ""


@dataclass
class _Writer:
    """Gathers the pieces of a line, and the lines into blocks."""

    blocks: list[Block] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    within: list[Kind | None] = field(default_factory=list)
    kind: Kind = Kind.BLOCK
    level: int = 0
    group: int = 0

    def start(self, kind: Kind | None, text: str, *, level: int = 0) -> None:
        self._part(kind)
        self.level = level or self.level
        if kind in _LINES or kind is Kind.HEADING:
            self.kind = kind
        elif kind is Kind.CELL and self.pieces:
            self.pieces.append("\t")
        elif kind is Kind.BREAK:
            self.pieces.append("\n")
        self.within.append(kind)
        self._add(text)

    def end(self, kind: Kind | None, tail: str) -> None:
        if kind is not Kind.HIDDEN:
            # Parted within the element, whose blanks may be its own, but counted outside of it.
            self._part(kind, leaving=True)
            self.within.pop()
        self._add(tail)

    def _part(self, kind: Kind | None, *, leaving: bool = False) -> None:
        around = self.within[:-1] if leaving else self.within
        if kind not in _APART or (kind is Kind.BLOCK and Kind.ROW in around):
            return
        self._finish()
        if kind is Kind.BLOCK and not _LINES.intersection(around):
            self.group += 1

    def _add(self, text: str) -> None:
        self.pieces.append(text if Kind.KEPT in self.within else _BLANKS.sub(" ", text))

    def _finish(self) -> None:
        text = "".join(self.pieces)
        for block in (text,) if Kind.KEPT in self.within else _paragraphs(text):
            if block.strip(_AROUND):
                self.blocks.append(Block(block.strip("\n"), self.kind, self.group, self.level))
        self.pieces, self.kind, self.level = [], Kind.BLOCK, 0


def _paragraphs(text: str) -> list[str]:
    """Part at two line breaks: so do pages that know no paragraphs."""
    return _GAP.split("\n".join(line.strip(_AROUND) for line in text.split("\n")))
