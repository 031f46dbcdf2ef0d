"""Average the weights of several runs and write them as the ONNX file the program reads.

    python -m train_tagger.export --out resources/entities/tagger.onnx run1.pt run2.pt run3.pt

One file holds everything: the network, and as metadata the characters of its rows, the tags and
the transitions of both heads. The embedding is kept in eight bits with a scale a row, the rest in
sixteen; the runtime widens both when it loads the file.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper

from train_tagger.data import TAGS, TYPES
from train_tagger.graph import Graph
from train_tagger.network import WIDTH, Encoder, Tagger, Vocabulary, lac_folder, read_vocabulary

_OPSET = 17
_FLOOR = 0.03
_ALSO = {"nr": "PER", "ns": "LOC", "nt": "ORG"}
"""LAC writes names both ways."""


def averaged(paths: list[Path], vocabulary: Vocabulary) -> Tagger:
    """Return a tagger with the mean of the runs' weights."""
    states = [torch.load(path, weights_only=True) for path in paths]
    tagger = Tagger(Encoder(len(vocabulary.rows)))
    tagger.load_state_dict(
        {name: torch.stack([state[name] for state in states]).mean(0) for name in states[0]}
    )
    return tagger.eval()


def network(tagger: Tagger, word_tags: list[str], *, fused: float) -> onnx.ModelProto:
    """Return the graph: rows (batch, place), lengths → (place, batch, tags) of words and names."""
    graph = Graph()
    weights = {name: value.numpy() for name, value in tagger.state_dict().items()}
    states = _layer(graph, weights, 0, _embedded(graph, weights["encoder.embedding.weight"]))
    states = _layer(graph, weights, 1, states)
    for name in ("encoder.words.weight", "encoder.words.bias"):
        weights[name] = weights[name][: len(word_tags)]
    words = _linear(graph, weights, "encoder.words", "words", states)
    names = _linear(graph, weights, "names", "own_names", states)
    _fuse(graph, word_tags, words, names, weight=fused)
    integers = TensorProto.INT32
    body = helper.make_graph(
        graph.nodes,
        "tagger",
        [
            helper.make_tensor_value_info("rows", integers, ["batch", "place"]),
            helper.make_tensor_value_info("lengths", integers, ["batch"]),
        ],
        [
            helper.make_tensor_value_info(name, TensorProto.FLOAT, ["place", "batch", size])
            for name, size in (("words", len(word_tags)), ("names", len(TAGS)))
        ],
        graph.constants,
    )
    model = helper.make_model(body, opset_imports=[helper.make_opsetid("", _OPSET)])
    model.ir_version = 8
    onnx.checker.check_model(model)
    return model


def _embedded(graph: Graph, table: np.ndarray) -> str:
    """Look up rows kept in eight bits."""
    scale = np.maximum(np.abs(table).max(axis=1, keepdims=True), 1e-6) / 127
    small = graph.constant("embedding", np.round(table / scale).astype(np.int8))
    scales = graph.constant("scales", scale.astype(np.float32))
    rounded = graph.node("Gather", [small, "rows"], "rounded")
    floats = graph.node("Cast", [rounded], "floats", to=TensorProto.FLOAT)
    factors = graph.node("Gather", [scales, "rows"], "factors")
    embedded = graph.node("Mul", [floats, factors], "embedded")
    return graph.node("Transpose", [embedded], "by_place", perm=[1, 0, 2])


def _layer(graph: Graph, weights: dict[str, np.ndarray], layer: int, below: str) -> str:
    """Add a bidirectional GRU and bring its output to (place, batch, 256)."""
    prefix = "encoder.gru"

    def both(kind: str) -> np.ndarray:
        names = [f"{prefix}.{kind}_l{layer}{way}" for way in ("", "_reverse")]
        return np.stack([_gates(weights[name]) for name in names])

    biases = np.concatenate([both("bias_ih"), both("bias_hh")], axis=1)
    inputs = [
        below,
        graph.half(f"inputs{layer}", both("weight_ih")),
        graph.half(f"states{layer}", both("weight_hh")),
        graph.half(f"biases{layer}", biases),
        "lengths",
    ]
    output = graph.node(
        "GRU", inputs, f"gru{layer}", hidden_size=WIDTH, direction="bidirectional",
        linear_before_reset=1,
    )  # fmt: skip
    turned = graph.node("Transpose", [output], f"turned{layer}", perm=[0, 2, 1, 3])
    shape = graph.constant(f"shape{layer}", np.array([0, 0, 2 * WIDTH], dtype=np.int64))
    return graph.node("Reshape", [turned, shape], f"layer{layer}")


def _gates(table: np.ndarray) -> np.ndarray:
    """Reorder torch's gates (reset, update, new) to ONNX's (update, reset, new)."""
    reset, update, new = np.split(table, 3)
    return np.concatenate([update, reset, new])


def _linear(
    graph: Graph, weights: dict[str, np.ndarray], source: str, name: str, states: str
) -> str:
    matrix = graph.half(f"{name}_matrix", weights[f"{source}.weight"].T)
    bias = graph.half(f"{name}_bias", weights[f"{source}.bias"])
    return graph.node("Add", [graph.node("MatMul", [states, matrix], f"{name}_raw"), bias], name)


def _fuse(graph: Graph, word_tags: list[str], words: str, names: str, *, weight: float) -> None:
    """Let LAC's head have a say: names += weight · log(its share for the type + floor)."""
    sums = graph.constant("kinds", _kinds(word_tags))
    shares = graph.node("Softmax", [words], "shares", axis=2)
    summed = graph.node("MatMul", [shares, sums], "summed")
    floor = graph.constant("floor", np.array(_FLOOR, dtype=np.float32))
    logarithms = graph.node("Log", [graph.node("Add", [summed, floor], "lifted")], "logarithms")
    factor = graph.constant("factor", np.array(weight, dtype=np.float32))
    graph.node("Add", [names, graph.node("Mul", [logarithms, factor], "advice")], "names")


def _kinds(word_tags: list[str]) -> np.ndarray:
    """Return which of LAC's tags speak for which of ours."""
    table = np.zeros((len(word_tags), len(TAGS)), dtype=np.float32)
    for row, tag in enumerate(word_tags):
        name = tag.rpartition("-")[0]
        kind = _ALSO.get(name, name)
        for column, own in enumerate(TAGS):
            table[row, column] = own[2:] == (kind if kind in TYPES else "")
    return table


def metadata(tagger: Tagger, vocabulary: Vocabulary, word_tags: list[str]) -> dict[str, str]:
    """Return what the program needs beside the network, as JSON."""
    crossings = np.load(lac_folder() / "lac_crf_transitions.npy")
    used = len(word_tags)
    tables = {
        "characters": list(vocabulary.rows),
        "word_tags": word_tags,
        "word_steps": np.round(crossings[:used, :used].astype(float), 4).tolist(),
        "name_tags": list(TAGS),
        "name_steps": np.round(tagger.steps().detach().double().numpy(), 4).tolist(),
        "name_begins": tagger.begins.tolist(),
        "name_ends": tagger.ends.tolist(),
        "licence": "CC BY-SA 4.0",
    }
    return {name: json.dumps(table, ensure_ascii=False) for name, table in tables.items()}


def read_word_tags() -> list[str]:
    """Return LAC's tags by number, without its unused outputs; of two with one, the later."""
    rows = (line.split("\t") for line in (lac_folder() / "tag.dic").read_text("utf-8").split("\n"))
    numbered = {int(row[0]): row[1] for row in rows if len(row) == 2}
    return [numbered[number] for number in range(len(numbered))]


def main() -> None:
    """Write the averaged network."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("runs", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--fused", type=float, default=0.2)
    options = parser.parse_args()
    vocabulary = read_vocabulary(lac_folder())
    tagger = averaged(options.runs, vocabulary)
    word_tags = read_word_tags()
    model = network(tagger, word_tags, fused=options.fused)
    helper.set_model_props(model, metadata(tagger, vocabulary, word_tags))
    options.out.write_bytes(model.SerializeToString())
    print(f"{options.out}: {options.out.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
