"""Leave out one stage of the pipeline at a time: does it pay on texts it has not seen?

    python -m tests.eval.entities_ablation [FOLDER SET ...]

A line a stage: F1 over all types without it on the splits "develop" and "locked", over names on
each SET (the name of FOLDER/SET.jsonl.gz), and how much the stage is worth there. The figures are
kept in `entities_record.md`.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from tests.eval.entity_gold import Marked, f1, mentions_of, one_type, others, pieces, spans_of

from meipi.entities import grow, names, pipeline, spread

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Texts = list[tuple[str, str | None, set[Marked]]]

_NAMES = {"PER", "ORG", "LOC", "FAC"}


def _nothing(*_: Any, **__: Any) -> list[Any]:
    return []


def _second(_: Any, drafts: Any, *__: Any) -> list[Any]:
    return list(drafts)


def _third(_: Any, __: Any, drafts: Any, **___: Any) -> list[Any]:
    return list(drafts)


STAGES: dict[str, tuple[Any, str, Callable[..., Any]]] = {
    "nothing": (pipeline, "__doc__", str),
    "figures": (pipeline, "find_figures", _nothing),
    "times": (pipeline, "find_times", _nothing),
    "figures agree with words": (pipeline, "agreeing_figures", _third),
    "titles": (pipeline, "find_titles", _nothing),
    "events by words": (pipeline, "find_events", _nothing),
    "titles trimmed": (pipeline, "trimmed_titles", lambda _, drafts, __: list(drafts)),
    "names parted": (names, "_parted", lambda _, draft: [draft]),
    "names trimmed": (names, "_trimmed", _second),
    "gazetteer": (pipeline, "find_places", _nothing),
    "institutions": (pipeline, "find_institutions", _nothing),
    "growth": (pipeline, "grow", _third),
    "growth over organs": (grow, "_with_organ", lambda *_: None),
    "growth over parts": (grow, "_with_part", lambda *_: None),
    "growth over trades": (grow, "_trade", lambda *_: None),
    "chains of divisions": (pipeline, "chain", _second),
    "place and what is called by it": (pipeline, "attach", _second),
    "nameless organs": (pipeline, "nameless_organs", _nothing),
    "companies": (pipeline, "companies", _nothing),
    "people completed": (pipeline, "complete_people", _third),
    "people by titles": (pipeline, "find_people", _nothing),
    "sifting": (pipeline, "sift", _third),
    "document pass": (pipeline, "spread", _third),
    "repeats": (spread, "_repeats", _nothing),
    "told short forms": (spread, "_aliases", _nothing),
    "nuclei": (spread, "_nuclei", _nothing),
}
"""Stage → the module and name that holds it, and what stands in for it."""


@contextmanager
def without(stage: str) -> Iterator[None]:
    """Run the pipeline without ``stage``."""
    module, name, instead = STAGES[stage]
    with patch.object(module, name, instead):
        yield


def own(split: str) -> Texts:
    """Return a split of our own texts, all types."""
    return [(piece.text, piece.date, one_type(piece.spans)) for piece in pieces(split)]


def foreign(path: Path) -> Texts:
    """Return a set of others, names alone."""
    return [
        (text, None, one_type(s for s in gold if s[2] in _NAMES)) for text, gold in others(path)
    ]


def score(texts: Texts, kinds: set[str] | None) -> float:
    """Return F1 over ``kinds``, over all without."""
    pairs = []
    for text, date, gold in texts:
        found = spans_of(mentions_of(text, date))
        pairs.append((one_type(s for s in found if kinds is None or s[2] in kinds), gold))
    return 100 * f1(pairs)["all"]


def main(arguments: list[str]) -> None:
    """Print a table, a line a stage."""
    sets: dict[str, tuple[Texts, set[str] | None]] = {
        split: (own(split), None) for split in ("develop", "locked")
    }
    for name in arguments[1:]:
        sets[name] = foreign(Path(arguments[0]) / f"{name}.jsonl.gz"), _NAMES
    print("| without |", " | ".join(sets), "|")
    print("| --- |", " | ".join("---" for _ in sets), "|")
    full: dict[str, float] = {}
    for stage in STAGES:
        with without(stage):
            scores = {name: score(*texts) for name, texts in sets.items()}
        full = full or scores
        cells = [f"{value:.1f} ({full[name] - value:+.1f})" for name, value in scores.items()]
        print(f"| {stage} |", " | ".join(cells), "|", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
