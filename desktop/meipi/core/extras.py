"""Libraries that only some formats or commands need, and what to say where they are missing."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from meipi.core.errors import ErrorCode, MeipiError


def is_there(module: str) -> bool:
    """Say whether a library is installed."""
    try:
        return find_spec(module) is not None
    except (ImportError, ValueError):
        return False


def need(module: str, extra: str) -> Any:
    """Return a library; raise ``EXTRA_MISSING``, which names the ``extra`` that brings it."""
    try:
        return import_module(module)
    except ImportError as error:
        raise MeipiError(ErrorCode.EXTRA_MISSING, module=module, extra=extra) from error
