r"""Seven-bit encodings of old mail and news, read as ASCII: ~{VPND~} (HZ), ESC $)A (ISO-2022-CN).

The escape itself is often gone; in Japanese mail $B and (B around the text remain.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from meipi.core.repairs import Proof
from meipi.repair.channels.base import Channel
from meipi.repair.channels.utf8 import count_hanzi, is_specimen, mean_cost, share_chinese
from meipi.repair.plan import Change

if TYPE_CHECKING:
    from collections.abc import Sequence

_PAIRS = r"(?:[!-~]{2})"
_GB = re.compile(
    rf"~\{{((?:[!-w][!-~])+?)(?:~\}}|(?=\n)|$)|\x1b\$\)A\x0e({_PAIRS}+?)(?:\x0f|(?=\n)|$)"
)
_JP = re.compile(rf"\x1b?\$[@B]({_PAIRS}+?)\x1b?\([BJ]")
_FEW = 2
_JAPANESE = re.compile("[\u3040-\u30ff]")
_RARE_MEAN = 9.3


def find(text: str, _: Sequence[int] = ()) -> list[Change]:
    """Propose the characters of such stretches.

    >>> [c.after for c in find("~{VPNDLVB[~} 1.0")]
    ['中文讨论']
    """
    changes = []
    for pattern, encoding in ((_GB, "gb2312"), (_JP, "euc_jp")):
        for match in pattern.finditer(text):
            after = _high("".join(filter(None, match.groups())), encoding)
            if _reads(after) and not is_specimen(text, *match.span()):
                changes.append(Change(match.start(), match.end(), after, 0.97, Proof.TABLE))
    return changes


def _high(shown: str, encoding: str) -> str:
    """Read the pairs of a 94 by 94 table."""
    try:
        return bytes(ord(c) | 0x80 for c in shown).decode(encoding)
    except UnicodeDecodeError:
        return ""


def _reads(after: str) -> bool:
    letters = count_hanzi(after) + len(_JAPANESE.findall(after))
    common = len(_JAPANESE.findall(after)) >= 0.2 * len(after) or mean_cost(after) < _RARE_MEAN
    return letters >= _FEW and share_chinese(after) == 1.0 and common


CHANNEL = Channel(
    "seven-bit",
    "七位编码(HZ、ISO-2022)",
    "Seven-bit encodings (HZ, ISO-2022)",
    find,
    pairs=lambda: (frozenset("~$\x1b"), frozenset("{B@$")),
    damage=lambda text: text.encode("hz", "replace").decode("ascii"),
)
