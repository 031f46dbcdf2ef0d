"""How likely a text is in Chinese, Japanese, Korean or a western language.

Bytes decoded in two ways are two texts. As each is all of the same bytes, their likelihoods can be
compared as they are, and the likelier text is the right one.
"""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from meipi.core.resources import resource_path
from meipi.encodings.characters import CLASSES, LAST_ASCII, NONE, class_of, class_table

if TYPE_CHECKING:
    from collections.abc import Mapping

# Nats for what a model has not met. A class holds this many characters that nobody counted.
_UNMET = {"han": 15.5, "hangul": 14.0, "rare han": 13.0, "other": 13.0, "kana": 11.0}
_UNMET_OTHERWISE = 12.0
NONSENSE = 22.0
"""A control, a private-use character, a character that is not assigned."""

_SPACE = CLASSES.index("space")


@dataclass(frozen=True, slots=True)
class Model:
    """One language: costs in nats of characters, of pairs, and of leaving the known pairs."""

    characters: Mapping[str, float]
    back_off: Mapping[str, float]
    pairs: Mapping[str, float]
    transitions: tuple[tuple[float, ...], ...]
    ascii: tuple[float, ...]
    """Costs of ASCII after ASCII, the same for all languages: being the same in nearly every
    encoding, it is not to speak for one."""

    def cost(self, text: str) -> float:
        """Return the negative log-likelihood of ``text``; low is good."""
        total, before, kind_before = 0.0, "\n", _SPACE
        pairs, kinds, ascii_costs = self.pairs, class_table(), self.ascii
        for character in text:
            kind = kinds[ord(character)] if character < "\U00010000" else class_of(character)
            if kind <= LAST_ASCII and kind_before <= LAST_ASCII:
                total += ascii_costs[ord(before) << 7 | ord(character)]
            else:
                pair = pairs.get(before + character)
                total += (
                    self._fallback(before, kind_before, character, kind) if pair is None else pair
                )
            before, kind_before = character, kind
        return total

    def _fallback(self, before: str, kind_before: int, character: str, kind: int) -> float:
        if kind == NONE:
            return NONSENSE
        alone = self.characters.get(character)
        if alone is None:
            alone = _UNMET.get(CLASSES[kind], _UNMET_OTHERWISE)
        if kind_before == NONE:
            return alone
        return self.back_off.get(before, 0.0) + self.transitions[kind_before][kind] + alone


@cache
def models() -> dict[str, Model]:
    """Return the models by language: hans, hant, ja, ko, western."""
    plain = zlib.decompress(resource_path("encoding", "characters.bin").read_bytes())
    line, _, body = plain.partition(b"\n")
    header = json.loads(line)
    cut, step = _Cutter(body), header["step"]
    ascii_costs = tuple(step * cost for cost in cut.take(128 * 128))
    return {
        language: _model(table, cut, ascii_costs, step=step)
        for language, table in header["languages"].items()
    }


def improbability(text: str) -> float:
    """Return nats a character in the language that fits ``text`` best."""
    return min(model.cost(text) for model in models().values()) / max(1, len(text))


class _Cutter:
    """Takes one piece after the other off the body of the file."""

    def __init__(self, body: bytes) -> None:
        self._body = memoryview(body)
        self._at = 0

    def take(self, length: int) -> bytes:
        self._at += length
        return bytes(self._body[self._at - length : self._at])

    def text(self, characters: int) -> str:
        return self.take(2 * characters).decode("utf-16-le")


def _model(
    table: dict[str, Any], cut: _Cutter, ascii_costs: tuple[float, ...], *, step: float
) -> Model:
    nats = [step * cost for cost in range(256)]
    characters = cut.text(table["characters"])
    alone, back_off = (cut.take(len(characters)) for _ in range(2))
    pairs = cut.text(2 * table["pairs"])
    together = cut.take(table["pairs"])
    return Model(
        characters={c: nats[q] for c, q in zip(characters, alone, strict=True)},
        back_off={c: nats[q] for c, q in zip(characters, back_off, strict=True)},
        pairs={a + b: nats[q] for a, b, q in zip(pairs[::2], pairs[1::2], together, strict=True)},
        transitions=tuple(tuple(nats[q] for q in row) for row in table["transitions"]),
        ascii=ascii_costs,
    )
