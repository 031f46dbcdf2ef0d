"""Reading TEI: corpora of ours, and annotations other programs stand off in ``string-range``."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from meipi.core.annotation import Tag
from meipi.core.repairs import Proof, RepairEdit
from meipi.core.spans import Span
from meipi.exchange.flat import TYPES, FlatDocument, Mark, Parsed
from meipi.exchange.integrity import check_tags
from meipi.exchange.refusal import Refused
from meipi.exchange.tag_paths import escape, paths
from meipi.exchange.xml_safe import each, local, parse_without

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import BinaryIO

_ID = "{http://www.w3.org/XML/1998/namespace}id"
_MAX = 1 << 28
_LONG = ("text", "standOff")
"""What the codebook is not in, and what is long."""
_RANGE = re.compile(r"#string-range\(\s*([^,()]+?)\s*,\s*([0-9]{1,15})\s*,\s*([0-9]{1,15})\s*\)")
_CODED = re.compile(r"\.([0-9a-f]{1,6})\.")


def parse(stream: BinaryIO) -> Parsed:
    """Read a corpus or a single TEI document."""
    data = stream.read(_MAX + 1)
    root = parse_without(data, *_LONG)
    if local(root) not in {"teiCorpus", "TEI"}:
        raise Refused("not_this", format="TEI")
    tags, labels = _codebook(root)
    texts = enumerate(each(data, "TEI"), 1)
    return Parsed((_document(one, at, labels) for at, one in texts if _is_text(one)), tags)


def _is_text(tei: Any) -> bool:
    """Say whether there is a text: an empty corpus needs one that says nothing."""
    return any(body.get(_ID) or len(body) or body.text for body in tei.iter("{*}ab", "{*}body"))


def name_of(xml_id: str) -> str:
    """Return the identity in an XML name of ours.

    >>> name_of("a.x.23.1")
    'x#1'
    """
    return _CODED.sub(lambda m: chr(min(int(m[1], 16), 0x10FFFF)), xml_id.partition(".")[2])


def _codebook(root: Any) -> tuple[tuple[Tag, ...], dict[str, str]]:
    """Return the tags of a taxonomy and the label of every category by its XML name."""
    tags: list[Tag] = []
    names: dict[str, str] = {}
    for node in root.iter("{*}category"):
        xml_id = node.get(_ID)
        if not xml_id or xml_id.startswith("type."):
            continue
        above = node.getparent()
        parent = above.get(_ID) if local(above) == "category" else None
        tags.append(_tag(node, xml_id, parent, len(tags)))
        names[xml_id] = tags[-1].id
    check_tags(tags)
    known = paths(tags)
    labels = {xml_id: known[tag] for xml_id, tag in names.items()}
    return tuple(tags), labels


def _tag(node: Any, xml_id: str, parent: str | None, position: int) -> Tag:
    name = _all_text(node, "gloss") or _all_text(node, "catDesc")
    if not name:
        raise Refused("missing", where=f"{xml_id}.catDesc")
    return Tag(
        id=_identity(xml_id),
        name=name,
        definition=_all_text(node, "desc"),
        parent=None if parent is None else _identity(parent),
        position=position,
    )


def _identity(xml_id: str) -> str:
    return (name_of(xml_id) if xml_id[1:2] == "." else "") or xml_id


def _all_text(node: Any, name: str) -> str:
    return "".join("".join(child.itertext()) for child in node if local(child) == name)


def _first(node: Any, name: str, **values: str) -> str | None:
    for one in node.iter(f"{{*}}{name}"):
        if all(one.get(key) == value for key, value in values.items()):
            return "".join(one.itertext())
    return None


def _document(tei: Any, number: int, labels: Mapping[str, str]) -> FlatDocument:
    header = next((one for one in tei if local(one) == "teiHeader"), tei)
    edits = tuple(_edits(tei))
    place, text = _text(tei)
    source_text = _unrepaired(text, edits)
    return FlatDocument(
        name=_first(header, "idno", type="filename") or "",
        text=text,
        marks=tuple(_marks(tei, place, labels)),
        id=_first(header, "idno", type="MEIPI") or f"tei-{number}",
        sha256=_first(header, "idno", type="sha256") or "",
        title=_first(header, "title") or "",
        date=_first(header, "date") or None,
        source=_first(
            header,
            "publisher",
        )
        if _first(header, "idno", type="MEIPI")
        else None,
        source_text=source_text,
        edits=edits,
        passed_over=_passed_over(tei),
    )


def _passed_over(tei: Any) -> Counter[str]:
    """Count relations, and annotations that say their place otherwise than by characters."""
    found: Counter[str] = Counter()
    for node in tei.iter("{*}annotation"):
        targets = _targets(node.get("target", ""))
        found["region"] += not any(map(_RANGE.fullmatch, targets))
    found["relation"] = sum(1 for _ in tei.iter("{*}relation", "{*}link"))
    return found


def _text(tei: Any) -> tuple[str | None, str]:
    for node in tei.iter("{*}ab"):
        if node.get(_ID):
            return node.get(_ID), "".join(node.itertext())
    for node in tei.iter("{*}body"):
        return None, "".join(node.itertext())
    raise Refused("missing", where="text")


def _edits(tei: Any) -> Iterator[RepairEdit]:
    shift = 0
    for app in tei.iter("{*}app"):
        place = _RANGE.fullmatch(app.get("from", ""))
        if place is None or app.get("type") != "repair":
            continue
        before, after = _all_text(app, "rdg"), _all_text(app, "lem")
        start = int(place[2])
        if int(place[3]) != len(after) or start - shift < 0:
            raise Refused("edits", detail=app.get("from"))
        channel = next((one.get("n", "") for one in app if local(one) == "rdg"), "")
        yield RepairEdit(
            start,
            start + len(after),
            start - shift,
            start - shift + len(before),
            before,
            after,
            channel,
            _confidence(app.get("cert", "")),
            _proof(app.get("subtype", "")),
        )
        shift += len(after) - len(before)


def _confidence(value: str) -> float:
    try:
        number = float(value)
    except ValueError:
        number = -1.0
    if not 0 <= number <= 1:
        raise Refused("value", where="cert", value=value)
    return number


def _proof(value: str) -> Proof:
    try:
        return Proof(value)
    except ValueError:
        raise Refused("value", where="subtype", value=value) from None


def _unrepaired(text: str, edits: Iterable[RepairEdit]) -> str:
    """Make the source text again out of the reading text and the apparatus."""
    parts, at = [], 0
    for edit in edits:
        if edit.start < at or text[edit.start : edit.end] != edit.after:
            raise Refused("edits", detail=f"{edit.start}")
        parts += [text[at : edit.start], edit.before]
        at = edit.end
    return "".join([*parts, text[at:]])


def _marks(tei: Any, place: str | None, labels: Mapping[str, str]) -> Iterator[Mark]:
    for node in tei.iter("{*}annotation"):
        found = [_RANGE.fullmatch(one) for one in _targets(node.get("target", ""))]
        spans = [
            Span(int(one[2]), int(one[2]) + int(one[3]))
            for one in found
            if one is not None and place in (None, one[1])
        ]
        for number, span in enumerate(spans):
            mark = _mark(node, span, labels)
            yield mark if not number else replace(mark, id=f"{mark.id}#{number}" if mark.id else "")


def _targets(value: str) -> list[str]:
    return re.findall(r"#string-range\([^)]*\)|\S+", value)


def _mark(node: Any, span: Span, labels: Mapping[str, str]) -> Mark:
    said = {one.get("type", "comment"): "".join(one.itertext()) for one in node.iter("{*}note")}
    ana = node.get("ana", "").removeprefix("#")
    kind = ana.removeprefix("type.")
    if ana.startswith("type.") and kind in TYPES:
        return Mark(
            span,
            kind,
            entity=True,
            canonical=said.get("canonical", ""),
            normal=said.get("normal"),
        )
    key = node.get(_ID, "")
    return Mark(
        span,
        labels.get(ana, escape(ana)),
        note=said.get("comment", ""),
        coder=said.get("coder", ""),
        created=said.get("created", ""),
        modified=said.get("modified", ""),
        id=_identity(key) if key else "",
    )
