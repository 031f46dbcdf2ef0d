"""Fill frames of sentences with made names, and swap the names of real ones."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from meipi.entities.folding import fold_text
from train_tagger.data import Name, Sentence
from train_tagger.kinds import FILLERS, NAMES, SWAPS
from train_tagger.names import Names, read_lines

if TYPE_CHECKING:
    import random

_SLOT = re.compile(r"\{(\w+)(?:\.(\w+))?\}")
_TYPE_OF = {"P": "PER", "L": "LOC", "F": "LOC", "O": "ORG"}
_SWAP = 0.33
"""Chance of a marked name to be swapped for a made one, in a sentence where any may be."""


class Frames:
    """Sentences out of frames; all chance comes from the one given."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self._names = Names(chance)
        self.frames = read_lines(Path(__file__).with_name("frames.txt").read_text("utf-8"))

    def sentence(self) -> Sentence:
        """Return a random frame with its slots filled."""
        return self.filled(self.chance.choice(self.frames))

    def filled(self, frame: str) -> Sentence:
        """Return ``frame`` with its slots filled, the names marked."""
        parts: list[str] = []
        names: list[Name] = []
        at = length = 0
        for slot in _SLOT.finditer(frame):
            parts.append(frame[at : slot.start()])
            length += len(parts[-1])
            if slot[1] in _TYPE_OF:
                mine = self._name(slot[1], slot[2])
            else:
                mine = [(FILLERS[slot[1]](self._names), "")]
            for word, kind in mine:
                parts.append(word)
                if kind and _continues(frame, at, slot) and names and names[-1][1] == length:
                    names[-1] = (names[-1][0], length + len(word), kind)
                elif kind:
                    names.append((length, length + len(word), kind))
                length += len(word)
            at = slot.end()
        parts.append(frame[at:])
        return Sentence(fold_text("".join(parts)), tuple(names))

    def _name(self, slot: str, kind: str) -> list[tuple[str, str]]:
        """Return a name of ``slot`` and ``kind``; a facility may bring the place before it."""
        if slot == "F":
            return self._names.facility(kind)
        return [(NAMES[slot, kind](self._names), _TYPE_OF[slot])]

    def swapped(self, sentence: Sentence) -> Sentence:
        """Return ``sentence`` with some of its names swapped for made ones of the same type."""
        parts: list[str] = []
        names: list[Name] = []
        at = length = 0
        for start, end, kind in sorted(sentence.names or ()):
            old = sentence.text[start:end]
            # A name of one character (中, 美) stands in a pair; a made one would not.
            keep = end - start < 2 or self.chance.random() > _SWAP
            new = old if keep else fold_text(_other(old, kind, self._names))
            parts += [sentence.text[at:start], new]
            length += start - at
            names.append((length, length + len(new), kind))
            length += len(new)
            at = end
        return Sentence("".join([*parts, sentence.text[at:]]), tuple(names))


_ADDRESS = frozenset(["city", "county", "town", "village", "village2", "province", "chain"])


def _continues(frame: str, end: int, slot: re.Match[str]) -> bool:
    """Say whether ``slot`` goes on with the divisions of the slot that ends at ``end``."""
    before = re.search(r"\{L\.(\w+)\}$", frame[:end])
    return (
        end == slot.start()
        and slot[1] == "L"
        and slot[2] in _ADDRESS
        and before is not None
        and before[1] in _ADDRESS
    )


def _other(old: str, kind: str, names: Names) -> str:
    if kind == "PER":
        foreign = "·" in old or len(old) > 3
        return names.foreign() if foreign else names.han()
    choices = SWAPS[kind]
    return names.chance.choice(choices)(names)
