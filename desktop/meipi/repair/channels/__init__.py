"""The kinds of damage, in the order in which they are undone.

Encodings come before noise, because an invisible character can be a byte that is needed; readings put
in between characters come last, because only a page that reads well can be judged by its words.
"""

from __future__ import annotations

from meipi.repair.channels import latin, pinyin, utf8_as_gbk

ALL = (latin.UTF8_CHANNEL, latin.GBK_CHANNEL, utf8_as_gbk.CHANNEL, pinyin.CHANNEL)
