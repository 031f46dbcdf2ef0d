"""Taking Web Annotations apart: where they point, what they say, who made them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meipi.core.anchors import Anchor, AnchorState
from meipi.core.spans import Span
from meipi.exchange.tag_paths import escape, read_path
from meipi.exchange.w3c_names import GENERATOR
from meipi.exchange.w3c_rules import Node, is_node, many, single

if TYPE_CHECKING:
    from collections.abc import Iterator

_TAGGING = {"tagging", "classifying"}
"""Purposes by which a body is a tag; any other is a note."""


def flat(value: object) -> Iterator[object]:
    """Yield bodies or targets one by one: of a choice the first, of any other set all."""
    for one in many(value):
        if is_node(one) and "items" in one:
            items = many(one["items"])
            yield from flat(items[:1] if single(one.get("type")) == "Choice" else items)
        else:
            yield one


def source_of(target: object) -> str:
    """Return the IRI of the resource a target is, or is a part of."""
    if not is_node(target):
        return str(target)
    if "source" in target:
        return source_of(target["source"])
    return str(single(target.get("id", "")))


def anchor_of(target: object) -> Anchor:
    """Return where a target points, to be looked for in the text: sure only of what agrees.

    Some tools count UTF-16 units where the standard says code points; then length and quote differ.
    """
    quotes: list[Node] = []
    places: list[Node] = []
    for selector in _selectors(target):
        kinds = many(selector.get("type"))
        quotes += [selector] * ("TextQuoteSelector" in kinds)
        places += [selector] * ("TextPositionSelector" in kinds)
    quote = quotes[0] if quotes else {}
    exact = str(quote.get("exact", ""))
    span = _span(places[0]) if places else Span(0, len(exact))
    sure = bool(quotes and places) and len(span) == len(exact)
    return Anchor(
        span=span,
        quote=exact,
        prefix=str(quote.get("prefix", "")),
        suffix=str(quote.get("suffix", "")),
        source=Span(0, 0),
        state=AnchorState.EXACT if sure else AnchorState.NEEDS_REVIEW,
    )


def _selectors(target: object) -> Iterator[Node]:
    """Yield the selectors of a target and those that refine them."""
    waiting = many(target.get("selector")) if is_node(target) else []
    while waiting:
        selector = waiting.pop(0)
        if is_node(selector):
            yield selector
            waiting += many(selector.get("refinedBy"))


def _span(selector: Node) -> Span:
    start, end = selector["start"], selector["end"]
    assert isinstance(start, int)  # noqa: S101 - the rules have been checked
    assert isinstance(end, int)  # noqa: S101 - the rules have been checked
    return Span(start, end)


def body_of(node: Node, purpose: str) -> str | None:
    """Return the text of the body with this ``purpose``, if there is one."""
    for body in flat(node.get("body")):
        if is_node(body) and purpose in many(body.get("purpose")):
            return str(body.get("value", ""))
    return None


def meaning_of(node: Node) -> tuple[list[str], str]:
    """Return the tags, as paths, and the note of an annotation."""
    tags: list[str] = []
    ours = any(is_node(one) and one.get("id") == GENERATOR for one in many(node.get("generator")))
    notes: list[str] = []
    if "bodyValue" in node:
        notes.append(str(node["bodyValue"]))
    motivation = many(node.get("motivation"))
    for body in flat(node.get("body")):
        text = _words(body)
        purposes = many(body.get("purpose")) if is_node(body) else []
        if text and not _TAGGING.isdisjoint(map(str, purposes or motivation)):
            tags.append(read_path(text) if ours else escape(text))
        elif text:
            notes.append(text)
    return tags, "\n\n".join(notes)


def _words(body: object) -> str:
    if is_node(body) and "value" in body:
        return str(body["value"])
    return source_of(body)


def agent_of(value: object) -> str:
    """Return the name of whoever made something."""
    for agent in many(value):
        if not is_node(agent):
            return str(agent)
        for key in ("name", "nickname", "id"):
            if found := single(agent.get(key)):
                return str(found)
    return ""
