"""Disagreements of two coders, decided one by one into a layer of its own; each can be undone."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from meipi.core.disagreement import Disagreement, compare
from meipi.core.errors import ErrorCode, MeipiError, Phrase
from meipi.library import queries
from meipi.library.coders import adjudicated, known
from meipi.library.rows import annotation_row
from meipi.library.times import now
from meipi.services.coders import ADJUDICATOR, put_coder
from meipi.services.labels import short

if TYPE_CHECKING:
    from concurrent.futures import Future

    from meipi.core.annotation import Annotation
    from meipi.core.changes import Changes
    from meipi.core.spans import Span
    from meipi.library import Library
    from meipi.library.transaction import Row, Transaction
    from meipi.services.annotating import Annotating

    Verdict = Literal["first", "second", "both", "neither", "new"]

__all__ = ["Adjudicating", "Disagreement", "Walk"]

_WORDS: dict[str, str] = {"both": "+", "neither": "∅", "new": "✎"}
_NOTHING = Phrase("没有新的一致批注", "there are no more agreed annotations")


@dataclass(frozen=True, slots=True)
class Walk:
    """What two coders disagree on, by document and place; ``decided`` holds the verdicts."""

    first: str
    second: str
    layer: str
    disagreements: tuple[Disagreement, ...]
    agreed: tuple[tuple[Annotation, Annotation], ...]
    decided: dict[str, str]

    @property
    def open(self) -> tuple[Disagreement, ...]:
        """What is still to be decided."""
        return tuple(one for one in self.disagreements if one.id not in self.decided)


class Adjudicating:
    """Decides between two coders; ``layer`` is the coder who then has the annotations."""

    def __init__(self, library: Library, annotating: Annotating) -> None:
        self._library = library
        self._annotating = annotating

    def walk(self, first: str, second: str, *, layer: str, document: str | None = None) -> Walk:
        """Return what ``first`` and ``second`` disagree on, in one document or in all."""
        with self._library.reading() as connection:
            found = queries.annotations_of(connection, document)
            decided = adjudicated(connection, layer)
        of: dict[str, dict[str, list[Annotation]]] = {}
        for one in found:
            if one.tag is not None and one.coder in (first, second):
                of.setdefault(one.document, {}).setdefault(one.coder, []).append(one)
        disagreements: list[Disagreement] = []
        agreed: list[tuple[Annotation, Annotation]] = []
        for sides in of.values():
            differ, same = compare(sides.get(first, ()), sides.get(second, ()))
            disagreements += differ
            agreed += same
        return Walk(first, second, layer, tuple(disagreements), tuple(agreed), decided)

    def decide(
        self,
        one: Disagreement,
        verdict: Verdict,
        *,
        layer: str,
        span: Span | None = None,
        tag: str | None = None,
    ) -> Future[Changes]:
        """Decide a disagreement as one act; ``new`` puts ``tag`` on ``span`` instead."""

        def work(transaction: Transaction) -> None:
            _ensure(transaction, layer)
            self._retract(transaction, one, layer)
            chosen = {
                "first": (one.first,),
                "second": (one.second,),
                "both": (one.first, one.second),
            }.get(verdict, ())
            for side in chosen:
                if side is not None:
                    _copy(transaction, side, layer, one.id)
            if verdict == "new" and span is not None:
                self._put_new(transaction, one, span, tag, layer)
            _record(transaction, one, verdict, layer)
            said = next((side for side in (one.first, one.second) if side is not None), None)
            words = {"first": one.first, "second": one.second}.get(verdict)
            transaction.name(
                "adjudicate",
                quote=short(said.anchor.quote) if said is not None else "",
                verdict=words.coder if words is not None else _WORDS.get(verdict, verdict),
            )

        return self._library.submit(work)

    def take_agreed(self, walk: Walk) -> Future[Changes]:
        """Take over what both coders marked alike, all in one act."""

        def work(transaction: Transaction) -> None:
            _ensure(transaction, walk.layer)
            there = {
                (one.document, one.span, one.tag)
                for one in queries.annotations_of(transaction.connection)
                if one.coder == walk.layer
            }
            fresh = [
                one for one, _ in walk.agreed if (one.document, one.span, one.tag) not in there
            ]
            if not fresh:
                raise MeipiError(ErrorCode.NOTHING_TO_DO, reason=_NOTHING)
            for one in fresh:
                _copy(transaction, one, walk.layer, one.id)
            transaction.name("adjudicate_agreed", count=len(fresh))

        return self._library.submit(work)

    def _put_new(
        self, transaction: Transaction, one: Disagreement, span: Span, tag: str | None, layer: str
    ) -> None:
        side = one.first or one.second
        if side is None:
            return
        anchor = self._annotating.anchor(transaction, one.document, span)
        fresh = replace(side, anchor=anchor, tag=tag or side.tag, note="")
        _copy(transaction, fresh, layer, one.id)

    def _retract(self, transaction: Transaction, one: Disagreement, layer: str) -> None:
        """Take back what an earlier verdict on this place put into the layer."""
        for key in _made_for(one.id, layer):
            if transaction.find("annotations", key) is not None:
                transaction.delete("annotations", key)


def _made_for(disagreement: str, layer: str) -> list[str]:
    """Return the ids an annotation made for a disagreement may have: found again, never stored."""
    name = f"{layer}\n{disagreement}"
    return [uuid.uuid5(uuid.NAMESPACE_OID, f"{name}\n{at}").hex for at in range(2)]


def _copy(transaction: Transaction, side: Annotation, layer: str, disagreement: str) -> None:
    keys = _made_for(disagreement, layer)
    key = next((one for one in keys if transaction.find("annotations", one) is None), None)
    moment = now()
    fresh = replace(side, id=key or uuid.uuid4().hex, coder=layer, created=moment, modified=moment)
    transaction.insert("annotations", annotation_row(fresh))


def _ensure(transaction: Transaction, layer: str) -> None:
    if layer not in known(transaction.connection):
        put_coder(transaction, layer, role=ADJUDICATOR)


def _record(transaction: Transaction, one: Disagreement, verdict: str, layer: str) -> None:
    row: Row = {
        "id": f"{layer}:{one.id}",
        "document": one.document,
        "first": one.first.id if one.first is not None else None,
        "second": one.second.id if one.second is not None else None,
        "verdict": verdict,
        "layer": layer,
        "made": now(),
    }
    if transaction.find("adjudications", str(row["id"])) is None:
        transaction.insert("adjudications", row)
    else:
        transaction.update("adjudications", str(row["id"]), verdict=verdict, made=row["made"])
