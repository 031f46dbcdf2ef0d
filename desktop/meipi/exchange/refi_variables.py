"""Attributes of documents as the variables of REFI-QDA: declared once, a value on each source."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from meipi.core.attributes import NO, YES, Attribute, Kind, Subject, checked_value, fits
from meipi.exchange.guids import guid, identity_of
from meipi.exchange.refusal import Refused
from meipi.exchange.xml_safe import element, escaped, legal, local

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_TYPES = {Kind.YES_NO: "Boolean", Kind.NUMBER: "Float", Kind.DATE: "Date"}
_KINDS = {"Boolean": Kind.YES_NO, "Integer": Kind.NUMBER, "Float": Kind.NUMBER, "Date": Kind.DATE}
_OWN = "Meipi: "
_DECIMAL = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)", re.ASCII)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_TRUTHS = {"true": YES, "1": YES, "false": NO, "0": NO}


def of_documents(attributes: Iterable[Attribute]) -> list[Attribute]:
    """Return the attributes that have a place: a selection can have no variable."""
    return [one for one in attributes if one.subject is Subject.DOCUMENT]


def write_variables(attributes: Sequence[Attribute]) -> Iterator[str]:
    """Yield the declarations, with what a variable cannot say of an attribute in words of ours."""
    if not attributes:
        return
    yield "<Variables>\n"
    for one in attributes:
        values = {
            "guid": guid(one.id),
            "name": legal(one.name),
            "typeOfVariable": _TYPES.get(one.kind, "Text"),
        }
        choices = [legal(choice) for choice in one.choices]
        own = json.dumps({"kind": one.kind, "choices": choices}, ensure_ascii=False)
        yield element("Variable", values, element("Description", {}, escaped(_OWN + own))) + "\n"
    yield "</Variables>\n"


def write_value(attribute: Attribute, value: str) -> str:
    """Return what a source has of a variable."""
    name, text = "TextValue", legal(value)
    if attribute.kind is Kind.YES_NO:
        name, text = "BooleanValue", "true" if value == YES else "false"
    elif attribute.kind is Kind.NUMBER and _DECIMAL.fullmatch(value):
        name = "FloatValue"
    elif attribute.kind is Kind.DATE and _DAY.fullmatch(value):
        name = "DateValue"
    ref = element("VariableRef", {"targetGUID": guid(attribute.id)})
    return element("VariableValue", {}, ref + element(name, {}, escaped(text)))


class Variables:
    """The variables of a project and what they say of its sources."""

    def __init__(self, root: Any) -> None:
        self._values: dict[str, dict[str, str]] = {}
        """By source, then by variable."""
        self.placed = 0
        """How many values say something of a source."""
        known = {one.id: one for one in _declared(root)}
        for source, node in _said(root):
            key, text = _value(node)
            if key in known and text:
                self._values.setdefault(source, {}).setdefault(key, text)
                self.placed += 1
        self._known = {key: self._fitted(one) for key, one in known.items()}

    @property
    def attributes(self) -> tuple[Attribute, ...]:
        """The definitions."""
        return tuple(self._known.values())

    def of(self, source: str) -> tuple[tuple[str, str], ...]:
        """Return what is said of a source: attributes with their values."""
        said = self._values.get(source, {})
        return tuple((key, checked_value(self._known[key], text)) for key, text in said.items())

    def _fitted(self, attribute: Attribute) -> Attribute:
        """Let an attribute hold any text where a value would not fit what it is said to be."""
        said: Iterable[Mapping[str, str]] = self._values.values()
        texts = [values[attribute.id] for values in said if attribute.id in values]
        if all(fits(attribute, text) for text in texts):
            return attribute
        return replace(attribute, kind=Kind.TEXT, choices=())


def _declared(root: Any) -> Iterator[Attribute]:
    for node in root.iter("{*}Variable"):
        key = identity_of(node.get("guid", ""))
        if not key or not node.get("name"):
            raise Refused("missing", where="Variable.guid, Variable.name")
        kind = _KINDS.get(node.get("typeOfVariable", ""), Kind.TEXT)
        kind, choices = _own(_text(node, "Description"), kind)
        yield Attribute(key, Subject.DOCUMENT, node.get("name"), kind, choices)


def _own(description: str, kind: Kind) -> tuple[Kind, tuple[str, ...]]:
    """Return what our own words say of an attribute, where they are there and make sense."""
    if not description.startswith(_OWN):
        return kind, ()
    try:
        said = json.loads(description.removeprefix(_OWN))
        choices = tuple(dict.fromkeys(str(one) for one in said["choices"]))
        return Kind(said["kind"]), choices
    except (ValueError, KeyError, TypeError, RecursionError):
        return kind, ()


def _said(root: Any) -> Iterator[tuple[str, Any]]:
    """Yield each value with the source it is said of: its own, or one of its case."""
    for node in root.iter("{*}VariableValue"):
        above = node.getparent()
        if local(above) == "Case":
            for ref in above:
                if local(ref) == "SourceRef":
                    yield identity_of(ref.get("targetGUID", "")), node
        else:
            yield identity_of(above.get("guid", "")), node


def _value(node: Any) -> tuple[str, str]:
    key, text = "", ""
    for child in node:
        if local(child) == "VariableRef":
            key = identity_of(child.get("targetGUID", ""))
        else:
            text = str(child.text or "").strip()
            if local(child) == "BooleanValue":
                text = _TRUTHS.get(text, "")
    return key, text


def _text(node: Any, name: str) -> str:
    return "".join(str(child.text or "") for child in node if local(child) == name)
