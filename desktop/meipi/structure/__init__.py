"""The structure of a text: blocks with their roles, title, date, source, authors, region."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from meipi.core.document import Structure

__all__ = ["analyse"]


def analyse(text: str, *, declared: Mapping[str, str] | None = None) -> Structure:
    """Return the blocks and the metadata of a reading text; see `meipi.structure.analysis`."""
    # Compiling the patterns takes some 60 ms, which a window has no time for when it starts.
    from meipi.structure.analysis import analyse as analyse_text

    return analyse_text(text, declared=declared)
