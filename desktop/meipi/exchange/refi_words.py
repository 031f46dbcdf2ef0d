"""What REFI-QDA files and we agree on: namespaces, colours, entities, how a code is described."""

from __future__ import annotations

import re

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

_OURS = 10
"""How many of them the themes have."""

_RGB = re.compile(r"#[0-9A-F]{6}")

_HEADINGS = {
    "examples": "【示例 Examples】",
    "include": "【包括 Include】",
    "exclude": "【不包括 Exclude】",
}
"""A code has one description: what we say beside the definition stands below these."""
_HEADING = re.compile("|".join(map(re.escape, _HEADINGS.values())))
_PART = re.compile(rf"(?:\A|\n\n)({_HEADING.pattern})\n")
_LINE = re.compile(rf"^(\\*(?:{_HEADING.pattern}))$", re.MULTILINE)
_ESCAPED = re.compile(rf"^\\(\\*(?:{_HEADING.pattern}))$", re.MULTILINE)


def color_index(value: str) -> int:
    """Return the index of a colour, of one that is none of ours the nearest.

    >>> color_index("#1d4ed8"), color_index("#0000FF"), color_index("")
    (1, 1, 0)
    """
    wanted = value.upper()
    if wanted in COLORS:
        return COLORS.index(wanted)
    if not _RGB.fullmatch(wanted):
        return 0
    return min(range(_OURS), key=lambda at: _distance(COLORS[at], wanted))


def _distance(one: str, other: str) -> int:
    pairs = ((int(one[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (1, 3, 5))
    return sum((a - b) ** 2 for a, b in pairs)


def described(definition: str, rules: dict[str, str]) -> str:
    r"""Return the definition of a tag with its rules as one text.

    >>> described("经济", {"include": "工厂"})
    '经济\n\n【包括 Include】\n工厂'
    """
    parts = [definition and _LINE.sub(r"\\\1", definition)]
    for name, heading in _HEADINGS.items():
        if text := rules.get(name, ""):
            parts.append(f"{heading}\n" + _LINE.sub(r"\\\1", text))
    return "\n\n".join(part for part in parts if part)


def told(description: str) -> dict[str, str]:
    r"""Return what `described` put together, by the field of a tag.

    >>> told("经济\n\n【包括 Include】\n工厂")["include"]
    '工厂'
    """
    names = {heading: name for name, heading in _HEADINGS.items()}
    pieces = _PART.split(description)
    fields = {"definition": pieces[0], **dict.fromkeys(_HEADINGS, "")}
    for heading, text in zip(pieces[1::2], pieces[2::2], strict=True):
        fields[names[heading]] = text
    return {name: _ESCAPED.sub(r"\1", text) for name, text in fields.items()}
