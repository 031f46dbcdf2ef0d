"""Fine-tune LAC's encoder for names, LAC's own head kept by distillation; write the weights.

    python -m train_tagger.train --data FOLDER --plain wiki.txt.gz --out weights.pt --seed 1

FOLDER holds `uner_gsdsimp.train.jsonl.gz`, `uner_gsdsimp.dev.jsonl.gz` (Universal NER) and
`weibo.train.jsonl.gz`; ``--own`` are our own marked texts. One processor core is enough.
"""

from __future__ import annotations

import argparse
import copy
import random
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn
from torch.nn import functional

from train_tagger.data import Sentence, names_of, read_marked, read_own, read_plain, tags_of
from train_tagger.frames import Frames
from train_tagger.network import Tagger, lac_folder, read_encoder, read_vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_BATCH = 32
_UNKNOWN_SHARE = 0.05
_SWAPPED_SHARE = 0.6
_REPEATS = 4
"""Times our own sentences come in an epoch, each time with other names."""
_KEEP = 0.5
"""Weight of staying close to LAC's own head, against the loss of the names."""


@dataclass(frozen=True)
class Batch:
    """Sentences of like length as tensors."""

    numbers: Tensor
    lengths: Tensor
    mask: Tensor
    tags: Tensor | None


def batches(
    sentences: Sequence[Sentence], numbers: dict[str, int], chance: random.Random
) -> Iterator[Batch]:
    """Yield ``sentences`` sorted by length, marked and unmarked apart, batches in random order."""
    groups = []
    for marked in (True, False):
        alike = [one for one in sentences if (one.names is not None) == marked]
        alike.sort(key=lambda one: len(one.text) + chance.random() * 4)
        groups += [alike[at : at + _BATCH] for at in range(0, len(alike), _BATCH)]
    chance.shuffle(groups)
    for group in groups:
        yield to_batch(group, numbers)


def to_batch(group: Sequence[Sentence], numbers: dict[str, int]) -> Batch:
    """Return ``group`` as padded tensors."""
    lengths = torch.tensor([len(one.text) for one in group])
    rows = torch.zeros(len(group), int(lengths.max()), dtype=torch.long)
    tags = torch.zeros_like(rows)
    for at, one in enumerate(group):
        rows[at, : len(one.text)] = torch.tensor([numbers.get(c, 0) for c in one.text])
        tags[at, : len(one.text)] = torch.tensor(tags_of(one))
    mask = (torch.arange(rows.shape[1]) < lengths.unsqueeze(1)).float()
    return Batch(rows, lengths, mask, tags if group[0].names is not None else None)


class Run:
    """One training run: the network, its frozen teacher and the schedule."""

    def __init__(self, tagger: Tagger, teacher: nn.Module, steps: int, *, rate: float) -> None:
        self.tagger = tagger
        self._teacher = teacher.eval()
        head = [tagger.names.weight, tagger.names.bias, tagger.transitions]
        self._optimizer = torch.optim.Adam(
            [{"params": tagger.encoder.parameters(), "lr": rate}, {"params": head, "lr": 4 * rate}]
        )
        self._schedule = torch.optim.lr_scheduler.LambdaLR(
            self._optimizer, lambda step: max(0.02, 1 - step / steps)
        )
        self._step = 0

    def step(self, batch: Batch) -> float:
        """Learn from one batch; return its loss."""
        self.tagger.train()
        hidden = batch.numbers.masked_fill(torch.rand(batch.numbers.shape) < _UNKNOWN_SHARE, 0)
        states = self.tagger.encoder(hidden, batch.lengths)
        loss = torch.zeros(())
        if batch.tags is not None:
            scores = self.tagger.names(states)
            loss = loss + self.tagger.loss(scores, batch.tags, batch.mask).mean()
        # Staying close to LAC is checked on every third labelled batch: it costs a second pass.
        if batch.tags is None or self._step % 3 == 0:
            loss = loss + _KEEP * self._distance(batch, states)
        self._optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(self.tagger.parameters(), 5.0)
        self._optimizer.step()
        self._schedule.step()
        self._step += 1
        return float(loss.detach())

    def _distance(self, batch: Batch, states: Tensor) -> Tensor:
        """Return the divergence from LAC's softmax, summed over a sentence."""
        with torch.no_grad():
            target = self._teacher.words(self._teacher(batch.numbers, batch.lengths))
        mine = functional.log_softmax(self.tagger.encoder.words(states), dim=2)
        each = functional.kl_div(mine, functional.softmax(target, dim=2), reduction="none").sum(2)
        return (each * batch.mask).sum() / len(batch.lengths)


def evaluate(tagger: Tagger, sentences: Sequence[Sentence], numbers: dict[str, int]) -> float:
    """Return the F1 of exact names."""
    tagger.eval()
    right = both = 0
    ordered = sorted(sentences, key=lambda one: len(one.text))
    for at in range(0, len(ordered), _BATCH):
        group = ordered[at : at + _BATCH]
        batch = to_batch(group, numbers)
        with torch.no_grad():
            scores = tagger.names(tagger.encoder(batch.numbers, batch.lengths)).numpy()
        for one, row in zip(group, scores, strict=True):
            found = names_of(tagger.decode(row[: len(one.text)]))
            gold = names_of(tags_of(one))
            right += len(found & gold)
            both += len(found) + len(gold)
    return 2 * right / max(both, 1)


def main() -> None:
    """Train once and write the best epoch's weights."""
    options = _options()
    torch.set_num_threads(1)
    # All runs begin with the same new head: only then may their weights be averaged.
    torch.manual_seed(0)
    vocabulary = read_vocabulary(lac_folder())
    numbers = vocabulary.numbers()
    encoder = read_encoder(lac_folder(), vocabulary)
    tagger, teacher = Tagger(encoder), copy.deepcopy(encoder)
    if options.start:
        tagger.load_state_dict(torch.load(options.start, weights_only=True))
    torch.manual_seed(options.seed)
    chance = random.Random(options.seed)
    marked = read_marked(options.data / "uner_gsdsimp.train.jsonl.gz")
    weibo = read_marked(options.data / "weibo.train.jsonl.gz")
    unseen = read_marked(options.data / "uner_gsdsimp.dev.jsonl.gz")
    plain = read_plain(options.plain, limit=options.unmarked)
    own, ours = (read_own(options.own, split) for split in ("train", "develop"))
    frames = Frames(chance)
    count = len(marked) + len(weibo) + len(plain) + options.generated + _REPEATS * len(own)
    run = Run(tagger, teacher, options.epochs * (count // _BATCH + 2), rate=options.rate)
    best = 0.0
    for epoch in range(options.epochs):
        began = time.monotonic()
        swapped = [
            frames.swapped(one) if chance.random() < _SWAPPED_SHARE else one for one in marked
        ]
        swapped += [frames.swapped(one) for one in own * _REPEATS]
        made = [frames.sentence() for _ in range(options.generated)]
        losses = [
            run.step(batch) for batch in batches([*swapped, *weibo, *made, *plain], numbers, chance)
        ]
        scores = [evaluate(tagger, sentences, numbers) for sentences in (unseen, ours)]
        score = sum(scores) / 2
        mean, took = sum(losses) / len(losses), time.monotonic() - began
        print(f"epoch {epoch} loss {mean:.3f} dev {scores} {took:.0f} s", flush=True)
        if score > best:
            best = score
            torch.save(tagger.state_dict(), options.out)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--plain", type=Path, required=True)
    parser.add_argument("--own", type=Path, default=Path("tests/eval/entity_texts.json"))
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--start", type=Path, help="weights of a run to go on from")
    parser.add_argument("--rate", type=float, default=8e-4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--generated", type=int, default=3000)
    parser.add_argument("--unmarked", type=int, default=1100)
    return parser.parse_args()


if __name__ == "__main__":
    main()
