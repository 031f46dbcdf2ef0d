"""Whence a character comes, in words: bytes, decoding, the way through the damage, the proof."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meipi.core.repairs import Proof
from meipi.ui.i18n import number, percent
from meipi.ui.presenters.hovering import HoverCard, word_loss
from meipi.ui.presenters.repairs import channel_label, visible, word_proof

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from meipi.core.repairs import RepairEdit
    from meipi.services.provenance import Provenance
    from meipi.ui.i18n import Words
    from meipi.ui.presenters.repairs import Labels

_LONG = 40
_HEX = 24
"""Bytes shown; a longer run goes on with a dot."""


def origin_card(
    found: Provenance, labels: Labels, encodings: Mapping[str, tuple[str, str]], words: Words
) -> HoverCard:
    """Say all that is known of where a character comes from."""
    edit = found.edit
    kind = channel_label(edit.channel, labels, words) if edit else words("origin.untouched")
    if found.lost is not None:
        kind = words("repair.lost")
    lines = (
        _word_bytes(found, words),
        _word_decoding(found, encodings, words),
        *(_word_repair(found, edit, words) if edit else ()),
        *_word_decided(found, words),
        word_loss(found.lost, words) if found.lost is not None else "",
    )
    doubtful = found.lost is not None or (edit is not None and edit.proof is Proof.INFERRED)
    return HoverCard(_headline(found.text, words), kind, tuple(filter(None, lines)), doubtful)


def _headline(text: str, words: Words) -> str:
    shown = _short(visible(text, words))
    if len(text) != 1:
        return shown
    return f"{shown}  U+{ord(text):04X}"


def _word_bytes(found: Provenance, words: Words) -> str:
    if found.bytes_at is None:
        return words("origin.no_bytes")
    shown = found.data[:_HEX]
    digits = shown.hex(" ").upper() + (" …" if len(found.data) > _HEX else "")
    at, count = number(found.bytes_at), len(found.data)
    if not count:
        return words("origin.empty", at=at)
    return words("origin.bytes", hex=digits, at=at, count=number(count))


def _word_decoding(
    found: Provenance, encodings: Mapping[str, tuple[str, str]], words: Words
) -> str:
    name = encodings.get(found.encoding)
    encoding = words.pick(*name) if name else found.encoding.upper()
    return words("origin.decoded", encoding=encoding, text=_shown(found.source, words))


def _word_repair(found: Provenance, edit: RepairEdit, words: Words) -> Iterator[str]:
    after = _shown(edit.after, words) if edit.after else words("repair.deleted")
    yield words("origin.path", before=_shown(edit.before, words), after=after)
    yield word_proof(edit, words)
    if edit.proof is not Proof.READER and edit.proof is not Proof.INFERRED:
        yield words("repair.confidence", confidence=percent(edit.confidence))
    if found.again == "damaged":
        yield words("origin.damaged", after=after, before=_shown(edit.before, words))
    elif found.again == "inserted":
        yield words(
            "origin.inserted",
            after=after,
            put=_shown(found.insertion, words),
            before=_shown(edit.before, words),
        )


def _word_decided(found: Provenance, words: Words) -> Iterator[str]:
    """Say what was proposed where the reader decided otherwise."""
    proposal = found.proposal
    if proposal is None or found.edit == proposal:
        return
    if found.edit is None:
        yield words("repair.stands")
    if found.edit is None or found.edit.proof is Proof.READER:
        after = _shown(proposal.after, words) if proposal.after else words("repair.deleted")
        yield words("repair.was_proposed", after=after)


def _shown(text: str, words: Words) -> str:
    return _short(visible(text, words))


def _short(text: str) -> str:
    return text if len(text) <= _LONG else f"{text[: _LONG - 1]}…"
