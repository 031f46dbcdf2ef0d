"""A document made ready for reading: decoded, repaired, taken apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from meipi.core.document import Decoded, Structure
    from meipi.core.repairs import Repaired


@dataclass(frozen=True, slots=True)
class Prepared:
    """What the pipeline makes of a document's bytes."""

    decoded: Decoded
    repaired: Repaired
    structure: Structure
