"""What can stand where one types in a query: tags, entities, attributes and words of the language.

All are found by characters of either script, pinyin or initials.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from meipi.core.query import Field
from meipi.core.query_words import (
    COMPARISONS,
    FIELD_NAMES,
    FIELDS,
    JOINERS,
    RELATIONS,
    SHOW,
    TYPES,
    UNITS,
)
from meipi.core.spans import Span
from meipi.services.query_text import quoted
from meipi.ui.presenters.matching import best

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from meipi.core.messages import Language

OFFERED = 9
_SIGNS = "".join(sorted({c for sign in COMPARISONS for c in sign}))
_PIECE = re.compile(r'[^\s()（）"“”「」]*$')
_OPEN = re.compile(r'[#＃@＠]?(?:\w*[:：=＝])?["“「][^"”」]*$')
_FIELDED = re.compile(rf"(\w+)([{re.escape(_SIGNS)}]+)(.*)", re.DOTALL)
_VALUED = re.compile(rf"[@＠](.*?)([{re.escape(_SIGNS)}]+)(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Offer:
    """Something to put in: what is shown, what is typed for it, the colour index of a tag."""

    label: str
    typed: str
    hint: str = ""
    color: int | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What names there are in the library."""

    tags: Sequence[tuple[str, int]] = ()
    """Names, or paths of namesakes, and colour indexes."""
    entities: Sequence[tuple[str, str]] = ()
    """Names and what types they are of, the most frequent first."""
    attributes: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Names, and the values that can be chosen."""
    coders: Sequence[str] = ()
    sources: Sequence[str] = ()


def piece_at(text: str, caret: int) -> Span:
    """Return what is being typed at ``caret``: back to a blank, a bracket or an open quotation.

    >>> piece_at("#产业 且 ent", 9), piece_at('#"老 区', 5)
    (Span(start=6, end=9), Span(start=0, end=5))
    """
    before = text[:caret]
    marks = sum(before.count(mark) for mark in "“「")
    closed = sum(before.count(mark) for mark in "”」")
    if before.count('"') % 2 or marks > closed:
        found = _OPEN.search(before)
        if found is not None:
            return Span(found.start(), caret)
    found = _PIECE.search(before)
    return Span(found.start() if found else caret, caret)


def offers(text: str, caret: int, known: Known, language: Language) -> list[Offer]:
    """Return what fits best at ``caret``, none where nothing is being typed."""
    piece = piece_at(text, caret).slice(text)
    return _offers(piece, known, language)[:OFFERED] if piece else []


def _offers(piece: str, known: Known, language: Language) -> list[Offer]:
    bare = _bare(piece.lstrip("-"))
    if bare[:1] in {"#", "＃"}:
        alone = bare[1:2] in set("=＝")
        return _tags(_bare(bare[2:] if alone else bare[1:]), known, "#=" if alone else "#")
    valued = _VALUED.fullmatch(bare)
    if valued:
        return _values(valued[1], valued[2], _bare(valued[3]), known)
    if bare[:1] in {"@", "＠"}:
        return _attributes(bare[1:], known)
    fielded = _FIELDED.fullmatch(bare)
    if fielded:
        return _in_field(fielded, known, language)
    return _anything(bare, known, language)


def _bare(piece: str) -> str:
    return piece.lstrip('"“「')


def _tags(query: str, known: Known, prefix: str) -> list[Offer]:
    found = best(query, known.tags, lambda tag: tag[0])
    return [Offer(name, f"{prefix}{quoted(name)}", color=color) for name, color in found]


def _entities(query: str, known: Known, name: str) -> list[Offer]:
    found = best(query, known.entities, lambda entity: entity[0])
    return [Offer(entity, f"{name}:{quoted(entity)}", kind) for entity, kind in found[:OFFERED]]


def _attributes(query: str, known: Known) -> list[Offer]:
    found = best(query, list(known.attributes), str)
    return [Offer(f"@{name}", f"@{quoted(name)}=") for name in found]


def _values(name: str, sign: str, query: str, known: Known) -> list[Offer]:
    values = known.attributes.get(name.strip('"“”'), ())
    return [Offer(value, f"@{name}{sign}{quoted(value)}") for value in best(query, values, str)]


def _in_field(found: re.Match[str], known: Known, language: Language) -> list[Offer]:
    name, sign, query = found[1], found[2], _bare(found[3])
    if name.lower() in SHOW:
        return [
            Offer(names[_side(language)], f"{name}:{names[_side(language)]}")
            for names in best(query, list(UNITS.values()), lambda names: names[_side(language)])
        ]
    kind = FIELD_NAMES.get(name.lower())
    if kind is Field.ENTITY:
        return _entities(query, known, name)
    listed = _LISTED.get(kind, lambda _: ()) if kind is not None else lambda _: ()
    return [
        Offer(value, f"{name}{sign}{quoted(value)}") for value in best(query, listed(known), str)
    ]


_LISTED: Mapping[Field, Callable[[Known], Sequence[str]]] = {
    Field.TAG: lambda known: [name for name, _ in known.tags],
    Field.DOCTAG: lambda known: [name for name, _ in known.tags],
    Field.TYPE: lambda _: list(TYPES.values()),
    Field.CODER: lambda known: known.coders,
    Field.SOURCE: lambda known: known.sources,
    Field.STATUS: lambda _: ("review", "checked", "disputed"),
}


def _anything(query: str, known: Known, language: Language) -> list[Offer]:
    side = _side(language)
    words = list(_language(side))
    fitting = best(query, words, lambda offer: offer.label)
    return [
        *_tags(query, known, "#")[:4],
        *_entities(query, known, FIELDS[Field.ENTITY][side])[:3],
        *fitting[:4],
    ]


def _language(side: int) -> Iterator[Offer]:
    """Yield the words of the language, found in the other one too."""
    for names in (*FIELDS.values(), SHOW):
        if names != FIELDS[Field.ATTRIBUTE]:
            yield Offer(f"{names[side]}:", f"{names[side]}:", names[1 - side])
    for names in (*JOINERS.values(), *RELATIONS.values()):
        yield Offer(names[side], f"{names[side]} ", names[1 - side])


def _side(language: Language) -> int:
    return 0 if language == "zh" else 1
