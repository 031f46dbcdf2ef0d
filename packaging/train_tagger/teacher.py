"""What the trained GRU thinks of a sentence: each character's chances of every tag."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import onnx
import onnxruntime
from onnx import numpy_helper

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_BATCH = 128
_LEAST = 1e-20

Chances = tuple[Any, Any]
"""Of words and of names: (place, tag) in sixteen bits."""


class Teacher:
    """The file `export.py` writes, asked for marginals instead of the best tags."""

    def __init__(self, path: Path) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(str(path), options, ["CPUExecutionProvider"])
        self.metadata = dict(self._session.get_modelmeta().custom_metadata_map)
        tables = {name: json.loads(self.metadata[name]) for name in _TABLES}
        self.characters: list[str] = tables["characters"]
        self.numbers = {c: row for row, known in enumerate(self.characters) for c in known}
        self.word_tags: list[str] = tables["word_tags"]
        self.name_tags: list[str] = tables["name_tags"]
        self._steps = [
            np.exp(np.array(tables[n], np.float32)) for n in ("word_steps", "name_steps")
        ]
        self._edges = [np.array(tables[name], np.float32) for name in ("name_begins", "name_ends")]
        stored = {t.name: numpy_helper.to_array(t) for t in onnx.load(path).graph.initializer}
        self.embedding = stored["embedding"].astype(np.float32) * stored["scales"]

    def chances(self, texts: Sequence[str]) -> list[Chances]:
        """Return the chances of both heads' tags for every character of ``texts``."""
        answers: list[Chances] = [(None, None)] * len(texts)
        order = sorted(range(len(texts)), key=lambda at: len(texts[at]))
        for first in range(0, len(order), _BATCH):
            chosen = order[first : first + _BATCH]
            for at, answer in zip(chosen, self._batch([texts[at] for at in chosen]), strict=True):
                answers[at] = answer
        return answers

    def _batch(self, texts: Sequence[str]) -> Iterator[Chances]:
        lengths = np.array([len(text) for text in texts], dtype=np.int32)
        rows = np.zeros((len(texts), lengths.max()), dtype=np.int32)
        for at, text in enumerate(texts):
            rows[at, : len(text)] = [self.numbers.get(character, 0) for character in text]
        words, names = self._session.run(None, {"rows": rows, "lengths": lengths})
        names[0] += self._edges[0]
        names[lengths - 1, np.arange(len(texts))] += self._edges[1]
        both = [marginals(s, t, lengths) for s, t in zip((words, names), self._steps, strict=True)]
        for at, length in enumerate(lengths):
            yield both[0][:length, at].copy(), both[1][:length, at].copy()


_TABLES = (
    "characters", "word_tags", "name_tags", "word_steps", "name_steps", "name_begins", "name_ends",
)  # fmt: skip


def marginals(scores: Any, steps: Any, lengths: Any) -> Any:
    """Return the chance of every tag in a linear chain; scores and result are (place, row, tag)."""
    # No tag is wholly out of the question: a row of noughts could not be made to sum to one.
    emitted = np.maximum(np.exp(scores - scores.max(axis=2, keepdims=True)), _LEAST)
    before = np.empty_like(emitted)
    before[0] = emitted[0]
    for at in range(1, len(emitted)):
        reached = (before[at - 1] @ steps) * emitted[at]
        before[at] = reached / reached.sum(axis=1, keepdims=True)
    after = np.ones_like(emitted[0])
    chances = np.empty(emitted.shape, dtype=np.float16)
    for at in range(len(emitted) - 1, -1, -1):
        if at + 1 < len(emitted):
            going = (emitted[at + 1] * after) @ steps.T
            live = (at + 1 < lengths)[:, None]
            after = np.where(live, going / going.sum(axis=1, keepdims=True), 1.0)
        both = before[at] * after
        chances[at] = both / both.sum(axis=1, keepdims=True)
    return chances
