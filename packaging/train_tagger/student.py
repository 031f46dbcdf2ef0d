"""The network the program runs: gated convolutions over characters, taught by the GRU.

It has a sixth of the GRU's cost in eight bits, and no step waits for the one before it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn
from torch.nn import functional

if TYPE_CHECKING:
    from collections.abc import Sequence

DILATIONS = (1, 2, 4, 8, 1, 2)
"""How far each layer looks to the left and right."""


class Layer(nn.Module):
    """Adds to each character what a gate lets through of itself and two neighbours."""

    def __init__(self, width: int, reach: int) -> None:
        super().__init__()
        self.reach = reach
        self.mix = nn.Linear(3 * width, 2 * width)

    def forward(self, states: Tensor, mask: Tensor) -> Tensor:
        """Return the new states, (batch, place, width), nothing past a sentence's end."""
        places = states.shape[1]
        padded = functional.pad(states, (0, 0, self.reach, self.reach))
        beside = [padded[:, at * self.reach :][:, :places] for at in range(3)]
        value, gate = self.mix(torch.cat(beside, 2)).chunk(2, 2)
        return (states + value * torch.sigmoid(gate)) * mask


class Student(nn.Module):
    """Characters → scores of word tags and of name tags."""

    def __init__(
        self, rows: int, width: int, words: int, names: int, reaches: Sequence[int] = DILATIONS
    ) -> None:
        super().__init__()
        self.embedding = nn.Embedding(rows, width)
        self.layers = nn.ModuleList(Layer(width, reach) for reach in reaches)
        self.words = nn.Linear(width, words)
        self.names = nn.Linear(width, names)
        self.dropout = nn.Dropout(0.1)

    def forward(self, numbers: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """Return the scores of both heads, (batch, place, tag)."""
        mask = mask.unsqueeze(2)
        states = self.dropout(self.embedding(numbers)) * mask
        for layer in self.layers:
            states = layer(states, mask)
        states = self.dropout(states)
        return self.words(states), self.names(states)
