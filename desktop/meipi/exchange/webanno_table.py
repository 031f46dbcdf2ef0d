"""The table in a WebAnno TSV 3 file: layers, sentences, and rows whose cells hold stacked values.

What is read is written again as it was. Offsets are UTF-16 units.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from meipi.exchange.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FORMAT = "#FORMAT=WebAnno TSV 3."
VERSION = "3"
_LAYER = re.compile(r"#(T_SP|T_RL|T_CH)=(.+)")
_ROW = re.compile(r"([0-9]{1,9})-([0-9]{1,9})(\.[0-9]{1,9})?\t([0-9]{1,15})-([0-9]{1,15})\t(.*)")
_STACKED = re.compile(r"((?:[^\\\[\]|]|\\.|\[(?![0-9]+\]\Z))*)(?:\[([0-9]{1,9})\])?", re.DOTALL)
_BARS = re.compile(r"(?:[^\\|]|\\.)*", re.DOTALL)
_UNESCAPED = re.compile(r"\\(->|.)", re.DOTALL)
_PLAIN = {"t": "\t", "n": "\n", "r": "\r", "->": "->"}
_IN_VALUE = re.compile(r"->|[\\\[\]|_;\t\n\r*]")
_IN_TEXT = re.compile(r"[\\\t\r]")
_WRITTEN = {"\t": "\\t", "\n": "\\n", "\r": "\\r"}


@dataclass(frozen=True, slots=True)
class Layer:
    """A layer: its kind (span, relation or chain), its type and its columns."""

    kind: str
    type: str
    features: tuple[str, ...]

    @property
    def columns(self) -> int:
        """How many columns it takes; one without features still takes one."""
        return max(1, len(self.features))

    def line(self) -> str:
        """Return its line in the header."""
        return f"#{self.kind}={'|'.join([self.type, *(self.features or ('',))])}"


@dataclass(frozen=True, slots=True)
class Value:
    """What a cell says of one annotation: a value or none, and a number that tells it apart."""

    text: str | None
    number: int = 0
    raw: str = ""
    """As it was written, where it is no value (a link, a placeholder of a relation)."""


@dataclass(frozen=True, slots=True)
class Row:
    """A token, or a part of one."""

    sentence: int
    token: int
    part: str
    start: int
    end: int
    words: str
    cells: tuple[tuple[Value, ...], ...]


@dataclass(slots=True)
class Sentence:
    """A sentence with its rows, and the other comments before it."""

    text: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)


@dataclass(slots=True)
class Table:
    """A file."""

    version: str = VERSION
    layers: list[Layer] = field(default_factory=list)
    sentences: list[Sentence] = field(default_factory=list)


def escape_value(value: str) -> str:
    r"""Return a value as it stands in a cell.

    >>> print(escape_value("a_b[1]|*"))
    a\_b\[1\]\|\*
    """
    return _IN_VALUE.sub(lambda m: _WRITTEN.get(m[0], "\\" + m[0]), value)


def escape_text(text: str) -> str:
    """Return a token as it stands in a row."""
    return _IN_TEXT.sub(lambda m: _WRITTEN.get(m[0], "\\" + m[0]), text)


def unescape(written: str) -> str:
    """Return what `escape_value` or `escape_text` wrote."""
    return _UNESCAPED.sub(lambda m: _PLAIN.get(m[1], m[1]), written)


def write_value(value: Value) -> str:
    """Return one of the values of a cell."""
    written = value.raw or ("*" if value.text is None else escape_value(value.text))
    return f"{written}[{value.number}]" if value.number else written


def write_row(row: Row) -> str:
    """Return a line; every cell ends in a tab."""
    cells = "".join("|".join(map(write_value, cell)) + "\t" for cell in row.cells)
    key = f"{row.sentence}-{row.token}{row.part}"
    return f"{key}\t{row.start}-{row.end}\t{escape_text(row.words)}\t{cells}\n"


def write_table(table: Table) -> Iterator[str]:
    """Yield the file."""
    yield f"{FORMAT}{table.version}\n"
    yield from (f"{layer.line()}\n" for layer in table.layers)
    yield "\n"
    for sentence in table.sentences:
        yield from write_sentence(sentence.text, sentence.comments, sentence.rows)


def write_sentence(
    text: Iterable[str], comments: Iterable[str], rows: Iterable[Row]
) -> Iterator[str]:
    """Yield a sentence after its empty line."""
    yield "\n"
    yield from (f"{comment}\n" for comment in comments)
    yield from (f"#Text={escape_text(line)}\n" for line in text)
    yield from map(write_row, rows)


def read_table(text: str) -> Table:
    """Read a file; refuse what is not of this format."""
    lines = text.split("\n")
    first = lines[0].removesuffix("\r")
    if not first.startswith(FORMAT) or not first.removeprefix(FORMAT).isdigit():
        raise Refused("not_this", format="WebAnno TSV 3")
    table = Table(first.removeprefix(FORMAT))
    sentence = Sentence()
    for number, raw in enumerate(lines[1:], 2):
        try:
            sentence = _take(raw.removesuffix("\r"), table, sentence)
        except Refused as refused:
            raise refused.at(number) from None
    return table


def _take(line: str, table: Table, sentence: Sentence) -> Sentence:
    """Take in one line; return the sentence that the next belongs to."""
    layer = _LAYER.fullmatch(line)
    if layer is not None and not table.sentences:
        kind, features = layer[1], layer[2].split("|")
        table.layers.append(Layer(kind, features[0], tuple(one for one in features[1:] if one)))
        return sentence
    if not line.strip():
        return Sentence() if sentence.rows else sentence
    if sentence.rows and line.startswith("#"):
        sentence = Sentence()
    if line.startswith("#Text="):
        sentence.text.append(unescape(line.removeprefix("#Text=")))
    elif line.startswith("#"):
        sentence.comments.append(line)
    else:
        if not sentence.rows:
            table.sentences.append(sentence)
        sentence.rows.append(_row(line, table.layers))
    return sentence


def _row(line: str, layers: list[Layer]) -> Row:
    match = _ROW.fullmatch(line)
    if match is None:
        raise Refused("not_this", format="WebAnno TSV 3")
    words, *cells = match[6].split("\t")
    wanted = sum(layer.columns for layer in layers)
    cells = cells[:-1] if cells and not cells[-1] else cells
    if len(cells) != wanted:
        raise Refused("cells", wanted=wanted, found=len(cells))
    start, end = int(match[4]), int(match[5])
    if start > end:
        raise Refused("not_span", where=f"{match[1]}-{match[2]}")
    kinds = [layer.kind for layer in layers for _ in range(layer.columns)]
    return Row(
        int(match[1]),
        int(match[2]),
        match[3] or "",
        start,
        end,
        unescape(words),
        tuple(_cell(cell, kind) for cell, kind in zip(cells, kinds, strict=True)),
    )


@lru_cache(maxsize=4096)  # most cells of a table say the same few things
def _cell(cell: str, kind: str) -> tuple[Value, ...]:
    parts = []
    at = 0
    while at <= len(cell):
        match = _BARS.match(cell, at)
        end = match.end() if match else at
        parts.append(cell[at:end])
        at = end + 1
    return tuple(_value(part, kind) for part in parts)


def _value(written: str, kind: str) -> Value:
    match = _STACKED.fullmatch(written)
    text, number = (match[1], int(match[2] or 0)) if match else (written, 0)
    if kind == "T_SP" and text == "*":
        return Value(None, number)
    plain = unescape(text)
    if kind == "T_SP" and text not in {"_", ""} and escape_value(plain) == text:
        return Value(plain, number)
    return Value(None, number, text or "\0")
