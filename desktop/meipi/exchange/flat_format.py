"""Makes a `Format` of a flat writer and reader; its loss report and its check come with it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from typing import TYPE_CHECKING

from meipi.exchange.flat import FlatDocument, FlatSet, Mark, far_links, inflate_all
from meipi.exchange.format import Differs, Format
from meipi.exchange.loss import Facet, LossItem
from meipi.exchange.tag_paths import paths

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from typing import BinaryIO

    from meipi.core.annotated_set import AnnotatedDocument, AnnotatedSet
    from meipi.core.annotation import Annotation, Tag
    from meipi.exchange.counting import SetLike
    from meipi.exchange.flat import Parsed


_TEXTS = ("definition", "examples", "include", "exclude")
"""What a tag says of itself beside its name."""


def same(text: str) -> str:
    """Return ``text`` as it is."""
    return text


def _none_lost(_: FlatDocument) -> dict[int, Facet]:
    return {}


def _as_it_is(flat: FlatDocument) -> FlatDocument:
    return flat


@dataclass(frozen=True, slots=True)
class Keeps:
    """What a flat format brings through.

    ``mark`` and ``document`` name the fields of `Mark` and `FlatDocument` that come back.
    ``clean`` returns a text as the file can hold it, as long as before; ``clean_note`` does that
    for notes, ``clean_all`` for ids and times. ``left_out`` says which marks of a document cannot
    be written and why, ``reshape`` gives the others the places they can have.
    ``empty`` says whether a mark without a character has a place in the format.
    """

    mark: frozenset[str] = frozenset()
    document: frozenset[str] = frozenset()
    clean: Callable[[str], str] = same
    clean_note: Callable[[str], str] = same
    clean_all: Callable[[str], str] = same
    clean_facet: Facet = Facet.CONTROLS
    left_out: Callable[[FlatDocument], Mapping[int, Facet]] = _none_lost
    reshape: Callable[[FlatDocument], FlatDocument] = _as_it_is
    empty: bool = True
    unplaced: bool = False
    unmarked: bool = True
    tags: bool = False
    entities: bool = True


@dataclass(frozen=True, slots=True)
class Flat:
    """A flat format: how it is written, how it is read, and what gets through."""

    name: str
    label_zh: str
    label_en: str
    suffix: str
    keeps: Keeps
    write: Callable[[FlatSet], Iterator[str | bytes]]
    parse: Callable[[BinaryIO], Parsed] | None = None
    check: Callable[[BinaryIO, SetLike], None] | None = None
    """For formats that are not read back as a set."""
    recognises: Callable[[bytes], bool] = lambda _: False
    recognises_names: Callable[[Sequence[str]], bool] = lambda _: False
    carries: frozenset[Facet] = frozenset()
    module: str = ""
    extra: str = ""
    more: Mapping[Facet, Callable[[Annotation], int]] = field(default_factory=dict)
    more_items: Callable[[FlatSet], Iterable[LossItem]] = lambda _: ()

    def format(self) -> Format:
        """Return it as the registry wants it."""
        return Format(
            name=self.name,
            label_zh=self.label_zh,
            label_en=self.label_en,
            suffix=self.suffix,
            carries=self.carries | _carried(self.keeps),
            chunks=self._chunks,
            check=self.check or self._check,
            read=self._read if self.parse is not None else None,
            recognises=self.recognises,
            recognises_names=self.recognises_names,
            own_losses={**_fields_lost(self.keeps), **self.more},
            own_document_losses=_cleaned(self.keeps),
            more_losses=self._left_out,
            clean=self.keeps.clean,
            module=self.module,
            extra=self.extra,
        )

    def _chunks(self, annotated: SetLike) -> Iterator[str | bytes]:
        return self.write(Survivors(annotated, self.keeps))

    def _read(self, stream: BinaryIO) -> AnnotatedSet:
        assert self.parse is not None  # noqa: S101 - else there is no reading
        return inflate_all(self.parse(stream))

    def _check(self, stream: BinaryIO, annotated: SetLike) -> None:
        wanted = Survivors(annotated, self.keeps)
        if not len(wanted):  # many formats cannot even say that they hold nothing
            return
        assert self.parse is not None  # noqa: S101 - else there is another check
        parsed = self.parse(stream)
        texts = _TEXTS if Facet.RULES in self.carries else _TEXTS[:1]
        if self.keeps.tags and not _same_tags(parsed.tags or (), wanted.tags, texts):
            raise Differs("tags")
        documents = (one for one in wanted.documents if self.keeps.unmarked or one.marks)
        for one, other in zip_longest(parsed.documents, documents):
            if (
                one is None
                or other is None
                or _essence(one, self.keeps) != _essence(other, self.keeps)
            ):
                raise Differs((other or one).name)

    def _left_out(self, annotated: SetLike) -> Iterator[LossItem]:
        yield from self.more_items(FlatSet(annotated))
        for flat in FlatSet(annotated).documents:
            reasons = lost_marks(flat, self.keeps)
            for at, facet in sorted(reasons.items()):
                mark = flat.marks[at]
                key = mark.id or f"{flat.id}:{mark.span.start}-{mark.span.end}"
                yield LossItem(
                    facet,
                    "entity" if mark.entity else "annotation",
                    key,
                    mark.quote or mark.span.slice(flat.text),
                )


class Survivors(FlatSet):
    """The set as the format can hold it: what it cannot is gone, control characters replaced."""

    def __init__(self, annotated: SetLike, keeps: Keeps) -> None:
        super().__init__(annotated)
        self._keeps = keeps
        clean = keeps.clean_note
        self.tags = tuple(_cleaned_tag(tag, clean) for tag in annotated.tags)
        self.paths = paths(self.tags)
        self.memos = tuple(map(clean, self.memos))

    @property
    def documents(self) -> Iterator[FlatDocument]:
        """The documents, each made as its turn comes."""
        return (survivor(flat, self._keeps) for flat in super().documents)


def _cleaned_tag(tag: Tag, clean: Callable[[str], str]) -> Tag:
    return replace(
        tag,
        name=clean(tag.name),
        definition=clean(tag.definition),
        examples=clean(tag.examples),
        include=clean(tag.include),
        exclude=clean(tag.exclude),
    )


def lost_marks(flat: FlatDocument, keeps: Keeps) -> dict[int, Facet]:
    """Return which marks of ``flat`` cannot be written, by their number, and why."""
    lost: dict[int, Facet] = {}
    for at, mark in enumerate(flat.marks):
        if mark.entity and not keeps.entities:
            continue
        if not keeps.unplaced and not mark.fits(flat.text):
            lost[at] = Facet.UNPLACED
        elif not keeps.empty and not mark.span:
            lost[at] = Facet.EMPTY_SPAN
    kept = [
        at
        for at, mark in enumerate(flat.marks)
        if at not in lost and (keeps.entities or not mark.entity)
    ]
    rest = replace(flat, marks=tuple(flat.marks[at] for at in kept))
    return lost | {kept[at]: facet for at, facet in keeps.left_out(rest).items()}


def survivor(flat: FlatDocument, keeps: Keeps) -> FlatDocument:
    """Return ``flat`` as the format can hold it."""
    lost = lost_marks(flat, keeps)
    if not keeps.entities:
        lost |= {at: Facet.ENTITIES for at, mark in enumerate(flat.marks) if mark.entity}
    kept = replace(
        flat,
        text=keeps.clean(flat.text),
        name=keeps.clean_note(flat.name),
        title=keeps.clean_note(flat.title),
        memos=tuple(map(keeps.clean_note, flat.memos)),
        marks=tuple(
            _cleaned_mark(mark, keeps) for at, mark in enumerate(flat.marks) if at not in lost
        ),
    )
    there = {mark.id for mark in kept.marks if mark.id}
    links = tuple(link for link in kept.links if {link.source, link.target} <= there)
    return keeps.reshape(replace(kept, links=links))


def _cleaned_mark(mark: Mark, keeps: Keeps) -> Mark:
    return replace(
        mark,
        note=keeps.clean_note(mark.note),
        coder=keeps.clean_note(mark.coder),
        canonical=keeps.clean_note(mark.canonical),
        label=keeps.clean_note(mark.label),
        id=keeps.clean_all(mark.id),
        created=keeps.clean_all(mark.created),
        modified=keeps.clean_all(mark.modified),
        normal=None if mark.normal is None else keeps.clean_all(mark.normal),
        quote=None if mark.quote is None else keeps.clean(mark.quote),
    )


def _essence(flat: FlatDocument, keeps: Keeps) -> tuple[object, ...]:
    """Return what must be the same in a file that was written and read."""
    fields = [getattr(flat, name) for name in sorted(keeps.document)]
    kept = sorted(keeps.mark)
    marks = Counter(
        (
            mark.span,
            mark.label,
            *(getattr(mark, name) for name in kept if _said(mark, name)),
        )
        for mark in flat.marks
    )
    return (*fields, marks)


_OF_ENTITIES = {"canonical", "normal"}
_OF_ANNOTATIONS = {"id", "note", "coder", "created", "modified"}


def _said(mark: Mark, name: str) -> bool:
    return name not in (_OF_ANNOTATIONS if mark.entity else _OF_ENTITIES)


def _same_tags(found: Sequence[Tag], wanted: Sequence[Tag], kept: Sequence[str]) -> bool:
    def said(tags: Sequence[Tag]) -> list[tuple[str, ...]]:
        known = paths(tags)
        texts = ((getattr(tag, name) for name in kept) for tag in tags)
        return sorted((known[tag.id], *told) for tag, told in zip(tags, texts, strict=True))

    return said(found) == said(wanted)


_DOCUMENT_FACETS = {
    "text": Facet.READING_TEXT,
    "name": Facet.NAME,
    "title": Facet.TITLE,
    "date": Facet.DATE,
    "source": Facet.SOURCE_NAME,
    "source_text": Facet.SOURCE_TEXT,
    "edits": Facet.REPAIRS,
    "values": Facet.DOCUMENT_VALUES,
    "tags": Facet.DOCUMENT_TAGS,
}
_MARK_LOSSES: Mapping[str, tuple[Facet, Callable[[Annotation], int]]] = {
    "note": (Facet.NOTE, lambda a: bool(a.note)),
    "coder": (Facet.CODER, lambda a: bool(a.coder)),
    "modified": (Facet.MODIFIED, lambda a: bool(a.modified)),
}


def _carried(keeps: Keeps) -> frozenset[Facet]:
    found = {facet for name, facet in _DOCUMENT_FACETS.items() if name in keeps.document}
    found |= {Facet.HIERARCHY}
    found |= {Facet.IDENTITY} if "id" in keeps.mark else set()
    found |= {Facet.CREATED} if "created" in keeps.mark else set()
    found |= {Facet.PARTS} if "parts" in keeps.mark else set()
    found |= {Facet.LINKS} if "links" in keeps.document else set()
    found |= {Facet.ENTITIES} if keeps.entities else set()
    found |= {Facet.EMPTY_DOCUMENT} if keeps.unmarked else set()
    return frozenset(found)


def _fields_lost(keeps: Keeps) -> dict[Facet, Callable[[Annotation], int]]:
    lost = {facet: count for name, (facet, count) in _MARK_LOSSES.items() if name not in keeps.mark}
    if keeps.clean_note is not same:
        texts: Callable[[Annotation], int] = lambda a: sum(  # noqa: E731 - closes over keeps
            _changed(text, keeps.clean_note) for text in (a.note, a.coder)
        )
        lost[keeps.clean_facet] = texts
    return lost


def _cleaned(keeps: Keeps) -> dict[Facet, Callable[[AnnotatedDocument], int]]:
    lost: dict[Facet, Callable[[AnnotatedDocument], int]] = {}
    if "links" in keeps.document:
        lost[Facet.LINKS] = far_links
    if keeps.clean is not same:
        lost[keeps.clean_facet] = lambda d: _changed(d.repaired.text, keeps.clean)
    names, figures = "canonical" not in keeps.mark, "normal" not in keeps.mark
    if keeps.entities and (names or figures):
        lost[Facet.ENTITY_NAMES] = lambda d: sum(
            (names and m.canonical != m.text) or (figures and m.normal is not None)
            for m in d.mentions or ()
        )
    return lost


def _changed(text: str, clean: Callable[[str], str]) -> int:
    after = clean(text)
    return 0 if after == text else max(1, sum(a != b for a, b in zip(text, after, strict=False)))
