"""The search for the entities of one document: slice by slice, stopped and gone on with at will."""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING

from meipi.core.entity import EntityType, Mention
from meipi.core.fold import fold_script
from meipi.core.spans import Span
from meipi.core.turns import in_turns
from meipi.services import pipeline
from meipi.services.slices import around, part, slices

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from meipi.core.document import Structure
    from meipi.services.jobs import Engine

WHOLE = 120_000
"""Characters up to which a document is searched as a whole: a second's work."""

_SLICE = 40_000
"""Characters of a slice: what it holds crosses to the window's process within a frame."""

_SHORT = 6_000
"""Characters up to which nobody waits for what stands on the screen."""

_BEFORE, _AFTER = 400, 1_800
"""Characters around a place that are searched at once when it comes on the screen."""

_GLIMPSES = 20
"""Screens searched one after another before a slice has its turn: who turns pages without end, or
to and fro between two, would hold the search up for ever."""

_NAMES = frozenset({EntityType.PER, EntityType.ORG, EntityType.LOC, EntityType.FAC})
_LONG = 4
"""Characters from which a name is itself wherever it stands."""
_MOST = 4_000
"""Names handed on from slice to slice, those met last."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a search has come: ``mentions`` are those found so far, flat and in order."""

    document: str
    done: int
    total: int
    mentions: tuple[Mention, ...]
    seen: Span | None = None
    """What was searched last."""

    @property
    def share(self) -> float:
        """The part of the text that is done, from 0 to 1."""
        return self.done / self.total if self.total else 1.0


class EntitySearch:
    """Searches one reading text; every slice is a job of its own, so that others get their turn.

    What stands around the reader's place is searched first and shown until its slice is done.
    """

    def __init__(self, document: str, name: str, text: str, structure: Structure) -> None:
        self.document = document
        self.text = text
        self.lock = threading.Lock()
        """Held by whoever goes on with the search."""
        self._name = name
        self._structure = structure
        whole = len(text) <= WHOLE
        self._slices = [Span(0, len(text))] if whole else list(slices(text, structure, size=_SLICE))
        self._found: list[tuple[Mention, ...]] = []
        self._glimpses: dict[Span, tuple[Mention, ...]] = {}
        self._known: dict[str, EntityType] = {}
        self._in_a_row = 0
        self._place: int | None = None
        self._seen: Span | None = None
        self._stop = threading.Event()

    @property
    def stopped(self) -> bool:
        """Whether somebody stopped it."""
        return self._stop.is_set()

    def stop(self) -> None:
        """Let it end after the slice being searched; what was found stays."""
        self._stop.set()

    def allow(self) -> None:
        """Let it go on."""
        self._stop.clear()

    def look_at(self, offset: int) -> None:
        """Search around ``offset`` next."""
        self._place = offset

    def progress(self) -> Progress:
        """Return how far it has come."""
        done = self._reached()
        mentions = list(chain.from_iterable(self._found))
        for span in sorted(self._glimpses):
            mentions += [m for m in self._glimpses[span] if m.span.start >= done]
        total = len(self.text)
        return Progress(self.document, done, total, tuple(mentions), self._seen)

    def run(
        self, engine: Engine, report: Callable[[Progress], None] | None = None
    ) -> tuple[Mention, ...] | None:
        """Search to the end and return all mentions; nothing where it was stopped before."""
        while len(self._found) < len(self._slices):
            if self.stopped:
                return None
            self._step(engine, glimpse=report is not None)
            if report is not None:
                report(self.progress())
        return self._united(engine)

    def _reached(self) -> int:
        return self._slices[len(self._found) - 1].end if self._found else 0

    def _step(self, engine: Engine, *, glimpse: bool) -> None:
        """Search what the reader sees, if that is still to do, else the next slice."""
        place = None
        if self._in_a_row < _GLIMPSES:
            place, self._place = self._place, None
        if glimpse and place is not None and self._unseen(place):
            self._in_a_row += 1
            span = around(self.text, self._structure, place, before=_BEFORE, after=_AFTER)
            found = self._search(engine, span)
            for other in [other for other in self._glimpses if other.overlaps(span)]:
                del self._glimpses[other]
            self._glimpses[span] = found
            return
        self._in_a_row = 0
        found = self._search(engine, self._slices[len(self._found)])
        self._found.append(found)
        reached = self._reached()
        for span in [span for span in self._glimpses if span.end <= reached]:
            del self._glimpses[span]
        for name, kind in _long_names(found):
            self._known.pop(name, None)
            self._known[name] = kind
        for name in list(self._known)[:-_MOST]:
            del self._known[name]

    def _unseen(self, place: int) -> bool:
        if len(self.text) <= _SHORT or place < self._reached():
            return False
        return not any(span.start <= place < span.end - _AFTER // 2 for span in self._glimpses)

    def _search(self, engine: Engine, span: Span) -> tuple[Mention, ...]:
        self._seen = span
        if span == Span(0, len(self.text)):
            found = engine.call(self._name, pipeline.find_columns, self.text, self._structure)
            return tuple(found.mentions(self.text))
        text, structure = part(self.text, self._structure, span)
        call, find = engine.call, pipeline.find_columns
        found = call(self._name, find, text, structure, known=dict(self._known))
        return tuple(found.mentions(self.text, shift=span.start))

    def _united(self, engine: Engine) -> tuple[Mention, ...]:
        """Return all mentions, each by the fullest name that any slice gives its entity."""
        mentions = tuple(mention for found in self._found for mention in found)
        if len(self._slices) == 1:
            return mentions
        named = (m for m in in_turns(mentions) if m.type in _NAMES)
        names = list(dict.fromkeys((m.type, m.canonical) for m in named))
        united = engine.call(self._name, pipeline.united_names, names)
        return tuple(
            m if (full := united.get((m.type, m.canonical))) is None else replace(m, canonical=full)
            for m in in_turns(mentions)
        )


def _long_names(mentions: Iterable[Mention]) -> Iterator[tuple[str, EntityType]]:
    for mention in mentions:
        if mention.type in _NAMES and len(mention.text) >= _LONG:
            yield fold_script(mention.text), mention.type


class Searches:
    """The searches under way, and those stopped half-way, for as long as the program runs."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._all: dict[str, EntitySearch] = {}
        self._stopped: set[str] = set()

    def of(self, document: str, name: str, text: str, structure: Structure) -> EntitySearch:
        """Return the search in ``document``; a new one where there is none or its text changed."""
        with self._lock:
            search = self._all.get(document)
            if search is not None and search.text != text:
                search.stop()
                search = None
            if search is None:
                search = self._all[document] = EntitySearch(document, name, text, structure)
                if document in self._stopped:
                    search.stop()
                for other in list(self._all)[:-_KEPT]:
                    if other not in self._stopped and self._all[other].lock.acquire(blocking=False):
                        self._all.pop(other).lock.release()
            return search

    def allow(self, document: str) -> None:
        """Let a search go on."""
        with self._lock:
            self._stopped.discard(document)
            if document in self._all:
                self._all[document].allow()

    def stop(self, document: str, *, leave: bool) -> None:
        """Stop a search; with ``leave`` it goes on when it is next asked for."""
        with self._lock:
            if not leave:
                self._stopped.add(document)
            if document in self._all:
                self._all[document].stop()

    def look_at(self, document: str, place: int) -> None:
        """Let a search turn to ``place`` next."""
        with self._lock:
            if document in self._all:
                self._all[document].look_at(place)

    def is_stopped(self, document: str) -> bool:
        """Say whether the reader stopped the search in a document."""
        return document in self._stopped

    def is_going_on(self, document: str) -> bool:
        """Say whether somebody is searching in a document."""
        with self._lock:
            return document in self._all and self._all[document].lock.locked()

    def stopped(self, document: str) -> Progress | None:
        """Return how far a search has come that the reader stopped."""
        with self._lock:
            search = self._all.get(document) if document in self._stopped else None
        return None if search is None else search.progress()

    def drop(self, document: str) -> None:
        """Forget a search that is done."""
        with self._lock:
            self._all.pop(document, None)


_KEPT = 3
"""Searches kept half-way, so that their documents are not searched again from the beginning."""
