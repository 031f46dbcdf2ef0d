"""What REFI-QDA files and we agree on: namespaces, colours, the code of entities."""

from __future__ import annotations

NAMESPACES = ("urn:QDA-XML:project:1.0", "urn:QDA-XML:codebook:1.0")
"""Of a project, of a codebook."""

ENTITIES = "实体"
"""The code under which the types of entities stand."""

COLORS = (
    "#C2410C",
    "#1D4ED8",
    "#15803D",
    "#7E22CE",
    "#B45309",
    "#0E7490",
    "#BE123C",
    "#4D7C0F",
    "#A16207",
    "#0369A1",
    "#86198F",
    "#166534",
)
"""Colours of tags by their index, for programs that want a colour and not its number."""


def color_index(value: str) -> int:
    """Return the index of a colour, 0 for one that is none of ours."""
    return COLORS.index(value.upper()) if value.upper() in COLORS else 0
