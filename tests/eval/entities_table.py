"""Compare taggers, alone and with the rules, on the texts of this folder and on sets of others.

    python -m tests.eval.entities_table [FOLDER SET ...]

A SET is the name of FOLDER/SET.jsonl.gz: lines of `text` and `entities` ([start, end, type]), of
which people, places and organisations count. The figures are kept in `entities_record.md`.
"""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from tests.eval.entity_gold import Marked, f1, mentions_of, one_type, others, pieces, spans_of

from meipi.entities import pipeline
from meipi.entities.cutting import cut
from meipi.entities.folding import fold_text
from meipi.entities.network import NetworkTagger
from meipi.entities.tagger import JiebaTagger, LacTagger, Tagger

if TYPE_CHECKING:
    from collections.abc import Callable

Spans = set[Marked]

_NAMES = {"PER", "ORG", "LOC", "FAC"}
_TAGGERS = {"jieba": JiebaTagger, "LAC": LacTagger, "Meipi's network": NetworkTagger}


def alone(tagger: Tagger, text: str) -> Spans:
    """Return the names as the tagger has them."""
    folded = fold_text(text)
    return {(token.start, token.end, token.tag) for token in tagger.tag(folded, cut(folded))}


def ruled(tagger: Tagger, text: str) -> Spans:
    """Return the names the whole pipeline finds on this tagger."""
    pipeline.load_tagger = lambda: tagger
    return set(spans_of(mentions_of(text, None)))


def names(spans: Spans) -> Spans:
    """Keep names, places and facilities as one."""
    return one_type(span for span in spans if span[2] in _NAMES)


def row(find: Callable[[str], Spans], texts: list[tuple[str, Spans]]) -> str:
    """Return F1 over all, then by type."""
    scores = f1((names(find(text)), names(gold)) for text, gold in texts)
    kinds = " ".join(f"{scores.get(kind, 0) * 100:.0f}" for kind in ("PER", "LOC", "ORG"))
    return f"{scores['all'] * 100:.1f} ({kinds})"


def main(arguments: list[str]) -> None:
    """Print a table, a line a variant."""
    sets = {
        split: [(piece.text, set(piece.spans)) for piece in pieces(split)]
        for split in ("develop", "locked")
    }
    for name in arguments[1:]:
        sets[name] = list(others(Path(arguments[0]) / f"{name}.jsonl.gz"))
    print("| variant |", " | ".join(sets), "|")
    print("| --- |", " | ".join("---" for _ in sets), "|")
    for label, kind in _TAGGERS.items():
        tagger = kind()
        for way, find in (("alone", alone), ("and rules", ruled)):
            cells = [row(partial(find, tagger), texts) for texts in sets.values()]
            print(f"| {label} {way} |", " | ".join(cells), "|", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
