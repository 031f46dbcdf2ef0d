"""Damages to measure with, and how many characters of clean text each is given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meipi.repair.channels import ALL
from meipi.repair.channels.gbk_as_latin_lines import decoders
from meipi.repair.codepages import REPLACEMENT, read_as_gbk, read_as_latin

if TYPE_CHECKING:
    from collections.abc import Callable

_CHANNELS = {channel.name: channel.damage for channel in ALL if channel.damage}
_UNDEFINED = dict.fromkeys((0x81, 0x8D, 0x8F, 0x90, 0x9D), "?")


def western(text: str) -> str:
    """Read UTF-8 as cp1252."""
    return read_as_latin(text.encode(), windows=True)


def lossless_as_gbk(text: str) -> str:
    """Read UTF-8 as GBK, the text made to end where nothing is lost."""
    text = "".join(character for character in text if character >= "\x80")
    for end in ("", "！", "！！"):  # the 80 in the midst of 。 is a character by itself
        shown = read_as_gbk((text + end).encode())
        if "?" not in shown:
            return shown
    raise UnicodeError(text)


def each_line(damage: Callable[[str], str], text: str) -> str:
    """Damage every line of ``text`` by itself; those that an encoding lacks are left out."""
    lines = []
    for line in text.split("\n"):
        try:
            lines.append(damage(line))
        except UnicodeError:
            continue
    return "\n".join(lines)


def _channel(name: str) -> Callable[[str], str]:
    damage = _CHANNELS[name]
    assert damage
    return damage


LOSSLESS, LOSSY = 300_000, 30_000
DAMAGES: dict[str, tuple[Callable[[str], str], int]] = {
    "UTF-8 as cp1252": (western, LOSSLESS),
    "UTF-8 as Latin-1": (lambda text: text.encode().decode("latin-1"), LOSSLESS),
    "UTF-8 as cp1252 twice": (lambda text: western(western(text)), LOSSLESS),
    "UTF-8 as GBK, nothing lost": (lossless_as_gbk, LOSSLESS),
    "GBK as Latin-1": (lambda text: text.encode("gbk").decode("latin-1"), LOSSLESS),
    "GBK as cp1252": (lambda text: read_as_latin(text.encode("gbk"), windows=True), LOSSLESS),
    "references": (_channel("references"), LOSSLESS),
    "GBK as Latin-1, mixed decoder": (decoders("")[2], LOSSY),
    "UTF-8 as GBK, Windows": (lambda text: read_as_gbk(text.encode()), LOSSY),
    "UTF-8 as GBK, U+FFFD": (lambda text: read_as_gbk(text.encode(), lost=REPLACEMENT), LOSSY),
    "UTF-8 as cp1252, five lost": (lambda text: western(text).translate(_UNDEFINED), LOSSY),
    "GBK as Big5": (_channel("gbk-as-big5"), LOSSY),
    "GBK as Shift-JIS": (_channel("gbk-as-shift-jis"), LOSSY),
    "GBK as EUC-KR": (_channel("gbk-as-euc-kr"), LOSSY),
    "UTF-16 byte by byte": (_channel("utf16-as-latin"), LOSSY),
    "quoted-printable": (_channel("quoted-printable"), LOSSY),
    "invisible characters": (_channel("zero-width"), LOSSY),
    "radicals": (_channel("radicals"), LOSSY),
}
