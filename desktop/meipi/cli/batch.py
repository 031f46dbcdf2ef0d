"""`meipi batch`: a whole corpus to Parquet, on this machine's cores or on a Dask cluster."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

    from meipi.cli.console import Console


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "inputs", metavar="INPUT", nargs="+", type=Path,
        help="documents, folders, .zip, .jsonl, .parquet, .warc",
    )  # fmt: skip
    parser.add_argument(
        "--out", metavar="DIR", type=Path, required=True,
        help="the folder of results; run again on the same one to go on",
    )  # fmt: skip
    parser.add_argument(
        "--scheduler", metavar="ADDRESS", help="a Dask scheduler, such as tcp://10.0.0.5:8786"
    )
    parser.add_argument(
        "--workers", metavar="N", type=_count, help="processes on this machine (default: its cores)"
    )
    parser.add_argument(
        "--text", metavar="COLUMN", default="text", help="where JSON lines and Parquet have a text"
    )
    parser.add_argument("--id", metavar="COLUMN", default="id", help="where they have its identity")
    parser.add_argument(
        "--documents", metavar="N", type=_count, default=256,
        help="documents in a file of results (default: 256)",
    )  # fmt: skip
    parser.add_argument(
        "--no-originals", action="store_true",
        help="leave the documents' own bytes out of the results",
    )  # fmt: skip
    parser.set_defaults(complain=parser.error)


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Work through the inputs; a document that cannot be read is a row that says why."""
    from meipi.services.batch.plan import Settings
    from meipi.services.batch.running import run_batch
    from meipi.sources.containers import Columns

    if arguments.scheduler is not None and arguments.workers is not None:
        arguments.complain("--workers is for this machine; a cluster by --scheduler has its own")
    settings = Settings(
        Columns(arguments.text, arguments.id), arguments.documents, not arguments.no_originals
    )
    with console.drawing("Working") as draw:
        summary = run_batch(
            arguments.inputs,
            arguments.out,
            settings=settings,
            scheduler=arguments.scheduler,
            workers=arguments.workers,
            report=None if draw is None else lambda done, of: draw(done / of if of else 1),
        )
    console.json({"out": str(arguments.out), **asdict(summary)})
    if summary.errors:
        console.say(f"meipi: {summary.errors} documents could not be read; see the column error")
    return 0 if summary.documents else 1


def _count(value: str) -> int:
    number = int(value)
    if number < 1:
        raise ValueError(value)
    return number
