"""Random acts: undoing all of them leaves the first library, redoing all the last."""

from __future__ import annotations

import contextlib
import itertools
import shutil
import sqlite3
import tempfile
from contextlib import closing, suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    precondition,
    rule,
    run_state_machine_as_test,
)

from meipi.core.attributes import CERTAINTIES, CERTAINTY
from meipi.core.decisions import Scope, Verdict
from meipi.core.entity import EntityName, EntityType, Mention
from meipi.core.errors import MeipiError
from meipi.core.memo import MemoKind
from meipi.core.spans import Span
from meipi.library.schema_retrieval import is_counted
from meipi.library.transaction import KINDS
from meipi.services import pipeline
from meipi.services.workspace import Workspace

TEXTS = ["天津市宝坻区推进\u200b协同发展", "北京大学与清华大学签约,𠮷野家🙂"]
PICK = st.integers(0, 1_000)


def find(text: str, structure: object) -> tuple[Mention, ...]:
    """Find every two characters of Chinese."""
    del structure
    return tuple(
        Mention(Span(at, at + 2), EntityType.ORG, text[at : at + 2], text[at : at + 2], "model")
        for at in range(0, len(text) - 1, 4)
    )


class Acts(RuleBasedStateMachine):
    """A reader who does anything in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.path = self.folder / "a.meipi"
        self.workspace = Workspace.open(self.path, in_process=True)
        self.documents = [
            self.workspace.documents.add_bytes(text.encode(), name=f"{n}.txt").result().document
            for n, text in enumerate(TEXTS)
        ]
        self.names = itertools.count()
        self.first = self.rows()

    def rows(self) -> list[list[tuple[object, ...]]]:
        with closing(sqlite3.connect(self.path)) as connection:
            return [
                connection.execute(f"SELECT * FROM {table} ORDER BY id").fetchall()  # noqa: S608
                for table in KINDS
            ]

    def check_counts(self) -> None:
        with closing(sqlite3.connect(self.path)) as connection:
            assert is_counted(connection)

    def annotation(self, pick: int) -> str | None:
        known = self.workspace.annotating.all()
        return known[pick % len(known)].id if known else None

    def tag(self, pick: int) -> str | None:
        known = self.workspace.codebook.tags()
        return known[pick % len(known)].id if known else None

    def visible(self, pick: int) -> str | None:
        listed = {card.id for card in self.workspace.documents.cards()}
        # In the order they came: ids are random, and not every act is possible in each document.
        known = [document for document in self.documents if document in listed]
        return known[pick % len(known)] if known else None

    @rule(child=st.booleans(), pick=PICK)
    def add_tag(self, child: bool, pick: int) -> None:
        parent = self.tag(pick) if child else None
        self.workspace.codebook.add(f"标签{next(self.names)}", parent=parent).result()

    @rule(pick=PICK, color=st.integers(0, 9), shortcut=st.sampled_from("123"))
    def change_tag(self, pick: int, color: int, shortcut: str) -> None:
        if (tag := self.tag(pick)) is not None:
            self.workspace.codebook.update(tag, color=color, shortcut=shortcut).result()

    @rule(pick=PICK, other=PICK)
    def move_tag(self, pick: int, other: int) -> None:
        tag, parent = self.tag(pick), self.tag(other)
        with suppress(MeipiError):
            if tag is not None:
                self.workspace.codebook.move([tag], None if tag == parent else parent).result()

    @rule(pick=PICK, other=PICK)
    def merge_tags(self, pick: int, other: int) -> None:
        tag, into = self.tag(pick), self.tag(other)
        if tag is not None and into is not None and tag != into:
            self.workspace.codebook.merge([tag], into).result()

    @rule(pick=PICK, act=st.sampled_from(["value", "clear", "status", "tag", "given"]))
    def describe(self, pick: int, act: str) -> None:
        annotation, document = self.annotation(pick), self.visible(pick)
        attributes, tag = self.workspace.attributes, self.tag(pick)
        if act == "given" and document is not None:
            attributes.set_given([document], "date", f"20{pick % 90 + 10}").result()
        elif act == "tag" and document is not None and tag is not None:
            self.workspace.document_tags.add([document], tag).result()
        elif annotation is not None:
            value = "" if act == "clear" else CERTAINTIES[pick % 3]
            if act == "status":
                attributes.set_status([annotation], "review").result()
            else:
                attributes.set_on_annotations(CERTAINTY, [annotation], value).result()

    @rule(pick=PICK)
    def delete_tag(self, pick: int) -> None:
        if (tag := self.tag(pick)) is not None:
            self.workspace.codebook.delete(tag).result()

    @rule(pick=PICK, start=st.integers(0, 8), length=st.integers(1, 4), note=st.text(max_size=3))
    def annotate(self, pick: int, start: int, length: int, note: str) -> None:
        if (document := self.visible(pick)) is not None:
            span = Span(start, start + length)
            tag = self.tag(pick)
            self.workspace.annotating.add(document, span, tag=tag, note=note).result()

    @rule(pick=PICK)
    def retag(self, pick: int) -> None:
        if (annotation := self.annotation(pick)) is not None:
            self.workspace.annotating.set_tag(annotation, self.tag(pick)).result()

    @rule(pick=PICK, note=st.text(max_size=3))
    def write_note(self, pick: int, note: str) -> None:
        if (annotation := self.annotation(pick)) is not None:
            self.workspace.annotating.set_note(annotation, note).result()

    @rule(pick=PICK, start=st.integers(0, 8))
    def move(self, pick: int, start: int) -> None:
        if (annotation := self.annotation(pick)) is not None:
            self.workspace.annotating.set_span(annotation, Span(start, start + 2)).result()

    @rule(pick=PICK, count=st.integers(1, 3))
    def delete(self, pick: int, count: int) -> None:
        if self.annotation(pick) is not None:
            known = [item.id for item in self.workspace.annotating.all()][:count]
            self.workspace.annotating.delete(known).result()

    @rule(pick=PICK, start=st.integers(0, 8), out=st.booleans())
    def change_passages(self, pick: int, start: int, out: bool) -> None:
        if (annotation := self.annotation(pick)) is None:
            return
        passages = self.workspace.passages
        with contextlib.suppress(MeipiError):  # the only piece, or words that belong to it already
            if out:
                passages.remove(annotation, 0).result()
            else:
                passages.add(annotation, Span(start, start + 1)).result()

    @rule(pick=PICK, other=PICK, label=st.sampled_from(["导致", ""]))
    def link(self, pick: int, other: int, label: str) -> None:
        source, target = self.annotation(pick), self.annotation(other)
        links = self.workspace.linking.all()
        if pick % 3 == 0 and links:
            self.workspace.linking.delete(links[other % len(links)].id).result()
        elif source is not None and target is not None:
            with contextlib.suppress(MeipiError):  # with itself, or linked already
                self.workspace.linking.add(source, target, label).result()

    @rule(pick=PICK, kind=st.sampled_from(MemoKind), title=st.text("题目", min_size=1, max_size=2))
    def write_memo(self, pick: int, kind: MemoKind, title: str) -> None:
        subjects = {
            MemoKind.LIBRARY: "",
            MemoKind.DOCUMENT: self.visible(pick),
            MemoKind.TAG: self.tag(pick),
            MemoKind.ENTITY: "LOC 宝坻区",
        }
        memos, known = self.workspace.memos, self.workspace.memos.all()
        subject = subjects[kind]
        if pick % 3 == 0 and known:
            memos.delete(known[pick % len(known)].id).result()
        elif subject is not None:
            memos.add(kind, subject, title=title, text="").result()

    @rule(pick=PICK)
    def remove_document(self, pick: int) -> None:
        if (document := self.visible(pick)) is not None:
            self.workspace.documents.remove([document]).result()

    @rule(pick=PICK)
    def put_document_back(self, pick: int) -> None:
        text = TEXTS[pick % len(TEXTS)]
        self.workspace.documents.add_bytes(text.encode(), name="again.txt").result()

    @rule(pick=PICK, encoding=st.sampled_from(["utf-8", "gb18030", "latin-1"]))
    def change_encoding(self, pick: int, encoding: str) -> None:
        if (document := self.visible(pick)) is not None:
            self.workspace.documents.change_encoding(document, encoding).result()

    @rule(pick=PICK, act=st.sampled_from(["type", "move", "reject"]))
    def correct_a_place(self, pick: int, act: str) -> None:
        if (document := self.visible(pick)) is None:
            return
        mentions = self.workspace.entities.find(document).result()
        if not mentions:
            return
        mention, correcting = mentions[pick % len(mentions)], self.workspace.correcting
        span, kind = mention.span, list(EntityType)[pick % len(EntityType)]
        if act == "type":
            correcting.change_type(document, span, kind).result()
        elif act == "reject":
            correcting.reject(document, span).result()
        elif len(span) > 1:
            correcting.move(document, span, Span(span.start, span.end - 1)).result()

    @rule(pick=PICK, name=st.sampled_from(["大学", "北京大学", "天津市宝坻区"]))
    def correct_a_name(self, pick: int, name: str) -> None:
        kind = list(EntityType)[pick % 4]
        entity, other = EntityName(kind, name), EntityName(kind, "清华大学")
        acts = (
            lambda: self.workspace.correcting.never(name),
            lambda: self.workspace.correcting.always(name, kind),
            lambda: self.workspace.correcting.merge([entity], other),
        )
        acts[pick % len(acts)]().result()

    @rule(pick=PICK, accepted=st.booleans())
    def suggest(self, pick: int, accepted: bool) -> None:
        document, tag = self.visible(pick), self.tag(pick)
        if document is None or tag is None:
            return
        suggesting = self.workspace.suggesting
        suggesting.suggest(document, set(EntityType), tag).result()
        waiting = [one.id for one in suggesting.of(document)]
        (suggesting.accept if accepted else suggesting.reject)(waiting[:1]).result()

    @rule(
        pick=PICK,
        verdict=st.sampled_from([*Verdict, None]),
        everywhere=st.booleans(),
        text=st.text("x ", max_size=2),
    )
    def decide(self, pick: int, verdict: Verdict | None, everywhere: bool, text: str) -> None:
        if (document := self.visible(pick)) is None:
            return
        edits = self.workspace.documents.reading(document).proposed.edits
        if edits:
            scope = Scope.same(edits[pick % len(edits)], None if everywhere else document)
            self.workspace.repairs.decide(document, scope, verdict, text=text).result()

    @precondition(lambda self: self.workspace.history.undo_label() is not None)
    @rule()
    def undo(self) -> None:
        self.workspace.history.undo().result()

    @precondition(lambda self: self.workspace.history.redo_label() is not None)
    @rule()
    def redo(self) -> None:
        self.workspace.history.redo().result()

    def teardown(self) -> None:
        try:
            while self.workspace.history.redo_label() is not None:
                self.workspace.history.redo().result()
            last = self.rows()
            self.check_counts()
            undone = 0
            while self.workspace.history.undo_label() is not None:
                self.workspace.history.undo().result()
                undone += 1
            assert self.rows() == self.first
            for _ in range(undone):
                self.workspace.history.redo().result()
            assert self.rows() == last
            with pytest.raises(MeipiError):
                self.workspace.history.redo().result()
        finally:
            self.workspace.close()
            shutil.rmtree(self.folder)


def test_undoing_every_act_restores_the_same_rows_and_redoing_them_the_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pipeline, "find_mentions", find)
    run_state_machine_as_test(
        Acts,
        settings=settings(
            max_examples=25,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )
