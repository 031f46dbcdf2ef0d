"""brat standoff: for each document a text and an .ann file, with the configuration, in an archive.

Offsets are code points. brat wants one line a fragment, so that a passage over line breaks is
written in pieces and joined again when it is read. Its type names are ASCII: those of Chinese tags
are their pinyin, and visual.conf says what they stand for.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from meipi.core.spans import Span, merge_spans
from meipi.exchange.brat_types import UNTAGGED, ascii_name, labels_in, type_names, visual_conf
from meipi.exchange.flat import (
    EXTRAS,
    FlatDocument,
    FlatLink,
    FlatSet,
    Mark,
    Parsed,
    extras,
    with_extras,
)
from meipi.exchange.flat_format import Flat, Keeps
from meipi.exchange.loss import Facet
from meipi.exchange.records import as_span, parse_json
from meipi.exchange.refusal import Refused
from meipi.exchange.tag_paths import escape
from meipi.exchange.zipped import SIDE, Archive, Names, pack, side_facts, side_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import BinaryIO

OURS = "Meipi"
"""The type of the comments that hold what brat has no place for."""

_BREAKS = re.compile(r"\n+")
_PLACE = r"[0-9]{1,15} [0-9]{1,15}"
_ANNOTATION = re.compile(
    rf"T(?P<id>\S+)\t(?P<type>\S+) (?P<spans>{_PLACE}(?:;{_PLACE})*)(?:\t.*)?", re.DOTALL
)
_COMMENT = re.compile(r"#\S*\t(?P<type>\S+) (?P<on>[TR])(?P<target>\S+)\t(?P<text>.*)", re.DOTALL)
_RELATION = re.compile(
    r"R(?P<id>\S+)\t(?P<type>\S+) [^\s:]+:T(?P<source>\S+) [^\s:]+:T(?P<target>\S+)\s*"
)
_OF_LINKS = ("label", "id", "coder", "created", "modified")
_OTHER = re.compile(r"[REAMN*#]\S*\t")
_PASSED_OVER = {"R": "relation", "*": "relation", "E": "event", "A": "attribute", "M": "attribute"}
_PASSED_OVER |= {"N": "reference", "#": "note"}
"""What a line is by its first character, where it is no mark and no note on one."""
_NOTE_ESCAPES = {"\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_NOTE_ESCAPED = re.compile(r"\\([\\ntr])")
_PLAIN = {"\\": "\\", "n": "\n", "t": "\t", "r": "\r"}


def clean(text: str) -> str:
    r"""Replace carriage returns, by which readers of brat's files lose count.

    >>> clean("a\r\nb")
    'a \nb'
    """
    return text.replace("\r", " ")


def write(chosen: FlatSet) -> Iterator[bytes]:
    """Yield the archive."""
    return pack(_members(chosen))


def _members(chosen: FlatSet) -> Iterator[tuple[str, Iterable[str]]]:
    names, facts = Names(), dict[str, dict[str, str]]()
    types = type_names(chosen.labels())
    relations: dict[str, None] = {}
    for flat in chosen.documents:
        relations |= dict.fromkeys(relation_type(link.label) for link in flat.links)
    yield "annotation.conf", [_annotation_conf(types, relations)]
    yield "visual.conf", [visual_conf(types)]
    for flat in chosen.documents:
        stem = names.free(flat.name)
        facts[stem] = side_facts(flat)
        yield f"{stem}.txt", [flat.text]
        yield f"{stem}.ann", _lines(flat, types)
    yield SIDE, [side_file(facts)]


def _annotation_conf(types: Mapping[str, str], relations: Iterable[str]) -> str:
    names = "\n".join(types.values())
    related = "".join(f"{name} Arg1:<ENTITY>, Arg2:<ENTITY>\n" for name in relations)
    return f"[entities]\n{names}\n\n[relations]\n{related}\n[events]\n\n[attributes]\n"


def _lines(flat: FlatDocument, types: Mapping[str, str]) -> Iterator[str]:
    number = 0
    numbers = {mark.id: at for at, mark in enumerate(flat.marks, 1) if mark.id}
    for at, mark in enumerate(flat.marks, 1):
        pieces = (mark.span, *mark.parts)
        spans = [span for piece in pieces for span in _fragments(flat.text, piece)]
        places = ";".join(f"{span.start} {span.end}" for span in spans)
        words = " ".join(span.slice(flat.text) for span in spans)
        yield f"T{at}\t{types[mark.label]} {places}\t{words}\n"
        if mark.note:
            number += 1
            yield f"#{number}\tAnnotatorNotes T{at}\t{_escaped(mark.note)}\n"
        if said := _said(mark, spans):
            number += 1
            yield f"#{number}\t{OURS} T{at}\t{json.dumps(said, ensure_ascii=False)}\n"
    for at, link in enumerate(flat.links, 1):
        ends = f"Arg1:T{numbers[link.source]} Arg2:T{numbers[link.target]}"
        yield f"R{at}\t{relation_type(link.label)} {ends}\n"
        number += 1
        told = {name: value for name in _OF_LINKS if (value := getattr(link, name))}
        yield f"#{number}\t{OURS} R{at}\t{json.dumps(told, ensure_ascii=False)}\n"


def _said(mark: Mark, spans: list[Span]) -> dict[str, object]:
    """Return what brat has no place for: the span too, if line breaks at its ends are cut off."""
    if mark.parts:
        return extras(mark) | {"pieces": [[one.start, one.end] for one in (mark.span, *mark.parts)]}
    whole = Span(spans[0].start, spans[-1].end) == mark.span
    return extras(mark) | ({} if whole else {"span": [mark.span.start, mark.span.end]})


def _fragments(text: str, span: Span) -> list[Span]:
    r"""Cut ``span`` at line breaks.

    >>> _fragments("ab\n\ncd", Span(0, 6))
    [Span(start=0, end=2), Span(start=4, end=6)]
    """
    found, at = [], span.start
    for gap in _BREAKS.finditer(text, span.start, span.end):
        if gap.start() > at:
            found.append(Span(at, gap.start()))
        at = gap.end()
    return [*found, Span(at, span.end)] if at < span.end else found


def _only_breaks(flat: FlatDocument) -> dict[int, Facet]:
    text = clean(flat.text)
    return {
        at: Facet.EMPTY_SPAN
        for at, mark in enumerate(flat.marks)
        if not any(one.slice(text).strip("\n") for one in (mark.span, *mark.parts))
    }


def _escaped(note: str) -> str:
    return "".join(_NOTE_ESCAPES.get(character, character) for character in note)


def parse(stream: BinaryIO) -> Parsed:
    """Read an archive of .txt and .ann files, with or without configuration."""
    archive = Archive(stream)
    stems = [name[:-4] for name in archive.names if name.endswith(".ann")]
    if not stems and not archive.ours:
        raise Refused("not_this", format="brat")
    return Parsed(_documents(archive, stems))


def _documents(archive: Archive, stems: Sequence[str]) -> Iterator[FlatDocument]:
    facts = archive.side()
    conf = next((n for n in archive.names if n.rpartition("/")[2] == "visual.conf"), None)
    labels = labels_in(archive.text(conf)) if conf else {}
    for stem in stems:
        text = archive.text(f"{stem}.txt", bom=True)
        known = facts.get(stem, {})
        passed_over: Counter[str] = Counter()
        marks, links = _read_all(archive.text(f"{stem}.ann"), text, labels, passed_over)
        yield FlatDocument(
            name=known.get("name", f"{stem.rpartition('/')[2]}.txt"),
            text=text,
            marks=marks,
            links=links,
            id=known.get("id", ""),
            sha256=known.get("sha256", ""),
            title=known.get("title", ""),
            passed_over=passed_over,
        )


@dataclass(slots=True)
class _Relation:
    """What was read about one R line so far."""

    type: str
    source: str
    target: str
    said: dict[str, object] = field(default_factory=dict)

    def made(self, marks: Mapping[str, Mark]) -> FlatLink:
        """Return the link; what we said of it counts where its type is still the same."""
        told = {name: value for name in _OF_LINKS if isinstance(value := self.said.get(name), str)}
        label = told.pop("label", "")
        if relation_type(label) != self.type:
            label = self.type
        return FlatLink(marks[self.source].id, marks[self.target].id, label, **told)


def relation_type(label: str) -> str:
    """Return the ASCII name of a relation.

    >>> relation_type("导致"), relation_type("")
    ('DaoZhi', 'Link')
    """
    return ascii_name(label) if label else "Link"


@dataclass(slots=True)
class _Read:
    """What was read about one T line so far."""

    type: str
    spans: list[Span]
    note: list[str] = field(default_factory=list)
    said: dict[str, object] = field(default_factory=dict)


def _read_all(
    content: str, text: str, labels: Mapping[str, str], passed_over: Counter[str]
) -> tuple[tuple[Mark, ...], tuple[FlatLink, ...]]:
    found: dict[str, _Read] = {}
    relations: dict[str, _Relation] = {}
    others: list[tuple[int, str]] = []
    for number, line in enumerate(content.split("\n"), 1):
        try:
            if not _take_line(line.removesuffix("\r"), text, found):
                others.append((number, line.removesuffix("\r")))
        except Refused as refused:
            raise refused.at(number) from None
    rest = [one for one in others if not _take_relation(one[1], found, relations)]
    for number, line in rest:
        if not _take_comment(line, number, found, relations):
            passed_over[_PASSED_OVER[line[0]]] += 1
    bound = {end for one in relations.values() for end in (one.source, one.target)}
    marks = {key: _made(key, read, text, labels) for key, read in found.items()}
    for key in bound:
        if not marks[key].id:
            marks[key] = replace(marks[key], id=f"T{key}")
    return tuple(marks.values()), tuple(one.made(marks) for one in relations.values())


def _take_relation(line: str, found: Mapping[str, _Read], relations: dict[str, _Relation]) -> bool:
    """Take in a relation between two marks; say whether it is one."""
    match = _RELATION.fullmatch(line)
    if match is None or not {match["source"], match["target"]} <= found.keys():
        return False
    relations[match["id"]] = _Relation(match["type"], match["source"], match["target"])
    return True


def _take_line(line: str, text: str, found: dict[str, _Read]) -> bool:
    """Say whether a line is done with: blank, or a T line, which is taken in."""
    if match := _ANNOTATION.fullmatch(line):
        if match["id"] in found:
            raise Refused("repeated_id", id=f"T{match['id']}")
        found[match["id"]] = _Read(match["type"], list(_spans(match["spans"], len(text))))
        return True
    if line.strip() and not _OTHER.match(line):
        raise Refused("not_this", format="brat")
    return not line.strip()


def _spans(places: str, length: int) -> Iterator[Span]:
    for place in places.split(";"):
        start, end = map(int, place.split(" "))
        if start > end:
            raise Refused("not_span", where="T")
        if end > length:
            raise Refused("outside", where="T", start=start, end=end, length=length)
        yield Span(start, end)


def _take_comment(
    line: str, number: int, found: dict[str, _Read], relations: Mapping[str, _Relation]
) -> bool:
    """Take in a note on a mark, or what we said of a mark or a relation; say whether it is one."""
    match = _COMMENT.fullmatch(line)
    if match is None:
        return False
    about = found if match["on"] == "T" else relations
    if match["target"] not in about:
        return False
    read: _Read | _Relation = about[match["target"]]
    if match["type"] != OURS:
        if isinstance(read, _Relation):
            return False
        read.note.append(_NOTE_ESCAPED.sub(lambda m: _PLAIN[m[1]], match["text"]))
        return True
    try:
        value = parse_json(match["text"])
    except Refused as refused:
        raise refused.at(number) from None
    read.said = value if isinstance(value, dict) else {}
    return True


def _made(key: str, read: _Read, text: str, labels: Mapping[str, str]) -> Mark:
    """Return the mark of a T line; in several pieces where more than line breaks part them."""
    label = labels.get(read.type, escape(read.type))
    mark = Mark(
        span=read.spans[0],
        label="" if read.type == UNTAGGED and UNTAGGED in labels else label,
        note="\n\n".join(read.note),
    )
    mark = with_extras(mark, read.said)
    first, *rest = _pieces(read, text)
    return replace(mark, span=first, parts=tuple(rest))


def _pieces(read: _Read, text: str) -> list[Span]:
    """Return the pieces as they were written, if the passage is still where it was."""
    told = read.said.get("pieces")
    if isinstance(told, list) and told:
        spans = [as_span(one, "pieces") for one in told]
        cut = [one for span in spans if span.end <= len(text) for one in _fragments(text, span)]
        if cut == read.spans:
            return spans
    joined = _widened(list(_joined(sorted(read.spans), text)), read.said, text)
    return list(merge_spans(joined)) if len(joined) > 1 else joined


def _widened(spans: list[Span], said: Mapping[str, object], text: str) -> list[Span]:
    """Give back the line breaks that were cut off, if the passage is still where it was."""
    if "span" not in said or len(spans) != 1:
        return spans
    whole, inner = as_span(said["span"], "span"), spans[0]
    around = text[whole.start : inner.start] + text[inner.end : whole.end]
    fits = whole.contains(inner) and whole.end <= len(text) and not around.strip("\n")
    return [whole] if fits else spans


def _joined(spans: Sequence[Span], text: str) -> Iterator[Span]:
    """Join pieces between which there are only line breaks."""
    current = spans[0]
    for span in spans[1:]:
        if span.start >= current.end and not text[current.end : span.start].strip("\r\n"):
            current = Span(current.start, span.end)
        else:
            yield current
            current = span
    yield current


FORMAT = Flat(
    name="brat",
    label_zh="brat 标注(压缩包)",
    label_en="brat standoff (archive)",
    suffix=".brat.zip",
    keeps=Keeps(
        mark=frozenset({"note", "entity", "parts", *EXTRAS}),
        document=frozenset({"text", "name", "id", "sha256", "title", "links"}),
        clean=clean,
        clean_facet=Facet.LINE_BREAKS,
        left_out=_only_breaks,
        empty=False,
    ),
    write=write,
    parse=parse,
    recognises_names=lambda names: any(name.endswith(".ann") for name in names),
).format()
