"""Words by how often they are used, as text in which nothing is known of what is around them."""

from __future__ import annotations

import gzip
import random
from typing import TYPE_CHECKING

from opengram import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_FLATTER = {"essay": 0.4, "wordfreq": 0.6}
"""Powers of the counts: what is rare is what the other texts lack."""
_ROW = 50


def read_essay(path: Path) -> Iterator[str]:
    """Yield the words of Rime's essay, a word and its count a line."""
    rows = (line.split("\t") for line in path.read_text("utf-8").splitlines() if "\t" in line)
    counts = [(row[0], float(row[1]) / 10) for row in rows if float(row[1]) > 0]
    yield from written(counts, power=_FLATTER["essay"])


def read_wordfreq(path: Path) -> Iterator[str]:
    """Yield the words of wordfreq, which has them in steps of a hundredth of a power of ten."""
    import msgpack

    _, *steps = msgpack.unpackb(gzip.decompress(path.read_bytes()))
    counts = [(word, 1e8 * 10 ** (-n / 100)) for n, words in enumerate(steps) for word in words]
    # Twice: a word met once could as well be chance, and these are not.
    yield from written(counts, power=_FLATTER["wordfreq"], times=2)


def written(counts: Iterable[tuple[str, float]], *, power: float, times: int = 1) -> Iterator[str]:
    """Yield lines of words in any order, each as often as a power of its count says."""
    known = [(word, count) for word, count in counts if len(word) > 1 and _is_hanzi(word)]
    words = [word for word, count in known for _ in range(times * max(1, round(count**power)))]
    random.Random(1).shuffle(words)
    for at in range(0, len(words), _ROW):
        yield UNKNOWN + UNKNOWN.join(words[at : at + _ROW]) + UNKNOWN


def _is_hanzi(word: str) -> bool:
    return all("\u3400" <= character <= "\u9fff" for character in word)
