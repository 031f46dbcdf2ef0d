"""Build the data of `meipi.repair`: language model, readings, script marks and radicals.

Takes plain-text corpora (gzipped, one paragraph a line, simplified or traditional) as arguments,
those that `repair_corpora.py` makes among them; only counts over many texts and facts about single
characters leave this script. Five minutes, 8 GB of memory.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import subprocess
from collections import Counter
from functools import lru_cache
from math import log
from pathlib import Path
from typing import TYPE_CHECKING

from character_model import write_model

from meipi.core.repairs import LOST
from meipi.repair.channels.eaten import BEFORE, kind_after, kind_before

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Convert = Callable[[str], str]

MOST_LINES, ENOUGH, RARE, MOST_NATS = 40_000, 2_000, 0.0003, 7.0
OUT = Path(__file__).resolve().parents[1] / "resources" / "repair"


def main() -> None:
    """Write every file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", nargs="+", help="PATH, or PATH=N to count it N times")
    OUT.mkdir(parents=True, exist_ok=True)
    write_radicals(OUT / "radicals.txt")
    write_readings(OUT / "readings.txt")
    write_scripts(OUT / "scripts.txt")
    corpora = parser.parse_args().corpora
    write_swallowed(OUT / "swallowed.json", corpora)
    write_model(OUT / "characters.lm", (pair for name in corpora for pair in in_both_scripts(name)))


# Texts


def in_both_scripts(name: str) -> Iterator[tuple[str, int]]:
    """Yield a text as it is and in the other script, and how many times it counts."""
    path, _, times = name.partition("=")
    to_simplified, ways = converters()
    lines = read(Path(path))
    yield "\n".join(lines), int(times or 1)
    simplified = [to_simplified(line) for line in lines]
    other = (
        short if short != line else ways[number % len(ways)](line)
        for number, (line, short) in enumerate(zip(lines, simplified, strict=True))
    )
    yield "\n".join(other), int(times or 1)


def read(path: Path) -> list[str]:
    """Return the paragraphs of a text, or of JSON lines each with a "text"."""
    lines = gzip.decompress(path.read_bytes()).decode("utf-8").splitlines()
    return [json.loads(line)["text"] for line in lines] if ".jsonl" in path.suffixes else lines


@lru_cache(maxsize=1)
def converters() -> tuple[Convert, tuple[Convert, ...]]:
    """Return what makes text simplified, and traditional in three manners."""
    to_traditional = by_phrase("STCharacters.txt", "STPhrases.txt")
    taiwan = {ord(key): values[0] for key, values in opencc_table("TWVariants.txt").items()}
    ways = (to_traditional, lambda line: to_traditional(line).translate(taiwan), character_wise())
    return by_phrase("TSCharacters.txt", "TSPhrases.txt"), ways


def by_phrase(characters: str, phrases: str) -> Convert:
    """Return what converts the longest phrases first and the rest character by character."""
    first = {ord(key): values[0] for key, values in opencc_table(characters).items()}
    known = {key: values[0] for key, values in opencc_table(phrases).items()}
    known = {key: value for key, value in known.items() if key.translate(first) != value}
    ends: dict[str, list[str]] = {}
    for key in sorted(known, key=len, reverse=True):
        ends.setdefault(key[0], []).append(re.escape(key[1:]))
    phrase = re.compile("|".join(f"{key}(?:{'|'.join(ends[key])})" for key in ends))
    parts = re.compile(f"({phrase.pattern})")

    def convert(line: str) -> str:
        pieces = parts.split(line)
        pieces[::2] = [piece.translate(first) for piece in pieces[::2]]
        pieces[1::2] = [known[piece] for piece in pieces[1::2]]
        return "".join(pieces)

    return convert


def opencc_table(name: str) -> dict[str, list[str]]:
    """Return one of OpenCC's character tables."""
    import opencc

    path = Path(opencc.__file__).parent / "dictionary" / name
    rows = (line.split("\t") for line in path.read_text("utf-8").splitlines() if "\t" in line)
    return {key: values.split() for key, values in rows}


def character_wise() -> Convert:
    """Return what converters do that know no words: the first traditional form, always.

    A character that is itself a traditional one (后, 里, 于) they mostly leave.
    """
    table = opencc_table("STCharacters.txt")
    taiwan = {key: values[0] for key, values in opencc_table("TWVariants.txt").items()}
    first = {
        ord(key): taiwan.get(values[0], values[0])
        for key, values in table.items()
        if key not in values and len(values[0]) == 1
    }
    return lambda line: line.translate(first)


# What ASCII stands behind Chinese


def write_swallowed(path: Path, names: list[str]) -> None:
    """Write how likely each ASCII character below @ is behind and before what, in nats.

    Each corpus with enough of them counts alike.
    """
    found: dict[str, dict[str, Counter[str]]] = {kind: {} for kind in BEFORE}
    rates: dict[str, list[float]] = {kind: [] for kind in BEFORE}
    for name in names:
        counts = swallowable("\n".join(read(Path(name.partition("=")[0]))[:MOST_LINES]))
        whole = sum(number for (_, _, mark), number in counts.items() if mark)
        for (before, after, mark), number in counts.items() if whole >= ENOUGH else ():
            if mark:
                found[before].setdefault(after, Counter())[mark] += number / whole
        for before in BEFORE if whole >= ENOUGH else ():
            seen = [n for (kind, _, mark), n in counts.items() if kind == before and mark]
            every = sum(n for (kind, _, _), n in counts.items() if kind == before)
            rates[before].append((sum(seen) + 0.5) / (every + 1))
    rows: dict[str, dict[str, dict[str, float]]] = {}
    for kind, by_after in found.items():
        by_after["any"] = sum(by_after.values(), Counter())
        rows[kind] = {after: _costs(row) for after, row in sorted(by_after.items())}
        # The mean of logarithms: prose and handbooks differ by tens.
        rows[kind]["any"][""] = round(-sum(map(log, rates[kind])) / len(rates[kind]), 1)
    path.write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _costs(row: Counter[str]) -> dict[str, float]:
    total = sum(row.values()) + RARE
    costs = {mark: round(-log(number / total), 1) for mark, number in row.most_common() if number}
    return {mark: cost for mark, cost in costs.items() if cost < MOST_NATS}


def swallowable(text: str) -> Counter[tuple[str, str, str]]:
    """Count what stands behind Chinese characters: its kinds around, and the ASCII or nothing."""
    counts: Counter[tuple[str, str, str]] = Counter()
    for match in re.finditer("[^\x00-\x7f](?=([\x01-?]?)([^\x00]?))", text):
        mark = LOST if match[1].isdigit() else match[1]
        counts[kind_before(match[0]), kind_after(match[2]) if mark else "any", mark] += 1
    return counts


# Facts about characters


def write_radicals(path: Path) -> None:
    """Write Unicode's Equivalent_Unified_Ideograph of each radical, as Perl ships it."""
    program = (
        "use Unicode::UCD 'prop_invmap'; my ($l, $m) = prop_invmap('EqUIdeo');"
        "for my $i (0 .. $#$l - 1) { for my $c ($l->[$i] .. $l->[$i + 1] - 1) {"
        "printf('%X %X', $c, $m->[$i] + $c - $l->[$i]), print qq(\\n) if $m->[$i] } }"
    )
    rows = subprocess.run(["perl", "-e", program], capture_output=True, check=True, text=True)
    kept = [row.split() for row in rows.stdout.splitlines()]
    kept = [(a, b) for a, b in kept if 0x2E80 <= int(a, 16) <= 0x2FD5]
    path.write_text("".join(f"{chr(int(a, 16))}{chr(int(b, 16))}\n" for a, b in kept), "utf-8")


def write_readings(path: Path) -> None:
    """Write every reading that pypinyin knows of the characters of GBK: a line a reading."""
    from pypinyin.pinyin_dict import pinyin_dict

    characters: dict[str, list[str]] = {}
    for code, readings in sorted(pinyin_dict.items()):
        if encodable(chr(code)):
            for reading in readings.split(","):
                characters.setdefault(reading, []).append(chr(code))
    lines = (f"{reading}\t{''.join(found)}\n" for reading, found in sorted(characters.items()))
    path.write_text("".join(lines), "utf-8")


def encodable(character: str) -> bool:
    """Say whether GBK has the character."""
    try:
        return len(character.encode("gbk")) == 2
    except UnicodeEncodeError:
        return False


def write_scripts(path: Path) -> None:
    """Write the characters of only one script: simplified on line one, traditional on line two."""
    simplified, traditional = opencc_table("STCharacters.txt"), opencc_table("TSCharacters.txt")
    only_simplified = {key for key, values in simplified.items() if key not in values}
    only_traditional = {key for key, values in traditional.items() if key not in values}
    rows = (only_simplified - only_traditional, only_traditional - only_simplified)
    lines = ("".join(sorted(filter(encodable, row))) for row in rows)
    path.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
