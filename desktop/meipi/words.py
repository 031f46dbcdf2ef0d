"""jieba's way of cutting Chinese into words, with its dictionary kept as the text it comes as.

As the half million entries of a dict, jieba's own way, it takes a hundred megabytes, and whoever
fills it holds up every other thread of the window, for as long as such a dict takes to grow.
"""

from __future__ import annotations

import logging
import re
from functools import lru_cache
from typing import Any

from meipi.core.turns import in_turns

_RUN = re.compile(
    rb"^([\x00-\x09\x0b-\x7f]|[\xc0-\xdf].|[\xe0-\xef]..|[\xf0-\xf7]...).*\n?(?:\1.*\n?)*",
    re.MULTILINE,
)
"""Lines on end whose words begin with one character."""
_LINE = re.compile(rb"^([^ \r\n]+) (\d+)", re.MULTILINE)
_RUNS_A_TURN = 16
_KEPT = 4_096
"""Characters whose words are kept as objects: a text asks for the same ones again and again."""


class Frequencies:
    r"""How often words occur, asked as jieba asks its dict; 0 for what only begins a word.

    ``lines`` are ``word count tag`` in UTF-8; of two that name a word the later one counts.

    >>> known = Frequencies("天津市 212 ns\n天津 1205 ns\n河北 9 ns\n".encode())
    >>> known.total, known["天津"], known["河"], "天津市" in known, known.get("津")
    (1426, 1205, 0, True, None)
    """

    def __init__(self, lines: bytes) -> None:
        self._lines = lines
        self._places: dict[bytes, list[tuple[int, int]]] = {}
        self.total = 0
        for run in in_turns(_RUN.finditer(lines), piece=_RUNS_A_TURN):
            self._places.setdefault(run[1], []).append(run.span())
            self.total += sum(int(count) for _, count in _LINE.findall(run[0]))
        self._beginning = lru_cache(_KEPT)(self._read)

    def __contains__(self, word: str) -> bool:
        return word in self._beginning(word[:1])

    def __getitem__(self, word: str) -> int:
        return self._beginning(word[:1])[word]

    def get(self, word: str, default: int | None = None) -> int | None:
        """Return how often ``word`` occurs, ``default`` where no word is or begins so."""
        return self._beginning(word[:1]).get(word, default)

    def _read(self, first: str) -> dict[str, int]:
        """Return the words that begin with ``first``, and what they begin with."""
        found: dict[str, int] = {}
        for start, end in self._places.get(first.encode("utf-8", "surrogatepass"), ()):
            for encoded, count in _LINE.findall(self._lines[start:end]):
                word = encoded.decode("utf-8", "replace")
                for length in range(1, len(word)):
                    found.setdefault(word[:length], 0)
                found[word] = int(count)
        return found


def tokenizer() -> Any:
    """Return a ``jieba.Tokenizer`` over `Frequencies`; it takes a fifth of a second."""
    import jieba

    jieba.setLogLevel(logging.WARNING)
    made = jieba.Tokenizer()
    # Nor does it go through jieba's cache in the shared temporary folder, which would load whatever
    # another user left there.
    with made.get_dict_file() as file:
        made.FREQ = Frequencies(file.read())
    made.total = made.FREQ.total
    made.initialized = True
    return made
