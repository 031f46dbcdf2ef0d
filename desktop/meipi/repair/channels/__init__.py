"""The kinds of damage, in the order in which they are undone.

Encodings come before noise, because an invisible character can be a byte that is needed; readings
put in between characters come last: only a page that reads well can be judged by its words.
"""

from __future__ import annotations

from meipi.repair.channels import (
    bracket_noise,
    crossings,
    doubled,
    escapes,
    gbk_as_latin,
    homoglyphs,
    lookalikes,
    lost,
    marks,
    named_references,
    overconverted,
    percent,
    pinyin,
    rare_pairs,
    references,
    seven_bit,
    transports,
    utf8_as_gbk,
    utf8_as_latin,
    utf8_as_latin_stripped,
    utf16,
    zero_width,
)

ALL = (
    references.NUMBERS_CHANNEL,
    named_references.CHANNEL,
    percent.CHANNEL,
    references.MAIL_CHANNEL,
    transports.QUOTED_CHANNEL,
    transports.SHIFTED_CHANNEL,
    escapes.CHANNEL,
    seven_bit.CHANNEL,
    utf16.BYTES_CHANNEL,
    utf16.SWAPPED_CHANNEL,
    utf8_as_latin_stripped.CHANNEL,
    utf8_as_latin.CHANNEL,
    gbk_as_latin.CHANNEL,
    utf8_as_gbk.CHANNEL,
    *crossings.CHANNELS,
    zero_width.CHANNEL,
    lookalikes.RADICALS_CHANNEL,
    lookalikes.NUMERALS_CHANNEL,
    homoglyphs.CHANNEL,
    pinyin.CHANNEL,
    rare_pairs.CHANNEL,
    doubled.CHANNEL,
    marks.COMMAS_CHANNEL,
    marks.SLASHES_CHANNEL,
    marks.INDENTS_CHANNEL,
    overconverted.CHANNEL,
    bracket_noise.CHANNEL,
    lost.CHANNEL,
)
