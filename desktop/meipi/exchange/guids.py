"""GUIDs of things that have identities of their own, and back."""

from __future__ import annotations

import re
import uuid

_HEX = re.compile(r"[0-9a-f]{32}")
_GUID = re.compile(r"\{?[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\}?")
_OURS = uuid.UUID("8d2f0c1e-5b1a-5d61-9a52-6d6569706921")


def guid(identity: str, kind: str = "") -> str:
    """Return a GUID: of an identity that is one its own, of any other always the same.

    >>> guid("0123456789abcdef0123456789abcdef")
    '01234567-89ab-cdef-0123-456789abcdef'
    """
    if not kind and _HEX.fullmatch(identity):
        return str(uuid.UUID(identity))
    return str(uuid.uuid5(_OURS, f"{kind}:{identity}"))


def identity_of(value: str) -> str:
    """Return the identity in a GUID; empty where it is none.

    >>> identity_of("{01234567-89AB-CDEF-0123-456789ABCDEF}")
    '0123456789abcdef0123456789abcdef'
    """
    value = value.strip()
    return value.strip("{}").replace("-", "").lower() if _GUID.fullmatch(value) else ""


def is_identity(value: str) -> bool:
    """Say whether ``value`` comes back from a GUID as it is."""
    return _HEX.fullmatch(value) is not None
