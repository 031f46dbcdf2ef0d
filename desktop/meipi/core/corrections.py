"""What the reader says about entities, laid over what was found: by place, and by name everywhere.

A correction at a place wins over one by name, which wins over what the model found.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING

from meipi.core.entity import Mention
from meipi.core.fold import fold
from meipi.core.spans import Span
from meipi.core.turns import in_turns

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from meipi.core.anchors import Anchor
    from meipi.core.entity import EntityType

    Normaliser = Callable[[EntityType, str], str | None]
    """Gives the normal form of a figure of a type as it is written."""

_start = attrgetter("span.start")
_folded = lru_cache(maxsize=65_536)(fold)
"""Names come again and again."""


class PlaceRule(StrEnum):
    """What a correction at a place says."""

    PUT = "put"
    """A mention of this type stands here, and no other on these characters."""
    REJECT = "reject"
    """What was found exactly here is no name here."""


class NameRule(StrEnum):
    """What a correction of a name says, wherever the name stands."""

    NEVER = "never"
    """It is not a name anywhere."""
    ALWAYS = "always"
    """It is a name of this type everywhere."""
    VARIANT = "variant"
    """Written so, an entity of this type is the one called ``target``."""
    ENTITY = "entity"
    """The entity of this type and name is the one called ``target``, of type ``target_type``."""


@dataclass(frozen=True, slots=True)
class PlaceCorrection:
    """A correction at a place of a document; without ``canonical`` the name is found as usual."""

    id: str
    document: str
    rule: PlaceRule
    anchor: Anchor
    type: EntityType | None = None
    canonical: str | None = None


@dataclass(frozen=True, slots=True)
class NameCorrection:
    """A correction of a name in the whole library; ``name`` is folded."""

    id: str
    rule: NameRule
    name: str
    type: EntityType | None = None
    target: str = ""
    target_type: EntityType | None = None


class NameRules:
    """The corrections by name, made ready for many texts."""

    def __init__(self, corrections: Iterable[NameCorrection] = ()) -> None:
        self._never: set[str] = set()
        self._always: dict[str, EntityType] = {}
        self._variants: dict[tuple[EntityType, str], str] = {}
        self._entities: dict[tuple[EntityType, str], tuple[EntityType, str]] = {}
        for correction in corrections:
            self._take(correction)
        self._openings, self._by_opening = _openings(self._always)

    def __bool__(self) -> bool:
        return bool(self._never or self._always or self._variants or self._entities)

    def _take(self, one: NameCorrection) -> None:
        if one.rule is NameRule.NEVER:
            self._never.add(one.name)
        elif one.rule is NameRule.ALWAYS and one.target_type is not None:
            self._always[one.name] = one.target_type
        elif one.rule is NameRule.VARIANT and one.type is not None:
            self._variants[one.type, one.name] = one.target
        elif one.type is not None and one.target_type is not None:
            self._entities[one.type, one.name] = one.target_type, one.target

    def corrected(self, mention: Mention) -> Mention | None:
        """Return ``mention`` as these rules have it; nothing where its name is none."""
        key = _folded(mention.text)
        if key in self._never:
            return None
        kind = self._always.get(key, mention.type)
        kind, canonical = self.entity_of(kind, key, mention.canonical)
        if (kind, canonical) == (mention.type, mention.canonical):
            return mention
        return replace(mention, type=kind, canonical=canonical, corrected=True)

    def entity_of(self, kind: EntityType, key: str, canonical: str) -> tuple[EntityType, str]:
        """Return type and name of the entity that a mention written ``key`` (folded) names."""
        return self.followed(kind, self._variants.get((kind, key), canonical))

    def followed(self, kind: EntityType, canonical: str) -> tuple[EntityType, str]:
        """Return what the entity was merged into or renamed to, however often; else itself."""
        if not self._entities:
            return kind, canonical
        seen = set()
        while (kind, _folded(canonical)) not in seen:
            seen.add((kind, _folded(canonical)))
            kind, canonical = self._entities.get((kind, _folded(canonical)), (kind, canonical))
        return kind, canonical

    def places(self, text: str) -> Iterator[tuple[Span, EntityType]]:
        """Yield where a name stands that always is one, the longest at each place."""
        if self._openings is None:
            return
        folded, end = fold(text), 0
        for found in self._openings.finditer(folded):
            at = found.start()
            for name in self._by_opening[found[0]] if at >= end else ():
                if folded.startswith(name, at) and _whole(folded, at, at + len(name)):
                    end = at + len(name)
                    yield Span(at, end), self._always[name]
                    break


def apply_corrections(
    mentions: Iterable[Mention],
    places: Iterable[PlaceCorrection],
    rules: NameRules,
    text: str,
    *,
    normalise: Normaliser | None = None,
) -> tuple[Mention, ...]:
    """Lay the corrections of a document over the ``mentions`` found in its reading ``text``.

    >>> from meipi.core.entity import EntityType
    >>> found = [Mention(Span(0, 2), EntityType.PER, "小辛", "小辛", "model")]
    >>> never = NameRules([NameCorrection("1", NameRule.NEVER, "小辛")])
    >>> apply_corrections(found, (), never, "小辛庄")
    ()
    """
    found, here = tuple(mentions), tuple(places)
    if not here and not rules:
        return found
    layer = _by_name(found, rules, text)
    return _by_place(layer, here, rules, text, normalise or _no_form) if here else tuple(layer)


def _by_name(found: tuple[Mention, ...], rules: NameRules, text: str) -> list[Mention]:
    if not rules:
        return list(found)
    layer = [kept for mention in in_turns(found) if (kept := rules.corrected(mention)) is not None]
    added = [place for place in rules.places(text) if not _held(layer, place[0])]
    if not added:
        return layer
    spans = [span for span, _ in added]
    layer = _without(layer, spans)
    names = _Names(layer, rules)
    made = (
        _made(span, kind, span.slice(text), names.of(kind, span.slice(text)))
        for span, kind in added
    )
    return sorted((*layer, *made), key=_start)


def _by_place(
    layer: list[Mention],
    places: tuple[PlaceCorrection, ...],
    rules: NameRules,
    text: str,
    normalise: Normaliser,
) -> tuple[Mention, ...]:
    rejected = {one.anchor.span for one in places if one.rule is PlaceRule.REJECT}
    puts = {one.anchor.span: one for one in places if one.rule is PlaceRule.PUT and one.anchor.span}
    kept = [mention for mention in in_turns(layer) if mention.span not in rejected]
    there = {mention.span: mention for mention in in_turns(layer)}
    names = _Names(layer, rules)
    laid = []
    for span, put in _apart(puts):
        before, words = there.get(span), span.slice(text)
        assert put.type is not None  # noqa: S101 - a put always has a type
        canonical = put.canonical or names.of(put.type, words, before)
        if before is not None and before.type is put.type:
            laid.append(replace(before, canonical=canonical, corrected=True))
            continue
        made = _made(span, put.type, words, canonical, by=before.by if before else "reader")
        laid.append(replace(made, normal=normalise(put.type, words)))
    kept = _without(kept, sorted(one.span for one in laid))
    return tuple(sorted((*kept, *laid), key=_start))


def _apart(puts: dict[Span, PlaceCorrection]) -> Iterator[tuple[Span, PlaceCorrection]]:
    """Yield those that do not overlap: after an anchor moved two may; the first stays."""
    end = 0
    for span in sorted(puts):
        if span.start >= end:
            end = span.end
            yield span, puts[span]


class _Names:
    """Which entity a name in this document stands for, where that is not said."""

    def __init__(self, layer: Iterable[Mention], rules: NameRules) -> None:
        self._rules = rules
        self._known: dict[tuple[EntityType, str], str] = {}
        for mention in in_turns(layer):
            self._known.setdefault((mention.type, _folded(mention.text)), mention.canonical)

    def of(self, kind: EntityType, words: str, before: Mention | None = None) -> str:
        """Return the canonical name; ``before`` is the mention of another type there was."""
        key = _folded(words)
        known = self._known.get((kind, key)) or (before.canonical if before else words)
        return self._rules.entity_of(kind, key, known)[1]


def _made(
    span: Span, kind: EntityType, words: str, canonical: str, *, by: str = "reader"
) -> Mention:
    return Mention(span, kind, words, canonical, by, corrected=True)


def _whole(text: str, start: int, end: int) -> bool:
    """Say whether no Latin word or number is cut at either end: DNA is no part of DNAse."""
    return not any(
        text[at - 1 : at + 1].isascii() and text[at - 1 : at + 1].isalnum()
        for at in (start, end)
        if 0 < at < len(text)
    )


def _no_form(_kind: EntityType, _written: str) -> str | None:
    return None


def _held(layer: list[Mention], span: Span) -> bool:
    """Say whether a mention stands exactly here, or a longer name of which this is a part."""
    return any(layer[at].span.contains(span) for at in _touching(layer, span))


def _touching(layer: list[Mention], span: Span) -> range:
    """Return the positions of the mentions that share a character with ``span``."""
    last = bisect_left(layer, span.end, key=_start)
    first = bisect_right(layer, span.start, key=attrgetter("span.end"), hi=last)
    return range(first, last)


def _without(layer: list[Mention], spans: list[Span]) -> list[Mention]:
    """Leave out the mentions that share a character with one of ``spans``."""
    gone = {at for span in spans for at in _touching(layer, span)}
    return [mention for at, mention in enumerate(in_turns(layer)) if at not in gone]


def _openings(
    names: Iterable[str],
) -> tuple[re.Pattern[str] | None, dict[str, list[str]]]:
    """Gather ``names`` by their first character, the longest first, and what finds that."""
    by_opening: dict[str, list[str]] = {}
    for name in sorted(names, key=len, reverse=True):
        by_opening.setdefault(name[0], []).append(name)
    if not by_opening:
        return None, by_opening
    return re.compile(f"[{re.escape(''.join(by_opening))}]"), by_opening
