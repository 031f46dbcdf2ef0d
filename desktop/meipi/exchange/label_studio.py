"""Label Studio: its tasks as JSON and the labeling configuration they need, in an archive.

Offsets are code points. Tags and entities are two controls of the configuration; a note is the
text its window shows as a region's metadata.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

from meipi.core.entity import EntityType
from meipi.exchange.flat import EXTRAS, TYPES, FlatDocument, FlatSet, Mark, Parsed, beside, rejoined
from meipi.exchange.flat_format import Flat, Keeps
from meipi.exchange.json_lines import Plain, facts_of, list_at, object_at
from meipi.exchange.json_stream import JsonStream
from meipi.exchange.records import as_span, checked_text
from meipi.exchange.refusal import Refused
from meipi.exchange.tag_paths import escape
from meipi.exchange.xml_safe import attributes
from meipi.exchange.zipped import Archive, pack

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

    from meipi.core.spans import Span

UNTAGGED = "批注"
"""The label of annotations without a tag."""

TASKS, CONFIG = "tasks.json", "config.xml"
_COLORS = ("#c2410c", "#1d4ed8", "#15803d", "#7e22ce", "#b45309", "#0e7490", "#be123c", "#4d7c0f")


def write(chosen: FlatSet) -> Iterator[bytes]:
    """Yield the archive."""
    return pack([(CONFIG, [config(chosen)]), (TASKS, _tasks(chosen))])


def config(chosen: FlatSet) -> str:
    """Return the labeling configuration of a set."""
    labels = [*dict.fromkeys(chosen.paths.values()), UNTAGGED]
    return (
        "<View>\n"
        f"{_control('tag', labels)}{_control('entity', list(EntityType))}"
        '  <Text name="text" value="$text" granularity="symbol"/>\n</View>\n'
    )


def _control(name: str, labels: list[str]) -> str:
    items = "".join(
        f"    <Label{attributes({'value': label, 'background': _COLORS[at % len(_COLORS)]})}/>\n"
        for at, label in enumerate(labels)
    )
    return f'  <Labels name="{name}" toName="text">\n{items}  </Labels>\n'


def _tasks(chosen: FlatSet) -> Iterator[str]:
    separator = "[\n"
    for flat in chosen.documents:
        yield separator + json.dumps(_task(flat), ensure_ascii=False, separators=(",", ":"))
        separator = ",\n"
    yield "\n]\n" if separator != "[\n" else "[]\n"


def _task(flat: FlatDocument) -> Plain:
    facts = {"id": flat.id, "sha256": flat.sha256, "name": flat.name, "title": flat.title}
    result = [_region(flat, mark, number) for number, mark in enumerate(flat.marks, 1)]
    said = {**facts, "marks": beside(flat.marks)}
    return {
        "data": {"meipi": said, "text": flat.text},
        "annotations": [{"result": result}] if result else [],
    }


def _region(flat: FlatDocument, mark: Mark, number: int) -> Plain:
    region: Plain = {
        "id": mark.id or f"m{number}",
        "from_name": "entity" if mark.entity else "tag",
        "to_name": "text",
        "type": "labels",
        "value": {
            "start": mark.span.start,
            "end": mark.span.end,
            "text": mark.span.slice(flat.text),
            "labels": [mark.label or UNTAGGED],
        },
    }
    return {**region, "meta": {"text": [mark.note]}} if mark.note else region


def parse(stream: BinaryIO) -> Parsed:
    """Read the archive, or a bare JSON export of tasks."""
    start = stream.read(2)
    stream.seek(0)
    if start != b"PK":
        return Parsed(_documents(stream))
    archive = Archive(stream)
    found = [name for name in archive.names if name.endswith(".json")]
    if not found:
        raise Refused("missing", where=TASKS)
    from io import BytesIO

    return Parsed(_documents(BytesIO(archive.read(TASKS if TASKS in found else found[0]))))


def _documents(stream: BinaryIO) -> Iterator[FlatDocument]:
    for number, task in enumerate(_listed(JsonStream(stream)), 1):
        if not isinstance(task, dict):
            raise Refused("not_object", where="JSON")
        yield _document(task, number)


def _listed(file: JsonStream) -> Iterator[object]:
    """Yield the tasks of a list, or of several values one after another."""
    more = True
    while more:
        yield from file.elements() if file.peek() == "[" else [file.value()]
        more = bool(file.peek())


def _document(task: Plain, number: int) -> FlatDocument:
    where = f"[{number - 1}]"
    data = task.get("data")
    if not isinstance(data, dict):
        raise Refused("missing", where=f"{where}.data")
    text = _text(data, where)
    said = facts_of(data, "id", "sha256", "name", "title")
    passed_over: Counter[str] = Counter()
    marks = _marks(task, passed_over, ours="meipi" in data, where=where)
    return FlatDocument(
        name=said.get("name", f"label-studio-{task.get('id', number)}.txt"),
        text=text,
        marks=tuple(rejoined(marks, object_at(data, "meipi").get("marks"))),
        id=said.get("id", ""),
        sha256=said.get("sha256", ""),
        title=said.get("title", ""),
        passed_over=passed_over,
    )


def _text(data: Plain, where: str) -> str:
    """Return the text of a task: what is called so, or the only text there is."""
    if isinstance(data.get("text"), str):
        return checked_text(data["text"], f"{where}.data.text")
    texts = [value for value in data.values() if isinstance(value, str)]
    if len(texts) != 1:
        raise Refused("missing", where=f"{where}.data.text")
    return checked_text(texts[0], f"{where}.data")


def _marks(task: Plain, passed_over: Counter[str], *, ours: bool, where: str) -> Iterator[Mark]:
    for key in ("annotations", "completions"):
        for one in list_at(task, key):
            if not isinstance(one, dict):
                raise Refused("not_object", where=f"{where}.{key}")
            coder = "" if ours else str(one.get("completed_by", ""))
            for region in list_at(one, "result"):
                marks = list(_regions(region, coder, ours=ours, where=where))
                if not marks:
                    passed_over[_kind_of(region)] += 1
                yield from marks


def _kind_of(region: object) -> str:
    """Return what a result is that marks no passage."""
    kind = region.get("type") if isinstance(region, dict) else None
    return "relation" if kind == "relation" else "document_label"


def _regions(region: object, coder: str, *, ours: bool, where: str) -> Iterator[Mark]:
    """Yield a mark for each label of a region; choices, ratings and the like are passed over."""
    if not isinstance(region, dict):
        raise Refused("not_object", where=f"{where}.result")
    value = object_at(region, "value")
    labels = value.get(str(region.get("type")))
    if not isinstance(labels, list) or not {"start", "end"} <= set(value):
        return
    span: Span = as_span([value["start"], value["end"]], f"{where}.value")
    entity = ours and region.get("from_name") == "entity"
    for label in labels:
        name = checked_text(label, f"{where}.labels")
        yield Mark(
            span,
            _label(name, ours=ours),
            note=_note(region),
            coder=coder,
            entity=entity and name in TYPES,
        )


def _label(name: str, *, ours: bool) -> str:
    if not ours:
        return escape(name)
    return "" if name == UNTAGGED else name


def _note(region: Plain) -> str:
    notes: Iterable[object] = list_at(object_at(region, "meta"), "text")
    return "\n\n".join(checked_text(note, "meta.text") for note in notes)


FORMAT = Flat(
    name="label-studio",
    label_zh="Label Studio(任务与配置)",
    label_en="Label Studio (tasks and configuration)",
    suffix=".label-studio.zip",
    keeps=Keeps(
        mark=frozenset({"note", "entity", *EXTRAS}),
        document=frozenset({"text", "name", "id", "sha256", "title"}),
    ),
    write=write,
    parse=parse,
    recognises=lambda head: head[:1] in (b"[", b"{") and b'"data"' in head and b'"result"' in head,
    recognises_names=lambda names: CONFIG in names and TASKS in names,
).format()
