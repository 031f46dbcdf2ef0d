"""The names Meipi gives to things in Web Annotations, and how they are read again."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote

GENERATOR = "urn:x-meipi:software:meipi"
"""Marks annotations that Meipi made, whose tags are paths."""

_HASH = re.compile(r"[0-9a-f]{64}")


def name(kind: str, *parts: object) -> str:
    """Return an IRI for something of ours.

    >>> name("edit", "文档", 3)
    'urn:x-meipi:edit:%E6%96%87%E6%A1%A3:3'
    """
    return ":".join(("urn:x-meipi", kind, *(quote(str(part), safe="") for part in parts)))


def identity(kind: str, iri: str) -> str | None:
    """Return the identity inside an IRI of ours of this ``kind``; nothing for any other.

    >>> identity("tag", name("tag", "t:1")), identity("tag", "http://example.org/")
    ('t:1', None)
    """
    prefix = f"urn:x-meipi:{kind}:"
    if not iri.startswith(prefix):
        return None
    try:
        return unquote(iri.removeprefix(prefix), errors="strict")
    except UnicodeDecodeError:
        return None


def is_hash(value: str) -> bool:
    """Say whether ``value`` is a SHA-256 in hexadecimal."""
    return _HASH.fullmatch(value) is not None


def hash_name(sha256: str) -> str:
    """Return the IRI of some bytes by their SHA-256."""
    return f"urn:sha256:{sha256}"


def hash_in(iri: str) -> str:
    """Return the SHA-256 an IRI names its bytes by, empty where it does not."""
    value = iri.removeprefix("urn:sha256:").lower()
    return value if value != iri and is_hash(value) else ""
