"""How far coders agree on passages and tags: F1 of spans, kappa of characters, alpha of units.

Offsets count in one document; a study may hold many. Where there is nothing to agree on, a figure
is ``None``.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    Figure = float | None


@dataclass(frozen=True, slots=True, order=True)
class Unit:
    """A passage with a tag; ``end`` is not part of it."""

    start: int
    end: int
    tag: str


@dataclass(frozen=True, slots=True)
class Study:
    """What several coders marked in documents of known length, by coder and document."""

    coders: tuple[str, ...]
    lengths: Mapping[str, int]
    units: Mapping[tuple[str, str], Sequence[Unit]]

    def of(self, coder: str, document: str) -> Sequence[Unit]:
        """Return what one coder marked in one document."""
        return self.units.get((coder, document), ())

    def tags(self) -> tuple[str, ...]:
        """Return every tag that somebody used."""
        return tuple(sorted({unit.tag for units in self.units.values() for unit in units}))

    def only(self, tag: str) -> Study:
        """Return the study of one tag."""
        kept = {
            key: tuple(unit for unit in units if unit.tag == tag)
            for key, units in self.units.items()
        }
        return Study(self.coders, self.lengths, kept)

    def count(self, coder: str) -> int:
        """Count what one coder marked."""
        return sum(len(self.of(coder, document)) for document in self.lengths)


@dataclass(frozen=True, slots=True)
class Figures:
    """The agreement of a study, or of one tag in it, with how much each coder marked."""

    counts: tuple[int, ...]
    exact: Figure
    """F1 of passages with the same ends and tag: the mean of all pairs of coders."""
    overlap: Figure
    """F1 where a shared character and the same tag are enough."""
    cohen: Figure
    """Cohen's kappa of characters, the mean of all pairs."""
    fleiss: Figure
    alpha: Figure
    """Krippendorff's alpha with unitizing."""


def figures(study: Study) -> Figures:
    """Measure a study."""
    pairs = [Study(pair, study.lengths, study.units) for pair in combinations(study.coders, 2)]
    return Figures(
        counts=tuple(study.count(coder) for coder in study.coders),
        exact=_mean(map(exact_f1, pairs)),
        overlap=_mean(map(overlap_f1, pairs)),
        cohen=_mean(map(cohen_kappa, pairs)),
        fleiss=fleiss_kappa(study),
        alpha=alpha_unitizing(study),
    )


def exact_f1(study: Study) -> Figure:
    """Return the F1 of two coders' passages, the same only with the same ends and tag.

    >>> one = (Unit(0, 3, "产业"), Unit(5, 8, "民生"))
    >>> two = (Unit(0, 3, "产业"), Unit(5, 9, "民生"))
    >>> exact_f1(Study(("甲", "乙"), {"a": 20}, {("甲", "a"): one, ("乙", "a"): two}))
    0.5
    """
    first, second = study.coders
    shared = sum(
        (Counter(study.of(first, one)) & Counter(study.of(second, one))).total()
        for one in study.lengths
    )
    marked = study.count(first) + study.count(second)
    return 2 * shared / marked if marked else None


def overlap_f1(study: Study) -> Figure:
    """Return the F1 of two coders' passages, met where one of the other shares a character."""
    first, second = study.coders
    counts = study.count(first), study.count(second)
    if not sum(counts):
        return None
    met = [
        sum(_met(study.of(one, document), study.of(other, document)) for document in study.lengths)
        for one, other in ((first, second), (second, first))
    ]
    shares = [found / count if count else 0.0 for found, count in zip(met, counts, strict=True)]
    return 2 * shares[0] * shares[1] / sum(shares) if sum(shares) else 0.0


def _met(units: Sequence[Unit], others: Sequence[Unit]) -> int:
    by_tag: dict[str, list[Unit]] = {}
    for one in sorted(others):
        by_tag.setdefault(one.tag, []).append(one)
    return sum(
        any(one.start < unit.end and unit.start < one.end for one in by_tag.get(unit.tag, ()))
        for unit in units
    )


def cohen_kappa(study: Study) -> Figure:
    """Return Cohen's kappa of two coders; what is judged is each character, by its set of tags."""
    table: Counter[tuple[object, ...]] = Counter()
    for size, labels in pieces(study):
        table[labels] += size
    total = table.total()
    if not total:
        return None
    agreed = sum(size for (one, two), size in table.items() if one == two) / total
    sides = [_shares(table, side, total) for side in (0, 1)]
    expected = sum(share * sides[1].get(label, 0) for label, share in sides[0].items())
    return None if expected == 1 else (agreed - expected) / (1 - expected)


def _shares(table: Counter[tuple[object, ...]], side: int, total: int) -> dict[object, float]:
    found: Counter[object] = Counter()
    for labels, size in table.items():
        found[labels[side]] += size
    return {label: size / total for label, size in found.items()}


def fleiss_kappa(study: Study) -> Figure:
    """Return Fleiss' kappa of any number of coders, judged as for Cohen's."""
    raters = len(study.coders)
    judged: Counter[object] = Counter()
    agreed, total = 0.0, 0
    for size, labels in pieces(study):
        votes = Counter(labels)
        for label, number in votes.items():
            judged[label] += size * number
        same = sum(number * (number - 1) for number in votes.values())
        agreed += size * same / (raters * (raters - 1))
        total += size
    if not total:
        return None
    expected = sum((number / (total * raters)) ** 2 for number in judged.values())
    return None if expected == 1 else (agreed / total - expected) / (1 - expected)


def pieces(study: Study) -> Iterator[tuple[int, tuple[object, ...]]]:
    """Cut the texts where a passage begins or ends; yield lengths with each coder's set of tags."""
    for document, length in study.lengths.items():
        layers = [_changes(study.of(coder, document)) for coder in study.coders]
        cuts = sorted({0, length, *(at for layer in layers for at in layer)})
        open_tags: list[Counter[str]] = [Counter() for _ in study.coders]
        for start, end in pairwise(cuts):
            for tags, layer in zip(open_tags, layers, strict=True):
                tags.update(layer.get(start, {}))
            if end <= length:
                labels = tuple(frozenset(+tags) for tags in open_tags)
                yield end - start, labels


def _changes(units: Iterable[Unit]) -> dict[int, Counter[str]]:
    found: dict[int, Counter[str]] = {}
    for unit in units:
        found.setdefault(unit.start, Counter())[unit.tag] += 1
        found.setdefault(unit.end, Counter())[unit.tag] -= 1
    return found


def alpha_unitizing(study: Study) -> Figure:
    """Return Krippendorff's alpha of units on a continuum (Content Analysis, 2nd ed., 11.6).

    Each tag is a continuum of its own, on which passages of one coder that overlap are one;
    documents lie one behind the other.
    """
    observed = expected = 0.0
    for tag in study.tags():
        rows = [_row(study, coder, tag) for coder in study.coders]
        length = sum(study.lengths.values())
        observed += _observed(rows, length)
        expected += _expected(rows, length)
    return 1 - observed / expected if expected else None


@dataclass(frozen=True, slots=True)
class _Section:
    start: int
    length: int
    marked: bool


def _row(study: Study, coder: str, tag: str) -> list[_Section]:
    """Return what a coder made of the continuum: units and the gaps between them."""
    sections: list[_Section] = []
    at = offset = 0
    for document, length in study.lengths.items():
        for start, end in _joined(study.of(coder, document), tag):
            if offset + start > at:
                sections.append(_Section(at, offset + start - at, marked=False))
            sections.append(_Section(offset + start, end - start, marked=True))
            at = offset + end
        offset += length
    if offset > at:
        sections.append(_Section(at, offset - at, marked=False))
    return sections


def _joined(units: Iterable[Unit], tag: str) -> list[tuple[int, int]]:
    """Return the passages of one tag by place; those that share a character are one."""
    found: list[tuple[int, int]] = []
    for unit in sorted(one for one in units if one.tag == tag):
        if found and unit.start < found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], unit.end))
        else:
            found.append((unit.start, unit.end))
    return found


def _observed(rows: Sequence[Sequence[_Section]], length: int) -> float:
    total = 0.0
    for one, other in combinations(rows, 2):
        total += 2 * sum(_difference(g, h) for g, h in _touching(one, other))
    return total / (len(rows) * (len(rows) - 1) * length**2)


def _touching(
    one: Sequence[_Section], other: Sequence[_Section]
) -> Iterator[tuple[_Section, _Section]]:
    """Yield the sections of two coders that share a character: no others differ."""
    left = right = 0
    while left < len(one) and right < len(other):
        g, h = one[left], other[right]
        yield g, h
        ends = g.start + g.length, h.start + h.length
        left += ends[0] <= ends[1]
        right += ends[1] <= ends[0]


def _difference(g: _Section, h: _Section) -> float:
    if g.marked and h.marked:
        return (g.start - h.start) ** 2 + (g.start + g.length - h.start - h.length) ** 2
    if g.marked:
        return g.length**2 if _lies_in(g, h) else 0
    if h.marked:
        return h.length**2 if _lies_in(h, g) else 0
    return 0


def _lies_in(unit: _Section, gap: _Section) -> bool:
    return gap.start <= unit.start and unit.start + unit.length <= gap.start + gap.length


def _expected(rows: Sequence[Sequence[_Section]], length: int) -> float:
    units = [one.length for row in rows for one in row if one.marked]
    gaps = [one.length for row in rows for one in row if not one.marked]
    coders = len(rows)
    total = sum(
        (len(units) - 1) / 3 * (2 * size**3 - 3 * size**2 + size)
        + size**2 * sum(gap - size + 1 for gap in gaps if gap >= size)
        for size in units
    )
    places = coders * length * (coders * length - 1) - sum(size * (size - 1) for size in units)
    return 2 / length * total / places if places else 0.0


def _mean(found: Iterable[Figure]) -> Figure:
    known = [one for one in found if one is not None]
    return sum(known) / len(known) if known else None


def by_tag(study: Study, measure: Callable[[Study], Figures] = figures) -> dict[str, Figures]:
    """Measure each tag by itself."""
    return {tag: measure(study.only(tag)) for tag in study.tags()}
