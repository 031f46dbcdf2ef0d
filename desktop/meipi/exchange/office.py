"""What every Office Open XML package says of its parts, as ECMA-376 has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = "application/vnd.openxmlformats-officedocument"


def content_types(folder: str, language: str, parts: Mapping[str, str]) -> str:
    """Return the list of the types of ``parts``, which lie in ``folder``.

    ``language`` is the markup language they are in: ``wordprocessingml``, ``spreadsheetml``.
    """
    overrides = "".join(
        f'<Override PartName="/{folder}/{name}.xml" ContentType="{_TYPES}.{language}.{kind}+xml"/>'
        for name, kind in parts.items()
    )
    return (
        f'{HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
        'relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        f"{overrides}</Types>"
    )


def relations(targets: Iterable[tuple[str, str]]) -> str:
    """Return the relationships to ``targets``, each a kind and a path, as rId1, rId2 and so on."""
    items = "".join(
        f'<Relationship Id="rId{n}" Type="{RELATIONS}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, 1)
    )
    return f'{HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{items}</Relationships>'
