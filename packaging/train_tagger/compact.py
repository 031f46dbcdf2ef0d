"""Write a student as the ONNX file the program reads, in eight bits.

    python -m train_tagger.compact --teacher tagger.onnx --data FOLDER --out quick.onnx student.pt

One file holds everything: the network, and as metadata the characters of its rows and the tags of
both heads. What enters a layer is rounded by a scale measured on the training set once, so what
the network says of a sentence does not depend on what else is read with it. Weights keep to seven
bits: processors without VNNI add pairs of products in sixteen.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper

from train_tagger.data import TAGS, read_marked
from train_tagger.graph import Graph
from train_tagger.student import Student
from train_tagger.teacher import Teacher

if TYPE_CHECKING:
    from collections.abc import Sequence

_OPSET = 18
_LARGEST = 63
_SAMPLE = 600
_PERSON = 1.75
"""A chance between 0.1 and 0.9 of a person is as doubtful as a likeliest tag below 0.7."""
_SHARE = 0.99995
"""Of all inputs to a layer this share is within its scale; the rest is clipped."""


class Eights:
    """Adds products of eight-bit numbers to a graph."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._zero = graph.constant("zero", np.array(128, dtype=np.uint8))

    def rounded(self, name: str, states: str, largest: float) -> tuple[str, str]:
        """Return ``states`` in eight bits and their scale."""
        scale = self._graph.constant(f"{name}_scale", np.array(largest / 127, dtype=np.float32))
        return self._graph.node("QuantizeLinear", [states, scale, self._zero], f"{name}_in"), scale

    def product(self, name: str, states: str, scale: str, matrix: Any, bias: Any) -> str:
        """Return states · ``matrix`` + ``bias``; ``matrix`` is (in, out), with a scale a column."""
        scales = np.maximum(np.abs(matrix).max(axis=0), 1e-6) / _LARGEST
        graph = self._graph
        inputs = [
            states,
            graph.constant(f"{name}_matrix", np.round(matrix / scales).astype(np.int8)),
            scale,
            graph.constant(f"{name}_scales", scales.astype(np.float32)),
            self._zero,
            graph.constant(f"{name}_zeros", np.zeros(len(scales), dtype=np.int8)),
            graph.constant(f"{name}_bias", bias.astype(np.float32)),
        ]
        return graph.node("MatMulIntegerToFloat", inputs, name, domain="com.microsoft")

    def beside(self, name: str, states: str, reach: int) -> str:
        """Return each character's left neighbour, itself and its right one in a row."""
        graph = self._graph
        padding = graph.constant(f"{name}_padding", np.array([0, reach, 0, 0, reach, 0]))
        padded = graph.node("Pad", [states, padding, self._zero], f"{name}_padded")
        axis = graph.constant(f"{name}_axis", np.array([1]))
        left, right = (
            graph.node(
                "Slice",
                [
                    padded,
                    graph.constant(f"{name}_{side}_from", np.array([first])),
                    graph.constant(f"{name}_{side}_to", np.array([last])),
                    axis,
                ],
                f"{name}_{side}",
            )
            for side, first, last in (("left", 0, -2 * reach), ("right", 2 * reach, 2**31))
        )
        return graph.node("Concat", [left, states, right], f"{name}_beside", axis=2)


def network(student: Student, largest: Sequence[float]) -> onnx.ModelProto:
    """Return the graph: rows, mask → the likeliest tags of words and names, how sure names are.

    ``largest`` holds the largest number that enters each layer, and at last the heads.
    """
    graph = Graph()
    eights = Eights(graph)
    weights = {name: value.numpy() for name, value in student.state_dict().items()}
    states = graph.node("Mul", [_embedded(graph, weights["embedding.weight"]), "mask"], "states")
    for at, layer in enumerate(student.layers):
        name = f"layer{at}"
        rounded, scale = eights.rounded(name, states, largest[at])
        beside = eights.beside(name, rounded, layer.reach)
        matrix, bias = weights[f"layers.{at}.mix.weight"].T, weights[f"layers.{at}.mix.bias"]
        half = len(bias) // 2
        value = eights.product(f"{name}_value", beside, scale, matrix[:, :half], bias[:half])
        gate = eights.product(f"{name}_gate", beside, scale, matrix[:, half:], bias[half:])
        through = graph.node("Sigmoid", [gate], f"{name}_open")
        let = graph.node("Mul", [value, through], f"{name}_let")
        added = graph.node("Add", [states, let], f"{name}_added")
        states = graph.node("Mul", [added, "mask"], f"{name}_out")
    rounded, scale = eights.rounded("heads", states, largest[-1])
    for head in ("words", "names"):
        scores = f"{head}_scores"
        matrix, bias = weights[f"{head}.weight"].T, weights[f"{head}.bias"]
        eights.product(scores, rounded, scale, matrix, bias)
        graph.node("ArgMax", [scores], head, axis=2, keepdims=0)
    _surest(graph)
    return _model(graph)


def _surest(graph: Graph) -> None:
    """Say of each character how sure its name tag is: as likely as it is, and a person or none.

    Whether it is part of a person's name must be surer than what it is otherwise.
    """
    chances = graph.node("Softmax", ["names_scores"], "chances", axis=2)
    last = graph.constant("last", np.array([2]))
    likeliest = graph.node("ReduceMax", [chances, last], "likeliest", keepdims=0)
    person = np.array([[tag.endswith("PER")] for tag in TAGS], dtype=np.float32)
    people = graph.node("MatMul", [chances, graph.constant("person", person)], "people")
    flat = graph.node("Squeeze", [people, last], "flat")
    half = graph.constant("half", np.array(0.5, dtype=np.float32))
    apart = graph.node("Abs", [graph.node("Sub", [flat, half], "off")], "apart")
    factor = graph.constant("person_factor", np.array(_PERSON, dtype=np.float32))
    graph.node("Min", [likeliest, graph.node("Mul", [apart, factor], "clear")], "sure")


def _embedded(graph: Graph, table: Any) -> str:
    """Look up rows kept in eight bits with a scale each."""
    scale = np.maximum(np.abs(table).max(axis=1, keepdims=True), 1e-6) / 127
    small = graph.constant("embedding", np.round(table / scale).astype(np.int8))
    scales = graph.constant("scales", scale.astype(np.float32))
    rounded = graph.node("Gather", [small, "rows"], "rounded")
    floats = graph.node("Cast", [rounded], "floats", to=TensorProto.FLOAT)
    return graph.node(
        "Mul", [floats, graph.node("Gather", [scales, "rows"], "factors")], "embedded"
    )


def _model(graph: Graph) -> onnx.ModelProto:
    def value(name: str, kind: int, *shape: str | int) -> onnx.ValueInfoProto:
        return helper.make_tensor_value_info(name, kind, shape)

    body = helper.make_graph(
        graph.nodes,
        "tagger",
        [
            value("rows", TensorProto.INT32, "batch", "place"),
            value("mask", TensorProto.FLOAT, "batch", "place", 1),
        ],
        [
            value("words", TensorProto.INT64, "batch", "place"),
            value("names", TensorProto.INT64, "batch", "place"),
            value("sure", TensorProto.FLOAT, "batch", "place"),
        ],
        graph.constants,
    )
    domains = [helper.make_opsetid("", _OPSET), helper.make_opsetid("com.microsoft", 1)]
    model = helper.make_model(body, opset_imports=domains)
    model.ir_version = 8
    return model


def largest_inputs(student: Student, texts: Sequence[str], numbers: dict[str, int]) -> list[float]:
    """Return the largest number that enters each layer and the heads, but for a few outliers."""
    found: list[list[Any]] = [[] for _ in range(len(student.layers) + 1)]
    for text in texts:
        rows = torch.tensor([[numbers.get(character, 0) for character in text]])
        mask = torch.ones(*rows.shape, 1)
        with torch.no_grad():
            states = student.embedding(rows)
            for at, layer in enumerate(student.layers):
                found[at].append(states.abs().flatten().numpy())
                states = layer(states, mask)
            found[-1].append(states.abs().flatten().numpy())
    return [float(np.quantile(np.concatenate(inputs), _SHARE)) for inputs in found]


def main() -> None:
    """Write the student's file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", type=Path)
    parser.add_argument("--teacher", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    teacher = Teacher(options.teacher)
    student = Student(
        len(teacher.characters), teacher.embedding.shape[1], len(teacher.word_tags), len(TAGS)
    )
    student.load_state_dict(torch.load(options.weights, weights_only=True))
    student.eval()
    sample = read_marked(options.data / "uner_gsdsimp.train.jsonl.gz")[:_SAMPLE]
    largest = largest_inputs(student, [one.text for one in sample], teacher.numbers)
    print("largest inputs", [round(value, 2) for value in largest])
    model = network(student, largest)
    kept = ("characters", "word_tags", "name_tags", "licence")
    helper.set_model_props(model, {name: teacher.metadata[name] for name in kept})
    options.out.write_bytes(model.SerializeToString())
    print(f"{options.out}: {options.out.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
