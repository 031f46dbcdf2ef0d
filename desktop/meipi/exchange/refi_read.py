"""Reading REFI-QDA projects and codebooks, ours and those of other programs."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from meipi.core.annotation import Tag
from meipi.core.entity import EntityType
from meipi.core.spans import Span
from meipi.exchange.flat import FlatDocument, FlatTag, Mark, Parsed
from meipi.exchange.guids import guid, identity_of
from meipi.exchange.integrity import check_tags
from meipi.exchange.refi_variables import Variables
from meipi.exchange.refi_words import ENTITIES, color_index, told
from meipi.exchange.refusal import Refused
from meipi.exchange.tag_paths import paths
from meipi.exchange.xml_safe import each, local, parse_without, parse_xml
from meipi.exchange.zipped import Archive, decoded

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

_MAX_XML = 1 << 28
_TYPES = {identity_of(guid(kind, "type")): kind for kind in EntityType}
_ENTITIES = identity_of(guid(ENTITIES, "type"))
_TEXTS = ("TextSource", "Representation")
"""Elements that are a text with selections; PDF sources hold one as their representation."""


_SOURCES = ("TextSource", "PDFSource", "PictureSource", "AudioSource", "VideoSource")
_OTHER = {
    **{"Case": "case", "Set": "set", "Link": "relation", "Graph": "graph"},
    **{"VariableValue": "attribute", "PDFSelection": "region", "PictureSelection": "region"},
    **{"AudioSelection": "region", "VideoSelection": "region", "TranscriptSelection": "region"},
}
"""Elements Meipi has no place for, by what they are."""


@dataclass(slots=True)
class _Project:
    """What the other parts of a project refer to."""

    archive: Archive
    data: bytes
    root: Any
    """The tree without the selections, of which there may be very many."""
    variables: Variables
    tags: tuple[Tag, ...] = ()
    labels: dict[str, str] = field(default_factory=dict)
    users: dict[str, str] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    noted: set[str] = field(default_factory=set)
    """The notes that stand on a passage."""
    passed_over: Counter[str] = field(default_factory=Counter)


def parse_codebook(stream: BinaryIO) -> Parsed:
    """Read a codebook."""
    root = parse_xml(stream.read(_MAX_XML + 1))
    if local(root) != "CodeBook":
        raise Refused("not_this", format="REFI-QDA")
    return Parsed((), _tags(root))


def parse_project(stream: BinaryIO) -> Parsed:
    """Read a project; sources other than texts are passed over."""
    archive = Archive(stream)
    name = next((one for one in archive.names if one.endswith(".qde")), None)
    if name is None:
        raise Refused("missing", where="*.qde")
    data = archive.read(name)
    root = parse_without(data, "PlainTextSelection")
    project = _Project(archive, data, root, Variables(root))
    if local(project.root) != "Project":
        raise Refused("not_this", format="REFI-QDA")
    project.tags = _tags(project.root)
    tag_paths = paths(project.tags)
    project.labels = {tag: tag_paths[tag] for tag in tag_paths}
    for node in project.root.iter("{*}User"):
        project.users[_id(node)] = node.get("name", "")
    for node in _children(project.root, "Notes"):
        project.notes[_id(node)] = _note_text(node, archive)
    project.passed_over.update(_others(project.root))
    placed = min(project.passed_over["attribute"], project.variables.placed)
    project.passed_over["attribute"] -= placed
    attributes = project.variables.attributes
    return Parsed(_documents(project), project.tags, project.passed_over, attributes)


def _others(root: Any) -> Counter[str]:
    """Count what a project holds beside texts, codes and what is coded."""
    found = Counter(_OTHER[name] for node in root.iter() if (name := local(node)) in _OTHER)
    sources = [node for node in _children(root, "Sources") if local(node) != "TextSource"]
    found["source"] = sum(all(local(one) not in _TEXTS for one in node) for node in sources)
    return found


def _children(root: Any, name: str) -> Iterator[Any]:
    for node in root:
        if local(node) == name:
            yield from node


def _id(node: Any) -> str:
    found = identity_of(node.get("guid", ""))
    if not found:
        raise Refused("value", where=f"{local(node)}.guid", value=node.get("guid", ""))
    return found


def _tags(root: Any) -> tuple[Tag, ...]:
    tags: list[Tag] = []
    for book in [root] if local(root) == "CodeBook" else root:
        if local(book) == "CodeBook":
            _gather_tags(book, tags)
    check_tags(tags)
    return tuple(tags)


def _gather_tags(book: Any, tags: list[Tag]) -> None:
    for node in book.iter("{*}Code"):
        key = _id(node)
        above = node.getparent()
        parent = _id(above) if local(above) == "Code" else None
        if _ENTITIES in (key, parent):
            continue
        if not node.get("name"):
            raise Refused("missing", where="Code.name")
        tags.append(
            Tag(
                id=key,
                name=node.get("name").replace("\0", ""),
                color=color_index(node.get("color", "")),
                **told(_text_of(node, "Description")),
                parent=parent,
                position=len(tags),
            )
        )


def _text_of(node: Any, name: str) -> str:
    return "".join(str(child.text or "") for child in node if local(child) == name)


def _note_text(node: Any, archive: Archive) -> str:
    text = _text_of(node, "PlainTextContent")
    path = node.get("plainTextPath")
    if not text and path:
        text = _file(path, archive)
    return text or _text_of(node, "Description") or node.get("name", "")


def _file(path: str, archive: Archive) -> str:
    """Return the text of an internal file, in whatever case its folder is written."""
    wanted = path.removeprefix("internal://").replace("\\", "/").rpartition("/")[2].casefold()
    for name in archive.names:
        if name.rpartition("/")[2].casefold() == wanted and not name.endswith(".qde"):
            return decoded(archive.read(name))
    raise Refused("missing", where=path)


def _documents(project: _Project) -> Iterator[FlatDocument]:
    for source in each(project.data, *_SOURCES):
        for node in [source, *source] if local(source) != "TextSource" else [source]:
            if local(node) in _TEXTS:
                yield _document(node, source, project)
    project.passed_over["note"] += len(project.notes.keys() - project.noted)


def _document(node: Any, source: Any, project: _Project) -> FlatDocument:
    text = _text_of(node, "PlainTextContent")
    if not text and node.get("plainTextPath"):
        text = _file(node.get("plainTextPath"), project.archive)
    selections = [one for one in node if local(one) == "PlainTextSelection"]
    text, after = _counted(text, selections)
    marks = [mark for one in selections for mark in _marks(one, len(text), after, project)]
    tags, noted = _on_the_whole(node, project)
    marks += _coded(noted, Span(0, len(text)), _id(node), project)
    return FlatDocument(
        name=node.get("name", source.get("name", f"{_id(source)}.txt")),
        text=text,
        marks=tuple(marks),
        id=_id(source),
        title=_text_of(source, "Description"),
        values=project.variables.of(_id(source)),
        tags=tuple(tags),
    )


def _on_the_whole(node: Any, project: _Project) -> tuple[list[FlatTag], Any]:
    """Return the codes on a whole source; what is noted on one stays with an annotation of all."""
    tags: list[FlatTag] = []
    for coding in [one for one in node if local(one) == "Coding"]:
        refs = coding.iter("{*}CodeRef")
        codes = [identity_of(one.get("targetGUID", "")) for one in refs]
        if any(local(one) == "NoteRef" for one in coding) or not _TYPES.keys().isdisjoint(codes):
            continue
        for code in codes:
            if code not in project.labels:
                raise Refused("unknown_tag", id=_id(coding), tag=code)
            created = _moment(coding.get("creationDateTime", ""))
            tags.append(FlatTag(project.labels[code], _user(coding, project), created))
        node.remove(coding)
    return tags, node


def _counted(text: str, selections: list[Any]) -> tuple[str, int]:
    r"""Return the text in which offsets count, and what is to be added to each end.

    Programs differ: some count a line break of two characters as one, and the standard's own
    words include the last character. Where selections are named by their words, these decide.
    """
    readings = [(text, 0)]
    if "\r\n" in text:
        readings.append((text.replace("\r\n", "\n"), 0))
    readings += [(one, 1) for one, _ in readings]
    scores = Counter({at: _agreement(*one, selections) for at, one in enumerate(readings)})
    best = max(scores, key=lambda at: (scores[at], -at))
    return readings[best]


def _agreement(text: str, after: int, selections: list[Any]) -> int:
    agreed = 0
    for node in selections[:1000]:
        name = (node.get("name") or "").replace("\r\n", "\n")
        span = _span(node, after)
        words = text[span.start : span.end].replace("\r\n", "\n")
        agreed += bool(name) and len(name) > 1 and words == name
    return agreed


def _span(node: Any, after: int) -> Span:
    values = [node.get("startPosition", ""), node.get("endPosition", "")]
    if not all(one.isascii() and one.isdigit() and len(one) < 16 for one in values):
        raise Refused("not_span", where="PlainTextSelection")
    start, end = map(int, values)
    if start > end:
        raise Refused("not_span", where="PlainTextSelection")
    return Span(start, end + after)


def _marks(node: Any, length: int, after: int, project: _Project) -> Iterator[Mark]:
    span = _span(node, after)
    if span.end > length:
        raise Refused(
            "outside", where="PlainTextSelection", start=span.start, end=span.end, length=length
        )
    found = list(_coded(node, span, _id(node), project))
    if not found:
        found = [_mark(node, span, _id(node), "", project)]
    yield from found


def _coded(node: Any, span: Span, key: str, project: _Project) -> Iterator[Mark]:
    """Yield a mark for each code on a selection, or on a whole source."""
    whole = local(node) in _TEXTS
    codings = [one for one in node if local(one) == "Coding"]
    for number, coding in enumerate(codings):
        refs = [identity_of(one.get("targetGUID", "")) for one in coding.iter("{*}CodeRef")]
        for ref in refs:
            identity = _id(coding) if number or whole else key
            yield _mark(node, span, identity, ref, project, coding)


def _mark(
    node: Any, span: Span, key: str, code: str, project: _Project, coding: Any = None
) -> Mark:
    if code in _TYPES:
        normal = [one for one in node if local(one) == "Description"]
        return Mark(
            span,
            _TYPES[code],
            entity=True,
            canonical=node.get("name", ""),
            normal=str(normal[0].text or "") if normal else None,
        )
    if code and code not in project.labels:
        raise Refused("unknown_tag", id=key, tag=code)
    user = _user(node, project) or (_user(coding, project) if coding is not None else "")
    refs = [*node, *(coding if coding is not None else ())]
    noted = [identity_of(r.get("targetGUID", "")) for r in refs if local(r) == "NoteRef"]
    notes = [project.notes[one] for one in noted if project.notes.get(one)]
    project.noted.update(noted)
    description = _text_of(node, "Description") if local(node) not in _TEXTS else ""
    return Mark(
        span,
        project.labels.get(code, ""),
        note="\n\n".join([*([description] if description else []), *notes]),
        coder=user,
        created=_moment(node.get("creationDateTime", "")),
        modified=_moment(node.get("modifiedDateTime", "")),
        id=key,
    )


def _moment(value: str) -> str:
    """Return a time as the library writes it: programs drop milliseconds that are zero."""
    return f"{value[:-1]}.000Z" if len(value) == 20 and value.endswith("Z") else value


def _user(node: Any, project: _Project) -> str:
    name = project.users.get(identity_of(node.get("creatingUser", "")), "")
    return "" if name == "Meipi" else name
