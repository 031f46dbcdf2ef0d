"""Teach the small network what the trained GRU knows; write its weights.

    python -m train_tagger.distil --teacher tagger.onnx --data FOLDER --plain wiki.gz --out s.pt

The GRU marks all of the text, openly licensed and made, with its chances of every tag, and the
student learns these; where a sentence is marked by hand its names count beside the GRU's.
"""

from __future__ import annotations

import argparse
import copy
import math
import random
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from train_tagger.data import TAGS, Sentence, names_of, read_marked, read_plain, tags_of
from train_tagger.frames import Frames
from train_tagger.student import Student
from train_tagger.teacher import Teacher

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_CHARACTERS = 2600
"""Characters of a batch."""
_UNKNOWN_SHARE = 0.04
_HAND = 0.6
"""Weight of names marked by hand against the GRU's opinion of the same sentence."""
_NAMES = 2.0
"""Weight of the names' head against the words'."""
_SWAPS = 2
_MEAN = 0.999


@dataclass(frozen=True)
class Lesson:
    """A sentence with the chances of its tags."""

    rows: Any
    words: Any
    names: Any


def lessons(teacher: Teacher, sentences: Sequence[Sentence]) -> list[Lesson]:
    """Mark ``sentences``."""
    answers = teacher.chances([one.text for one in sentences])
    made = []
    for one, (words, names) in zip(sentences, answers, strict=True):
        rows = np.array([teacher.numbers.get(c, 0) for c in one.text], dtype=np.int16)
        made.append(Lesson(rows, words, names if one.names is None else _with_hand(one, names)))
    return made


def _with_hand(sentence: Sentence, chances: Any) -> Any:
    own = np.eye(len(TAGS), dtype=np.float16)[tags_of(sentence)]
    return (_HAND * own + (1 - _HAND) * chances).astype(np.float16)


def varied(sentences: Iterable[Sentence], teacher: Teacher, frames: Frames) -> list[Sentence]:
    """Return unmarked ``sentences`` with some of the names the GRU finds swapped for made ones."""
    chosen = list(sentences)
    swapped = []
    for one, (_, chances) in zip(chosen, teacher.chances([s.text for s in chosen]), strict=True):
        names = tuple(sorted(names_of(chances.argmax(1).tolist())))
        if names:
            changed = frames.swapped(Sentence(one.text, names)).text
            if changed != one.text:
                swapped.append(Sentence(changed, None))
    return swapped


def gathered(options: argparse.Namespace, teacher: Teacher, chance: random.Random) -> list[Lesson]:
    """Return all lessons: text as it is, text with other names, text marked by hand, made text."""
    frames = Frames(chance)
    plain = [one for path in options.plain for one in read_plain(path, limit=10**6, shortest=4)]
    hand = [
        one
        for name in ("uner_gsdsimp.train", "weibo.train", *options.also)
        for one in read_marked(options.data / f"{name}.jsonl.gz")
    ]
    sentences = [*plain, *varied(plain, teacher, frames), *hand]
    for _ in range(_SWAPS):
        sentences += [frames.swapped(one) for one in hand if one.names]
    sentences += [frames.sentence() for _ in range(options.generated)]
    print(f"{len(sentences)} sentences, {sum(len(s.text) for s in sentences):,} characters")
    return lessons(teacher, [one for one in sentences if one.text])


def batches(made: Sequence[Lesson], chance: random.Random) -> Iterator[list[Lesson]]:
    """Yield the lessons in batches of like length, in random order."""
    ordered = sorted(made, key=lambda one: len(one.rows) + chance.random() * 6)
    groups: list[list[Lesson]] = [[]]
    for one in ordered:
        if (len(groups[-1]) + 1) * len(one.rows) > _CHARACTERS and groups[-1]:
            groups.append([])
        groups[-1].append(one)
    chance.shuffle(groups)
    yield from groups


def padded(group: Sequence[Lesson]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Return rows, mask and both heads' chances as tensors."""
    longest = max(len(one.rows) for one in group)
    rows = np.zeros((len(group), longest), dtype=np.int64)
    mask = np.zeros((len(group), longest), dtype=np.float32)
    words = np.zeros((len(group), longest, group[0].words.shape[1]), dtype=np.float32)
    names = np.zeros((len(group), longest, len(TAGS)), dtype=np.float32)
    for at, one in enumerate(group):
        size = len(one.rows)
        rows[at, :size], mask[at, :size] = one.rows, 1
        words[at, :size], names[at, :size] = one.words, one.names
    return tuple(torch.from_numpy(table) for table in (rows, mask, words, names))  # type: ignore[return-value]


def divergence(scores: Tensor, chances: Tensor) -> Tensor:
    """Return the cross entropy, a character's mean; padding has no chances and costs nothing."""
    return -(functional.log_softmax(scores.float(), 2) * chances).sum() / chances.sum()


def score(student: Student, sentences: Sequence[Sentence], numbers: dict[str, int]) -> float:
    """Return the F1 of exact names, each character by itself."""
    student.eval()
    right = both = 0
    for one in sentences:
        rows = torch.tensor([[numbers.get(c, 0) for c in one.text]])
        with torch.no_grad():
            _, names = student(rows, torch.ones(rows.shape))
        found, gold = names_of(names[0].argmax(1).tolist()), set(one.names or ())
        right += len(found & gold)
        both += len(found) + len(gold)
    return 2 * right / max(both, 1)


def learn(
    student: Student, made: Sequence[Lesson], options: argparse.Namespace
) -> Iterator[Student]:
    """Yield the running mean of the weights after every epoch."""
    chance = random.Random(options.seed)
    steps = options.epochs * sum(1 for _ in batches(made, chance))
    optimizer = torch.optim.AdamW(student.parameters(), lr=options.rate, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _rate(step, steps))
    mean, step = copy.deepcopy(student), 0
    for epoch in range(options.epochs):
        began, losses = time.monotonic(), []
        student.train()
        for group in batches(made, chance):
            losses.append(_step(student, group, optimizer))
            schedule.step()
            step += 1
            keep = min(_MEAN, step / (step + 10))
            with torch.no_grad():
                for slow, fast in zip(mean.parameters(), student.parameters(), strict=True):
                    slow.lerp_(fast, 1 - keep)
        took = time.monotonic() - began
        print(f"epoch {epoch} loss {sum(losses) / len(losses):.4f} {took:.0f} s", flush=True)
        yield mean


def _rate(step: int, steps: int) -> float:
    """Return the share of the highest rate: up in 300 steps, then down along a cosine."""
    return min(1.0, step / 300) * (0.51 + 0.49 * math.cos(math.pi * min(1.0, step / steps)))


def _step(student: Student, group: Sequence[Lesson], optimizer: torch.optim.Optimizer) -> float:
    """Learn from one batch; return its loss."""
    rows, mask, words, names = padded(group)
    rows = rows.masked_fill(torch.rand(rows.shape) < _UNKNOWN_SHARE, 0)
    with torch.autocast("cpu", torch.bfloat16):
        word_scores, name_scores = student(rows, mask)
    loss = divergence(word_scores, words) + _NAMES * divergence(name_scores, names)
    optimizer.zero_grad()
    loss.backward()
    torch.nn.utils.clip_grad_norm_(student.parameters(), 1.0)
    optimizer.step()
    return float(loss.detach())


def main() -> None:
    """Teach one student and keep the last epoch's mean weights."""
    options = _options()
    torch.set_num_threads(1)
    torch.manual_seed(options.seed)
    teacher = Teacher(options.teacher)
    made = gathered(options, teacher, random.Random(options.seed))
    student = Student(
        len(teacher.characters), teacher.embedding.shape[1], len(teacher.word_tags), len(TAGS)
    )
    with torch.no_grad():
        student.embedding.weight.copy_(torch.from_numpy(teacher.embedding))
    if options.start:
        student.load_state_dict(torch.load(options.start, weights_only=True))
    unseen = read_marked(options.data / "uner_gsdsimp.dev.jsonl.gz")
    for mean in learn(student, made, options):
        print(f"  names on dev {score(mean, unseen, teacher.numbers):.4f}", flush=True)
        torch.save(mean.state_dict(), options.out)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--teacher", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--plain", type=Path, required=True, nargs="+")
    parser.add_argument("--also", nargs="*", default=[], help="more marked sets in --data")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--start", type=Path, help="weights to go on from")
    parser.add_argument("--rate", type=float, default=2e-3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--epochs", type=int, default=12)
    parser.add_argument("--generated", type=int, default=15000)
    return parser.parse_args()


if __name__ == "__main__":
    main()
