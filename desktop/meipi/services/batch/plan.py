"""The plan of a batch: which documents make a partition, written down so that a restart has it.

The folder of results holds ``manifest.json``, which names the inputs and the settings,
``plan.jsonl``, a partition a line, and a file for every partition that is done.
"""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from meipi import __version__
from meipi.core.errors import ErrorCode, FileError, MeipiError, Phrase
from meipi.core.reasons import reason_of
from meipi.sources import FORMATS
from meipi.sources.containers import CONTAINERS, Columns, Portion

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

MANIFEST, PLAN = "manifest.json", "plan.jsonl"
_OTHER_SETTINGS = Phrase(
    "它是用其他设置或其他版本的眉批做的",
    "it was made with other settings or by another version of Meipi",
)
_OTHER_INPUTS = Phrase(
    "输入与当时不同，或已有改动", "its inputs were others, or have changed since"
)
_FOREIGN = Phrase("其中有不是结果的文件", "it has files in it that are no results")


@dataclass(frozen=True, slots=True)
class Settings:
    """What the results depend on besides the inputs."""

    columns: Columns = field(default_factory=Columns)
    documents: int = 256
    """About so many in a partition."""
    originals: bool = True
    """Whether the bytes of the documents are kept in the results."""
    version: str = __version__

    def as_json(self) -> str:
        """Return them as they stand in the manifest."""
        return json.dumps(asdict(self), sort_keys=True)


@dataclass(frozen=True, slots=True)
class Partition:
    """What is worked through in one go, and becomes one file of results."""

    number: int
    portions: tuple[Portion, ...]


def files(inputs: Iterable[Path], *, out: Path) -> Iterator[Path]:
    """Yield the files meant by ``inputs``; of a folder its documents and containers, by name.

    Hidden ones and what lies in ``out`` are left out. Raises ``FileError`` for an input that is
    not there.
    """
    kinds = (*(kind.suffixes for kind in FORMATS), *(kind.suffixes for kind in CONTAINERS))
    known = tuple(suffix.lower() for suffixes in kinds for suffix in suffixes)
    for path in inputs:
        try:
            path.stat()
        except OSError as error:
            code = ErrorCode.FILE_NOT_FOUND
            if not isinstance(error, FileNotFoundError):
                code = ErrorCode.FILE_UNREADABLE
            raise FileError(code, path=path, reason=reason_of(error)) from error
        if path.is_dir():
            yield from _below(path.resolve(), known, out.resolve())
        else:
            yield path.resolve()


def _below(folder: Path, suffixes: tuple[str, ...], out: Path) -> Iterator[Path]:
    for place, folders, names in os.walk(folder):
        here = Path(place)
        folders[:] = sorted(n for n in folders if n[0] != "." and here / n != out)
        for name in sorted(names):
            if name[0] != "." and name.lower().endswith(suffixes):
                yield here / name


def fingerprint(found: Iterable[Path]) -> str:
    """Return what changes whenever one of the files does, or another comes or goes."""
    digest = hashlib.sha256()
    for path in found:
        try:
            status = path.stat()
            state = f"{status.st_size}\t{status.st_mtime_ns}"
        except OSError:
            state = "?"
        digest.update(f"{path}\t{state}\n".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def partitions(portions: Iterable[Portion], *, documents: int) -> Iterator[Partition]:
    """Put portions together until they are about so many documents."""
    number = weight = 0
    together: list[Portion] = []
    for portion in portions:
        if together and weight + portion.weight > documents:
            yield Partition(number, tuple(together))
            number, weight, together = number + 1, 0, []
        together.append(portion)
        weight += portion.weight
    if together:
        yield Partition(number, tuple(together))


def is_planned(out: Path, inputs: str, settings: Settings) -> bool:
    """Say whether ``out`` holds the plan for these inputs, as `fingerprint` has them.

    Raises ``MeipiError`` with ``BATCH_OTHER`` where it holds that of others, or other files.
    """
    try:
        manifest: Any = json.loads((out / MANIFEST).read_bytes())
    except FileNotFoundError:
        if any(path.name[0] != "." and path.name != PLAN for path in out.iterdir()):
            raise MeipiError(ErrorCode.BATCH_OTHER, path=out, reason=_FOREIGN) from None
        return False
    except (OSError, ValueError) as error:
        raise MeipiError(ErrorCode.BATCH_OTHER, path=out, reason=_FOREIGN) from error
    if not isinstance(manifest, dict) or "settings" not in manifest:
        raise MeipiError(ErrorCode.BATCH_OTHER, path=out, reason=_FOREIGN)
    if manifest["settings"] != asdict(settings):
        raise MeipiError(ErrorCode.BATCH_OTHER, path=out, reason=_OTHER_SETTINGS)
    if manifest.get("fingerprint") != inputs:
        raise MeipiError(ErrorCode.BATCH_OTHER, path=out, reason=_OTHER_INPUTS)
    return True


def write_plan(
    out: Path,
    planned: Iterable[Partition],
    *,
    named: Sequence[Path],
    inputs: str,
    settings: Settings,
) -> None:
    """Write plan and manifest; the manifest last, so that there is none without a whole plan."""
    count = 0
    with _replacing(out / PLAN) as file:
        for partition in planned:
            file.write(f"{json.dumps([asdict(portion) for portion in partition.portions])}\n")
            count += 1
    manifest = {
        "format": "meipi batch 1",
        "inputs": [str(path) for path in named],
        "fingerprint": inputs,
        "settings": asdict(settings),
        "partitions": count,
    }
    with _replacing(out / MANIFEST) as file:
        file.write(json.dumps(manifest, ensure_ascii=False, indent=1))


@contextmanager
def _replacing(path: Path) -> Iterator[IO[str]]:
    """Give a file to write that takes the place of ``path`` once it is whole."""
    unfinished = path.with_name(f".{path.name}.tmp")
    with unfinished.open("w", encoding="utf-8") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)


def planned_in(out: Path) -> Iterator[Partition]:
    """Yield the partitions of the plan in ``out``."""
    with (out / PLAN).open(encoding="utf-8") as file:
        for number, line in enumerate(file):
            yield Partition(number, tuple(Portion(**portion) for portion in json.loads(line)))


def count_in(out: Path) -> int:
    """Return how many partitions the plan in ``out`` has."""
    return int(json.loads((out / MANIFEST).read_bytes())["partitions"])


def key_of(out: Path) -> str:
    """Return what tells the tasks of one folder of results from those of others."""
    return hashlib.sha256(str(out.resolve()).encode("utf-8", "surrogateescape")).hexdigest()[:16]
