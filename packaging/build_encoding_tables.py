"""Count characters and pairs of characters and write what `meipi.encodings` detects encodings with.

Only counts, as rounded costs, leave this script; no text does. Give each language its files:

    python packaging/build_encoding_tables.py --hans NEWS.txt.gz --hant WIKI.txt.gz \
        --ja ja/messages.json --ko ko/messages.json --western de/messages.json en/django.po

Text (.txt, .gz), catalogues (.po) and JSON or JavaScript string tables can be read.
Simplified text is also converted to traditional and counted there, at a lower weight.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import re
import zlib
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from meipi.core.resources import resource_path
from meipi.encodings.characters import CLASSES, NONE, class_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

LANGUAGES = ("hans", "hant", "ja", "ko", "western")
STEP = 0.1  # nats; costs are stored in a byte
UNSEEN = 0.002  # of a class's probability, shared by the characters never met
RARE_PAIR = {"hans": 6, "hant": 8, "ja": 3, "ko": 3, "western": 4}
_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')
_NATIVE = {"ja": re.compile("[ぁ-ヺ]"), "ko": re.compile("[가-힣]")}


@dataclass
class Counts:
    """What one language's text holds; characters and pairs of characters are strings."""

    characters: Counter[str] = field(default_factory=Counter)
    pairs: Counter[str] = field(default_factory=Counter)
    classes: Counter[tuple[int, int]] = field(default_factory=Counter)

    def add(self, lines: Iterable[str], *, times: int = 1) -> None:
        """Count ``lines``, each between two line breaks."""
        for line in lines:
            strays = {ord(c): None for c in set(line) if class_of(c) == NONE}
            framed = f"\n{line.translate(strays)}\n"
            self.characters.update({c: n * times for c, n in Counter(framed[1:]).items()})
            pairs = Counter(a + b for a, b in pairwise(framed))
            self.pairs.update({pair: n * times for pair, n in pairs.items()})

    def count_classes(self) -> None:
        """Derive transitions between classes from the pairs."""
        for pair, count in self.pairs.items():
            self.classes[class_of(pair[0]), class_of(pair[1])] += count


def _plain(path: Path) -> list[str]:
    data = path.read_bytes()
    return (gzip.decompress(data) if path.suffix == ".gz" else data).decode().splitlines()


def _strings(path: Path) -> list[str]:
    """Return the quoted strings that look like messages, of a catalogue the English ones too."""
    lines = []
    for raw in _STRING.findall(path.read_text("utf-8")):
        try:
            lines.append(json.loads(f'"{raw}"', strict=False))
        except ValueError:
            continue
    return [line for line in lines if " " in line or not line.isascii()]


_READERS: dict[str, Callable[[Path], list[str]]] = {
    ".po": _strings,
    ".json": _strings,
    ".js": _strings,
}


def _lines(language: str, paths: Iterable[Path]) -> list[str]:
    native = _NATIVE.get(language)
    lines = [line for path in paths for line in _READERS.get(path.suffix, _plain)(path)]
    return [line for line in lines if native is None or native.search(line)]


def _traditional(lines: list[str]) -> list[str]:
    from opencc import OpenCC  # type: ignore[import-untyped]

    converter = OpenCC("s2t")
    return [converter.convert(line) for line in lines]


def _cost(probability: float) -> int:
    return min(255, max(0, round(-math.log(probability) / STEP)))


def _class_costs(counts: Counts) -> list[list[int]]:
    rows = []
    for before in range(len(CLASSES)):
        total = sum(counts.classes[before, after] for after in range(len(CLASSES)))
        rows.append(
            [
                _cost((counts.classes[before, after] + 0.05) / (total + 0.05 * len(CLASSES)))
                for after in range(len(CLASSES))
            ]
        )
    return rows


def _character_shares(counts: Counts) -> dict[str, float]:
    """Return each character's share of its class."""
    totals: Counter[int] = Counter()
    for character, count in counts.characters.items():
        totals[class_of(character)] += count
    return {
        character: (1 - UNSEEN) * count / totals[class_of(character)]
        for character, count in counts.characters.items()
    }


def _table(language: str, counts: Counts) -> tuple[dict[str, object], list[bytes]]:
    """Witten-Bell: a pair's share is mixed with its characters' classes' as new pairs are rare."""
    counts.count_classes()
    shares, transitions = _character_shares(counts), _class_costs(counts)
    kinds = Counter(pair[0] for pair in counts.pairs)
    starts: Counter[str] = Counter()
    for pair, count in counts.pairs.items():
        starts[pair[0]] += count
    known: dict[str, int] = {}
    left = dict(starts)
    for pair, count in sorted(counts.pairs.items()):
        first, second = pair
        if count >= RARE_PAIR[language] and not pair.isascii() and max(pair) < "\U00010000":
            weight = starts[first] / (starts[first] + kinds[first])
            fallback = shares[second] * math.exp(
                -STEP * transitions[class_of(first)][class_of(second)]
            )
            known[pair] = _cost(weight * count / starts[first] + (1 - weight) * fallback)
            left[first] -= count
    characters = sorted(c for c in counts.characters if ord(c) < 0x10000)
    back_off = [
        _cost((left.get(c, 0) + kinds[c] + 1) / (starts[c] + kinds[c] + 1)) for c in characters
    ]
    parts = [
        "".join(characters).encode("utf-16-le"),
        bytes(_cost(shares[c]) for c in characters),
        bytes(back_off),
        "".join(known).encode("utf-16-le"),
        bytes(known.values()),
    ]
    return {
        "characters": len(characters),
        "pairs": len(known),
        "transitions": transitions,
    }, parts


def _ascii_table(western: Counts) -> bytes:
    """Return the costs of each of the 128 characters after each of the 128, from plain prose."""
    alone = Counter({c: n for c, n in western.characters.items() if c.isascii()})
    total = alone.total()
    costs = bytearray()
    for before in map(chr, range(128)):
        starts = sum(western.pairs[before + after] for after in map(chr, range(128)))
        kinds = sum(western.pairs[before + after] > 0 for after in map(chr, range(128)))
        for after in map(chr, range(128)):
            share = (alone[after] + 0.1) / (total + 12.8)
            costs.append(
                _cost((western.pairs[before + after] + (kinds + 1) * share) / (starts + kinds + 1))
            )
    return bytes(costs)


def _write(tables: dict[str, Counts], out: Path) -> None:
    header: dict[str, object] = {"step": STEP, "classes": list(CLASSES)}
    languages, body = {}, _ascii_table(tables["western"])
    for language, counts in tables.items():
        languages[language], parts = _table(language, counts)
        body += b"".join(parts)
    header["languages"] = languages
    plain = json.dumps(header, separators=(",", ":")).encode() + b"\n" + body
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(zlib.compress(plain, 9))
    for language, counts in tables.items():
        print(f"{language}: {sum(counts.characters.values()):,} characters counted")
    print(f"{out}: {out.stat().st_size:,} bytes")


def main() -> None:
    """Count the files named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    for language in LANGUAGES:
        parser.add_argument(f"--{language}", nargs="+", type=Path, required=True, metavar="FILE")
    parser.add_argument("--out", type=Path, default=resource_path("encoding", "characters.bin"))
    arguments = vars(parser.parse_args())
    lines = {language: _lines(language, arguments[language]) for language in LANGUAGES}
    tables = {language: Counts() for language in LANGUAGES}
    for language, counts in tables.items():
        counts.add(lines[language], times=2 if language == "hant" else 1)
    tables["hant"].add(_traditional(lines["hans"]))
    _write(tables, arguments["out"])


if __name__ == "__main__":
    main()
