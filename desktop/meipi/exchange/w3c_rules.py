"""What the W3C Web Annotation Data Model demands (its MUSTs), checked on parsed JSON."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeGuard

from meipi.exchange.records import checked_text
from meipi.exchange.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Callable

CONTEXT = "http://www.w3.org/ns/anno.jsonld"

Node = dict[str, object]

_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_DATE_TIME = re.compile(
    r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"
    r"T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?(Z|[+-]\d\d:\d\d)?"
)
_STATE_TIMES = ("sourceDate", "sourceDateStart", "sourceDateEnd")
_SETS = {"Choice", "Composite", "List", "Independents"}
_LARGEST = 2**53 - 1


def is_uri(value: object) -> TypeGuard[str]:
    """Say whether ``value`` is an absolute IRI."""
    return isinstance(value, str) and _URI.fullmatch(value) is not None


def _is_identity(value: object) -> bool:
    """Say whether ``value`` names something: an IRI, or a bare UUID as Recogito writes them."""
    return is_uri(value) or (isinstance(value, str) and _UUID.fullmatch(value) is not None)


def is_date_time(value: object) -> TypeGuard[str]:
    """Say whether ``value`` is an xsd:dateTime."""
    return isinstance(value, str) and _DATE_TIME.fullmatch(value) is not None


def is_node(value: object) -> TypeGuard[Node]:
    """Say whether ``value`` is a JSON object."""
    return isinstance(value, dict)


def many(value: object) -> list[object]:
    """Return a value that may stand alone or in a list as a list.

    >>> many(None), many("a"), many(["a"])
    ([], ['a'], ['a'])
    """
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def single(value: object) -> object:
    """Return the value of a list of one; anything else as it is."""
    return value[0] if isinstance(value, list) and len(value) == 1 else value


def check_context(root: Node) -> None:
    """Refuse what does not name the Web Annotation context."""
    if CONTEXT not in many(root.get("@context")):
        raise Refused("value", where="@context", value=str(root.get("@context")))


def check_annotation(value: object, where: str) -> Node:
    """Return ``value`` if it keeps every MUST of the model; refuse it otherwise."""
    if not is_node(value):
        raise Refused("not_object", where=where)
    if not _is_identity(single(value.get("id"))):
        raise _bad(value, where, "id")
    if "Annotation" not in many(value.get("type")):
        raise _bad(value, where, "type")
    if "target" not in value:
        raise Refused("missing", where=f"{where}.target")
    if "body" in value and "bodyValue" in value:
        raise _bad(value, where, "bodyValue")
    _check_keys(value, where)
    bodies = many(value.get("body"))  # an empty list is what some tools write for none
    for body in bodies:
        _check_resource(body, f"{where}.body")
    for target in _filled(value, where, "target"):
        _check_resource(target, f"{where}.target")
    return value


def _filled(node: Node, where: str, key: str) -> list[object]:
    """Return what stands at ``key``; an empty list or null there says nothing and is refused."""
    if key not in node:
        return []
    found = many(node[key])
    if not found:
        raise _bad(node, where, key)
    return found


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_agent(value: object) -> bool:
    return all(is_uri(one) or is_node(one) for one in many(value))


def _are_texts(value: object) -> bool:
    return all(isinstance(one, str) for one in many(value))


def _are_uris(value: object) -> bool:
    return all(is_uri(one) for one in many(value))


_KEYS: dict[str, Callable[[object], bool]] = {
    "bodyValue": _is_text,
    "created": lambda value: is_date_time(single(value)),
    "modified": lambda value: is_date_time(single(value)),
    "generated": lambda value: is_date_time(single(value)),
    "rights": _are_uris,
    "canonical": lambda value: is_uri(single(value)),
    "via": _are_uris,
    "creator": _is_agent,
    "generator": _is_agent,
    "format": _are_texts,
    "language": _are_texts,
    "processingLanguage": lambda value: _is_text(single(value)),
    "textDirection": lambda value: single(value) in ("ltr", "rtl", "auto"),
    "purpose": _are_texts,
    "motivation": _are_texts,
}


def _check_keys(node: Node, where: str) -> None:
    for key, fits in _KEYS.items():
        if key in node and not fits(node[key]):
            raise _bad(node, where, key)


def _check_resource(value: object, where: str) -> None:
    """Check a body or target: an IRI, a set, a text, a part of something, or another resource."""
    if is_uri(value):
        return
    if not is_node(value):
        raise Refused("value", where=where, value=str(value))
    _check_keys(value, where)
    if "id" in value and not _is_identity(single(value["id"])):
        raise _bad(value, where, "id")
    if _SETS & {one for one in many(value.get("type")) if isinstance(one, str)}:
        _check_set(value, where)
    elif "value" in value or "TextualBody" in many(value.get("type")):
        _check_only(value, where, "value", others=("items", "source"))
        if not _is_text(value["value"]):
            raise _bad(value, where, "value")
    elif "source" in value or "SpecificResource" in many(value.get("type")):
        _check_only(value, where, "source", others=("items", "value"))
        _check_specific(value, where)
    else:
        _check_only(value, where, "id", others=("items", "purpose"))


def _check_only(node: Node, where: str, needed: str, *, others: tuple[str, ...]) -> None:
    if needed not in node:
        raise Refused("missing", where=f"{where}.{needed}")
    for other in others:
        if other in node:
            raise _bad(node, where, other)


def _check_set(node: Node, where: str) -> None:
    kind = single(node["type"])
    if not isinstance(kind, str) or kind not in _SETS:
        raise _bad(node, where, "type")
    _check_only(node, where, "items", others=("value", "source", "purpose"))
    for item in _filled(node, where, "items"):
        _check_resource(item, f"{where}.items")


def _check_specific(node: Node, where: str) -> None:
    source = node["source"]
    if not is_uri(source) and not (is_node(source) and is_uri(single(source.get("id")))):
        raise _bad(node, where, "source")
    for selector in _filled(node, where, "selector"):
        check_selector(selector, f"{where}.selector")
    for state in _filled(node, where, "state"):
        if not _is_state(state):
            raise _bad(node, where, "state")


def _is_state(state: object) -> bool:
    """Say whether ``state`` is an IRI or one of the two states of the model with what it needs."""
    if not is_node(state):
        return is_uri(state)
    if "TimeState" in many(state.get("type")):
        moment = "sourceDate" in state
        period = "sourceDateStart" in state and "sourceDateEnd" in state
        times = [one for key in _STATE_TIMES for one in many(state.get(key))]
        return moment != period and all(map(is_date_time, times))
    if "HttpRequestState" in many(state.get("type")):
        return _is_text(state.get("value"))
    return is_uri(single(state.get("id")))


def _is_offset(value: object) -> bool:
    return type(value) is int and 0 <= value <= _LARGEST


_SELECTORS: dict[str, dict[str, Callable[[object], bool]]] = {
    "FragmentSelector": {"value": _is_text},
    "CssSelector": {"value": _is_text},
    "XPathSelector": {"value": _is_text},
    "TextQuoteSelector": {"exact": _is_text},
    "TextPositionSelector": {"start": _is_offset, "end": _is_offset},
    "DataPositionSelector": {"start": _is_offset, "end": _is_offset},
    "SvgSelector": {},
    "RangeSelector": {"startSelector": is_node, "endSelector": is_node},
}


def check_selector(selector: object, where: str) -> None:
    """Refuse a selector of no known kind or without what its kind needs."""
    if is_uri(selector):
        return
    if not is_node(selector):
        raise Refused("value", where=where, value=str(selector))
    kinds = [kind for kind in many(selector.get("type")) if isinstance(kind, str)]
    known = [kind for kind in kinds if kind in _SELECTORS]
    if not known and not is_uri(selector.get("id")):
        raise _bad(selector, where, "type")
    for kind in known:
        _check_selector_keys(selector, where, _SELECTORS[kind])
    for refined in many(selector.get("refinedBy")):
        check_selector(refined, f"{where}.refinedBy")


def _check_selector_keys(
    selector: Node, where: str, needed: dict[str, Callable[[object], bool]]
) -> None:
    for key, fits in needed.items():
        if key not in selector:
            raise Refused("missing", where=f"{where}.{key}")
        if not fits(selector[key]):
            raise _bad(selector, where, key)
    for key in ("exact", "prefix", "suffix"):
        if key in selector:
            checked_text(selector[key], f"{where}.{key}")
    start, end = selector.get("start", 0), selector.get("end", 0)
    if isinstance(start, int) and isinstance(end, int) and "end" in needed and start > end:
        raise Refused("not_span", where=where)


def _bad(node: Node, where: str, key: str) -> Refused:
    return Refused("value", where=f"{where}.{key}", value=str(node.get(key))[:80])
