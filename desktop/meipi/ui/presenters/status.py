"""The foot of the window: the path the bytes took, and where the reader is."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from typing import TYPE_CHECKING

from meipi.core.document import Role
from meipi.core.repairs import Proof, count_sorts
from meipi.ui.i18n import number
from meipi.ui.presenters.repairs import channel_label

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from meipi.core.document import Structure
    from meipi.core.repairs import Repaired
    from meipi.ui.i18n import Words

_READ = {Role.PARAGRAPH, Role.LIST_ITEM}


def word_path(
    encoding: str,
    repaired: Repaired,
    labels: Mapping[str, tuple[str, str]],
    words: Words,
    *,
    rejected: int = 0,
) -> str:
    """Say what became of the bytes: ``UTF-8 · 拼音注入 462 处，已证 462``.

    ``rejected`` counts the repairs that the reader would not have.
    """
    if not (repaired.edits or repaired.lost or rejected):
        return " · ".join((encoding, words("foot.intact")))
    sorts = count_sorts(repaired.edits)
    channels = Counter[str]()
    for (channel, _, _), count in sorts.items():
        channels[channel] += count
    inferred = sum(count for (_, _, proof), count in sorts.items() if proof is Proof.INFERRED)
    written = sum(count for (_, _, proof), count in sorts.items() if proof is Proof.READER)
    counted = (
        ("foot.proved", len(repaired.edits) - inferred - written),
        ("foot.inferred", inferred),
        ("foot.written", written),
        ("foot.declined", rejected),
        ("foot.lost", len(repaired.lost)),
    )
    done = [
        words("foot.repaired", channel=channel_label(channel, labels, words), count=number(count))
        for channel, count in channels.most_common()
    ]
    sureness = [words(key, count=number(count)) for key, count in counted if count]
    comma = words.pick("，", ", ")
    path = comma.join(filter(None, (words.pick("、", ", ").join(done), *sureness)))
    return f"{encoding} · {path}"


def encoding_name(encoding: str, names: Mapping[str, tuple[str, str]], words: Words) -> str:
    """Name an encoding as readers know it."""
    return words.pick(*names[encoding]) if encoding in names else encoding.upper()


def paragraph_starts(structure: Structure) -> list[int]:
    """Return where each paragraph begins; to be kept while the document is open."""
    return [block.span.start for block in structure.blocks if block.role in _READ]


def paragraph_at(starts: Sequence[int], offset: int) -> tuple[int, int]:
    """Return the number of the paragraph at ``offset`` and how many there are."""
    return max(1, bisect_right(starts, offset)) if starts else 0, len(starts)
