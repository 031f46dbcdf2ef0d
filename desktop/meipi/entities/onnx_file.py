"""A network's file: the session on onnxruntime and the tables that lie in it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from meipi.core.resources import resource_path

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Piece = tuple[int, int]


class NetworkFile:
    """A packaged network, one thread, and its metadata."""

    def __init__(self, name: str) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        # One worker process a document: more threads would fight the window for the processor.
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self.session = onnxruntime.InferenceSession(
            str(resource_path("entities", name)), options, ["CPUExecutionProvider"]
        )
        stored = self.session.get_modelmeta().custom_metadata_map
        self._tables = {name: json.loads(table) for name, table in stored.items()}
        self._rows = _row_of_every_character(self._tables.pop("characters"))

    def table(self, name: str) -> Any:
        """Return a table of the metadata."""
        return self._tables[name]

    def tags(self, name: str) -> list[tuple[str, str]]:
        """Return what each tag of a head calls its word, and the place in it: ("LOC", "B")."""
        return [_split(tag) for tag in self._tables[name]]

    def rows(self, text: str) -> Any:
        """Return the number of every character of ``text``; 0 for those the network knows not."""
        import numpy as np

        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        return self._rows[np.minimum(codes, len(self._rows) - 1)]


def batches(pieces: Sequence[Piece], cells: int) -> Iterator[list[Piece]]:
    """Yield ``pieces`` by length, as many at a time as fill ``cells`` places when padded.

    >>> [len(batch) for batch in batches([(0, 700), (700, 900), (900, 1100)], 1000)]
    [2, 1]
    """
    batch: list[Piece] = []
    for piece in sorted(pieces, key=lambda piece: piece[1] - piece[0]):
        if batch and (len(batch) + 1) * (piece[1] - piece[0]) > cells:
            yield batch
            batch = []
        batch.append(piece)
    if batch:
        yield batch


def padded(rows: Any, batch: Sequence[Piece]) -> tuple[Any, Any]:
    """Return the rows of a batch, one piece a line, and the pieces' lengths."""
    import numpy as np

    lengths = np.array([end - start for start, end in batch], dtype=np.int32)
    lines = np.zeros((len(batch), int(lengths.max())), dtype=np.int32)
    for at, (start, end) in enumerate(batch):
        lines[at, : end - start] = rows[start:end]
    return lines, lengths


def _row_of_every_character(characters: Sequence[str]) -> Any:
    """Return code point → row; the last row stands for all beyond."""
    import numpy as np

    highest = max(ord(character) for row in characters for character in row)
    rows = np.zeros(highest + 2, dtype=np.int32)
    for number, row in enumerate(characters):
        for character in row:
            rows[ord(character)] = number
    return rows


def _split(tag: str) -> tuple[str, str]:
    """Return what a tag calls its word and the place in it.

    The words' head writes `LOC-B`, the names' head `B-LOC`.
    """
    first, _, second = tag.partition("-")
    return (first, second) if len(second) < 2 else (second, first)
