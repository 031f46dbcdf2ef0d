"""The reader's decisions on repairs: made, remembered for other documents, revoked, undone."""

from __future__ import annotations

import uuid
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING

from meipi.core.decisions import Decision, Verdict
from meipi.core.errors import ErrorCode, MeipiError, Phrase
from meipi.library import queries
from meipi.library.rows import decision_row, storable
from meipi.library.times import now
from meipi.services.settling import settled, site_of, use_settled

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from concurrent.futures import Future

    from meipi.core.changes import Changes
    from meipi.core.decisions import Scope
    from meipi.core.reading import Prepared
    from meipi.library import Library
    from meipi.library.transaction import Row, Transaction
    from meipi.services.jobs import Jobs

_TRIES = 5
"""How often an act is planned anew because another came in between."""
_BUSY = Phrase("文档正在不断改变", "the document keeps changing")
_ACTS = {
    Verdict.ACCEPTED: "repair_accept",
    Verdict.REJECTED: "repair_reject",
    Verdict.EDITED: "repair_edit",
    None: "repair_reset",
}


@dataclass(frozen=True, slots=True)
class _Resettled:
    """A document whose reading becomes another by an act."""

    document: str
    reading: int
    base: int
    prepared: Prepared
    is_base: bool


@dataclass(frozen=True, slots=True)
class _Plan:
    """What an act does, worked out beside the writer; void where ``seen`` is no longer so."""

    seen: Sequence[Decision]
    void: Sequence[Decision]
    new: Decision | None
    resettled: Sequence[_Resettled]
    count: int


class _OvertakenError(Exception):
    """Something else was written since an act was planned."""


class Repairs:
    """Decides on the repairs of a library's documents. Every act is one entry of the history."""

    def __init__(self, library: Library, jobs: Jobs) -> None:
        self._library = library
        self._jobs = jobs

    def decide(
        self, document: str, scope: Scope, verdict: Verdict | None, *, text: str = ""
    ) -> Future[Changes]:
        """Accept, reject or edit the repairs of ``scope``; no verdict takes decisions back.

        ``document`` is where the act is done; a scope without a document is remembered, and
        changes every other document at once. Fails where the document has no such repair.
        """
        return self._jobs.later(self._decide, document, scope, verdict, storable(text))

    def remembered(self) -> list[Decision]:
        """Return the decisions that hold for every document, the latest first."""
        with self._library.reading() as connection:
            found = queries.all_decisions(connection)
        return [one for one in reversed(found) if one.scope.document is None]

    def forget(self, decision: str) -> Future[Changes]:
        """Revoke a remembered decision; the documents it changed are read without it."""
        return self._jobs.later(self._forget, decision)

    def _decide(self, document: str, scope: Scope, verdict: Verdict | None, text: str) -> Changes:
        def change(known: Sequence[Decision]) -> tuple[Sequence[Decision], Decision | None]:
            void = [one for one in known if scope.takes_over(one.scope, here=document)]
            if verdict is None:
                return void, None
            words = text if verdict is Verdict.EDITED else ""
            return void, Decision(uuid.uuid4().hex, verdict, scope, now(), words)

        def name(transaction: Transaction, plan: _Plan) -> None:
            label = _ACTS[verdict] + ("_everywhere" if scope.document is None else "")
            transaction.name(label, channel=scope.channel, count=plan.count)

        return self._act(partial(self._plan_act, document, scope, change), name)

    def _forget(self, decision: str) -> Changes:
        known = {one.id: one for one in self.remembered()}
        if decision not in known:
            raise MeipiError(ErrorCode.DECISION_UNKNOWN)
        scope = known[decision].scope

        def change(now_known: Sequence[Decision]) -> tuple[Sequence[Decision], Decision | None]:
            return [one for one in now_known if one.id == decision], None

        def name(transaction: Transaction, _: _Plan) -> None:
            transaction.name("repair_forget", channel=scope.channel)

        return self._act(partial(self._plan_act, None, scope, change), name)

    def _act(
        self, plan: Callable[[], _Plan], name: Callable[[Transaction, _Plan], None]
    ) -> Changes:
        for _ in range(_TRIES):
            made = plan()
            try:
                changes = self._library.submit(partial(self._carry_out, made, name)).result()
            except _OvertakenError:
                continue
            self._library.index_later()
            return changes
        raise MeipiError(ErrorCode.WORKER_FAILED, path="", reason=_BUSY)

    def _carry_out(
        self, plan: _Plan, name: Callable[[Transaction, _Plan], None], transaction: Transaction
    ) -> None:
        connection = transaction.connection
        if queries.all_decisions(connection) != plan.seen:
            raise _OvertakenError
        for one in plan.void:
            transaction.delete("decisions", one.id)
        if plan.new is not None:
            transaction.insert("decisions", decision_row(plan.new))
        for changed in plan.resettled:
            found = queries.any_document(connection, changed.document)
            if found is None or found[1] != changed.reading:
                raise _OvertakenError
            number = use_settled(
                transaction,
                found[0],
                changed.prepared,
                base=changed.base,
                is_base=changed.is_base,
            )
            keep = partial(self._library.keep_reading, number, changed.prepared)
            transaction.afterwards.append(keep)
        if plan.void or plan.new or plan.resettled:
            name(transaction, plan)

    def _plan_act(
        self,
        document: str | None,
        scope: Scope,
        change: Callable[[Sequence[Decision]], tuple[Sequence[Decision], Decision | None]],
    ) -> _Plan:
        with self._library.reading() as connection:
            known = queries.all_decisions(connection)
            rows = queries.repaired_documents(connection)
        if document is not None and all(row["id"] != document for row in rows):
            raise self._no_such(document)
        void, new = change(known)
        after = [one for one in known if one not in void] + ([new] if new else [])
        resettled, count = [], 0
        for row in rows:
            here = str(row["id"])
            if scope.document not in {None, here}:
                continue
            base = self._library.load_reading(int(str(row["base"])))
            covered = _covered(base, scope, here)
            count += covered
            if here == document and not covered:
                raise MeipiError(ErrorCode.REPAIR_UNKNOWN)
            if covered:
                resettled += self._resettle(row, base, after)
        return _Plan(known, void, new, resettled, count)

    def _resettle(
        self, row: Row, base: Prepared, decisions: Sequence[Decision]
    ) -> list[_Resettled]:
        """Return what becomes of a document, if anything does."""
        document, number = str(row["id"]), int(str(row["reading"]))
        concerned = [one for one in decisions if one.scope.document in {None, document}]
        reading = settled(base, document, concerned, jobs=self._jobs)
        if reading.repaired == self._library.load_reading(number).repaired:
            return []
        first = int(str(row["base"]))
        return [_Resettled(document, number, first, reading, is_base=reading is base)]

    def _no_such(self, document: str) -> MeipiError:
        with self._library.reading() as connection:
            known = queries.document(connection, document) is not None
        if known:
            return MeipiError(ErrorCode.REPAIR_UNKNOWN)
        return MeipiError(ErrorCode.DOCUMENT_UNKNOWN, document=document)


def _covered(base: Prepared, scope: Scope, document: str) -> int:
    """Count the repairs that are meant; that of one place is looked up."""
    site, edits = site_of(base), base.repaired.edits
    low, high = 0, len(edits)
    if scope.source is not None:
        low = bisect_left(edits, scope.source.start, key=attrgetter("source_start"))
        high = bisect_right(edits, scope.source.start, key=attrgetter("source_start"))
    meant = edits if high - low == len(edits) else edits[low:high]
    return sum(scope.covers(edit, document=document, site=site) for edit in meant)
