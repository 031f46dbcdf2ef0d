"""The types of INCEpTION that we write, and the one of our own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meipi.exchange.xml_safe import attributes, element

if TYPE_CHECKING:
    from collections.abc import Iterable

_DKPRO = "de.tudarmstadt.ukp.dkpro.core.api"
DOCUMENT = f"{_DKPRO}.metadata.type.DocumentMetaData"
SENTENCE = f"{_DKPRO}.segmentation.type.Sentence"
TOKEN = f"{_DKPRO}.segmentation.type.Token"
ENTITY = f"{_DKPRO}.ner.type.NamedEntity"
ANNOTATION = "webanno.custom.MeipiAnnotation"
SOFA = "uima.cas.Sofa"
VIEW = "_InitialView"

FEATURES: dict[str, tuple[str, ...]] = {
    DOCUMENT: ("documentTitle", "documentId"),
    SENTENCE: (),
    TOKEN: (),
    ENTITY: ("value", "identifier"),
    ANNOTATION: ("tag", "note", "coder", "created", "modified", "meipiId"),
}
"""Every type we write with its features, all of which are strings."""

_SUPER = {DOCUMENT: "uima.tcas.DocumentAnnotation"}
_STRING = "uima.cas.String"
_ANNOTATION_BASE = "uima.tcas.Annotation"


def type_system() -> str:
    """Return the type system as UIMA's XML."""
    types = "".join(_described(name, features) for name, features in FEATURES.items())
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<typeSystemDescription xmlns="http://uima.apache.org/resourceSpecifier">\n'
        f"<types>\n{types}</types>\n</typeSystemDescription>\n"
    )


def _described(name: str, features: Iterable[str]) -> str:
    inside = "".join(
        element(
            "featureDescription",
            {},
            f"<name>{one}</name><description/><rangeTypeName>{_STRING}</rangeTypeName>",
        )
        for one in features
    )
    base = _SUPER.get(name, _ANNOTATION_BASE)
    return (
        f"<typeDescription><name>{name}</name><description/>"
        f"<supertypeName>{base}</supertypeName><features>{inside}</features></typeDescription>\n"
    )


def json_types() -> dict[str, object]:
    """Return the type system as UIMA's JSON."""
    return {
        name: {
            "%NAME": name,
            "%SUPER_TYPE": _SUPER.get(name, _ANNOTATION_BASE),
            **{one: {"%NAME": one, "%RANGE": _STRING} for one in features},
        }
        for name, features in FEATURES.items()
    }


def prefixes(types: Iterable[str]) -> tuple[str, dict[str, str]]:
    """Return the namespace declarations of XMI for ``types``, and their names with prefixes."""
    spaces = {
        "xmlns:xmi": "http://www.omg.org/XMI",
        "xmlns:cas": "http:///uima/cas.ecore",
        "xmlns:tcas": "http:///uima/tcas.ecore",
    }
    names: dict[str, str] = {}
    for name in types:
        package, _, short = name.rpartition(".")
        uri = f"http:///{package.replace('.', '/')}.ecore"
        known = {value: key for key, value in spaces.items()}
        prefix = known.get(uri) or f"xmlns:t{len(spaces)}"
        spaces[prefix] = uri
        names[name] = f"{prefix.removeprefix('xmlns:')}:{short}"
    return attributes(spaces), names


def type_of(namespace: str, name: str) -> str:
    """Return the type an XMI element stands for.

    >>> type_of("http:///webanno/custom.ecore", "Span")
    'webanno.custom.Span'
    """
    package = namespace.removeprefix("http:///").removesuffix(".ecore").replace("/", ".")
    return f"{package}.{name}" if package else name
