"""Build the data of `meipi.repair`: language model, readings, script marks and radicals.

Takes plain-text corpora (gzipped, one paragraph a line, simplified or traditional) as arguments;
only counts over many texts and facts about single characters leave this script. Two minutes.
"""

from __future__ import annotations

import argparse
import gzip
import json
import subprocess
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from meipi.repair.model import FOLD, MAGIC, SCALE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

OUT = Path(__file__).resolve().parents[1] / "resources" / "repair"
BIGRAMS, TRIGRAMS = 330_000, 620_000
SHIFT = 14  # bits of a character id in a packed n-gram


def main() -> None:
    """Write every file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", nargs="+", type=Path)
    OUT.mkdir(parents=True, exist_ok=True)
    write_radicals(OUT / "radicals.txt")
    write_readings(OUT / "readings.txt")
    write_scripts(OUT / "scripts.txt")
    text = "\n".join(in_both_scripts(parser.parse_args().corpora))
    write_model(OUT / "characters.lm", text.translate(FOLD))


# Texts


def in_both_scripts(paths: list[Path]) -> Iterator[str]:
    """Yield every paragraph as it is and in the other script, traditional in three manners."""
    import opencc

    to_simplified = opencc.OpenCC("t2s")
    ways = (opencc.OpenCC("s2t").convert, opencc.OpenCC("s2tw").convert, character_wise())
    for path in paths:
        text = gzip.decompress(path.read_bytes()).decode("utf-8")
        for number, line in enumerate(text.splitlines()):
            yield line
            simplified = to_simplified.convert(line)
            yield simplified if simplified != line else ways[number % 3](line)


def opencc_table(name: str) -> dict[str, list[str]]:
    """Return one of OpenCC's character tables."""
    import opencc

    path = Path(opencc.__file__).parent / "dictionary" / name
    rows = (line.split("\t") for line in path.read_text("utf-8").splitlines() if "\t" in line)
    return {key: values.split() for key, values in rows}


def character_wise() -> Callable[[str], str]:
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


# Language model


def write_model(path: Path, text: str) -> None:
    """Count, smooth (interpolated Kneser-Ney), prune and write a character trigram model."""
    vocabulary, ids = number_characters(text)
    one, two, three = smoothed(ids, len(vocabulary))
    two, three = prune(one, two, three)
    arrays = pack(len(vocabulary), one, two, three)
    codes = np.array([ord(character) for character in vocabulary], dtype="<u4")
    save(path, {"codes": codes, **arrays})


def number_characters(text: str) -> tuple[list[str], np.ndarray]:
    """Return the vocabulary, sorted, and the text as ids; id 0 stands for any other character."""
    codes = np.frombuffer(text.encode("utf-32-le"), dtype="<u4")
    found, counts = np.unique(codes, return_counts=True)
    common = {chr(code) for code, count in zip(found, counts, strict=True) if count >= 3}
    vocabulary = ["\0", *sorted(common | standard_characters())]
    lookup = np.zeros(0x110000, dtype=np.uint16)
    lookup[[ord(character) for character in vocabulary]] = np.arange(len(vocabulary))
    return vocabulary, lookup[codes]


def standard_characters() -> set[str]:
    """Return GB 2312 and the first level of Big5."""
    pairs = [("gb2312", range(0xA1, 0xF8), range(0xA1, 0xFF))]
    pairs += [("big5", range(0xA4, 0xC7), [*range(0x40, 0x7F), *range(0xA1, 0xFF)])]
    return {
        bytes((a, b)).decode(name, "ignore").translate(FOLD)
        for name, leads, trails in pairs
        for a in leads
        for b in trails
    } - {""}


def discounted(counts: np.ndarray) -> tuple[np.ndarray, float]:
    """Return the counts less the absolute discount estimated from them."""
    once, twice = (counts == 1).sum(), (counts == 2).sum()
    discount = float(once / (once + 2 * twice))
    return counts - discount, discount


def smoothed(ids: np.ndarray, size: int) -> tuple[np.ndarray, tuple, tuple]:
    """Return the unigram probabilities and (keys, probability, weight) of bi- and trigrams."""
    a, b, c = (ids[i : len(ids) - 2 + i].astype(np.uint64) for i in range(3))
    known = (a > 0) & (b > 0) & (c > 0)
    keys3, counts3 = np.unique(
        (a[known] << (2 * SHIFT)) | (b[known] << SHIFT) | c[known], return_counts=True
    )
    keys2, counts2 = np.unique(keys3 & ((1 << 2 * SHIFT) - 1), return_counts=True)
    last = (keys2 & ((1 << SHIFT) - 1)).astype(np.int64)
    one = np.bincount(last, minlength=size).astype(float) + 0.02
    one[0] = 0.02
    one /= one.sum()
    two = conditional(keys2, counts2, one[last])
    lower = two[np.searchsorted(keys2, keys3 & ((1 << 2 * SHIFT) - 1))]
    return one, (keys2, counts2, two), (keys3, counts3, conditional(keys3, counts3, lower))


def conditional(keys: np.ndarray, counts: np.ndarray, lower: np.ndarray) -> np.ndarray:
    """Return the interpolated probability of each n-gram's last character given the others."""
    less, discount = discounted(counts)
    _, first, inverse = np.unique(keys >> SHIFT, return_index=True, return_inverse=True)
    totals = np.add.reduceat(counts, first)
    kinds = np.diff(np.append(first, len(keys)))
    return (less + discount * kinds[inverse] * lower) / totals[inverse]


def prune(one: np.ndarray, two: tuple, three: tuple) -> tuple[tuple, tuple]:
    """Keep what says most beyond the lower order; prefixes of kept trigrams stay."""
    mask = (1 << SHIFT) - 1
    keys2, counts2, p2 = two
    keys3, counts3, p3 = three
    below3 = p2[np.searchsorted(keys2, keys3 & ((1 << 2 * SHIFT) - 1))]
    gain3 = np.where(counts3 > 1, counts3 * np.log(p3 / below3), -np.inf)
    kept3 = gain3 >= np.partition(gain3, -TRIGRAMS)[-TRIGRAMS]
    keys3, p3 = keys3[kept3], p3[kept3]
    gain2 = counts2 * np.log(p2 / one[(keys2 & mask).astype(np.int64)])
    kept2 = gain2 >= np.partition(gain2, -BIGRAMS)[-BIGRAMS]
    kept2 |= np.isin(keys2, np.unique(keys3 >> SHIFT))
    return (keys2[kept2], p2[kept2]), (keys3, p3)


def back_off(keys: np.ndarray, p: np.ndarray, lower: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the contexts and the weight each gives to the order below."""
    contexts, first = np.unique(keys >> SHIFT, return_index=True)
    left = 1 - np.add.reduceat(p, first)
    below = 1 - np.add.reduceat(lower, first)
    return contexts, np.clip(left, 1e-4, 1) / np.clip(below, 1e-4, 1)


def pack(size: int, one: np.ndarray, two: tuple, three: tuple) -> dict[str, np.ndarray]:
    """Lay the n-grams out as a trie: children of one context side by side, sorted."""
    mask = (1 << SHIFT) - 1
    keys2, p2 = two
    keys3, p3 = three
    ids2 = (keys2 & mask).astype(np.int64)
    weights1 = np.ones(size)
    contexts, weights = back_off(keys2, p2, one[ids2])
    weights1[contexts.astype(np.int64)] = weights
    suffix = keys3 & ((1 << 2 * SHIFT) - 1)
    at = np.minimum(np.searchsorted(keys2, suffix), len(keys2) - 1)
    backed = weights1[(suffix >> SHIFT).astype(np.int64)] * one[(suffix & mask).astype(np.int64)]
    contexts, weights = back_off(keys3, p3, np.where(keys2[at] == suffix, p2[at], backed))
    weights2 = np.ones(len(keys2))
    weights2[np.searchsorted(keys2, contexts)] = weights
    starts2 = np.searchsorted(keys2 >> SHIFT, np.arange(size + 1))
    starts3 = np.searchsorted(keys3 >> SHIFT, np.append(keys2, keys2[-1] + 1))
    return {
        "cost1": cost(one),
        "weight1": cost(weights1, offset=128),
        "starts2": starts2.astype("<u4"),
        "ids2": ids2.astype("<u2"),
        "cost2": cost(p2),
        "weight2": cost(weights2, offset=128),
        "starts3": starts3.astype("<u4"),
        "ids3": (keys3 & mask).astype("<u2"),
        "cost3": cost(p3),
    }


def cost(values: np.ndarray, *, offset: int = 0) -> np.ndarray:
    """Return negative logarithms in steps of 1/SCALE, one byte each."""
    return np.clip(np.rint(-np.log(values) * SCALE) + offset, 0, 255).astype(np.uint8)


def save(path: Path, arrays: dict[str, np.ndarray]) -> None:
    """Write a JSON header and the arrays, each at a multiple of eight bytes."""
    layout = {name: [array.dtype.str[1:], len(array)] for name, array in arrays.items()}
    header = json.dumps(layout).encode()
    header += b" " * (-(len(MAGIC) + 4 + len(header)) % 8)
    blocks = [MAGIC, len(header).to_bytes(4, "little"), header]
    for array in arrays.values():
        raw = array.tobytes()
        blocks.append(raw + b"\0" * (-len(raw) % 8))
    path.write_bytes(b"".join(blocks))
    sizes = [sum(map(len, blocks[:end])) for end in range(len(blocks) + 1)]
    for name, (start, end) in zip(layout, list(pairwise(sizes))[3:], strict=True):
        print(f"{name:8} {end - start:>9} bytes")


if __name__ == "__main__":
    main()
