"""What every subcommand shares: UTF-8 streams, standard input, one-line errors and progress."""

from __future__ import annotations

import json
import os
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TextIO, TypeVar

from meipi.core.messages import Language, word

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable, Iterator

    from meipi.core.errors import MeipiError

Item = TypeVar("Item")

STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True)
class Console:
    """The process's streams; tests pass their own."""

    out: TextIO
    errors: TextIO
    input: BinaryIO
    language: Language = "en"

    @classmethod
    def of_process(cls) -> Console:
        r"""Take the process's streams, in UTF-8 whatever the locale says.

        A lone surrogate leaves as ``\udXXX``, which inside JSON is its own escape.
        """
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, TextIOWrapper):
                stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="")
        return cls(sys.stdout, sys.stderr, sys.stdin.buffer, _language_of(os.environ))

    def write(self, text: str) -> None:
        """Print ``text`` exactly."""
        self.out.write(text)

    def line(self, text: str) -> None:
        """Print one line."""
        self.out.write(f"{text}\n")

    def json(self, value: object) -> None:
        """Print one JSON object on a line of its own and pass it on at once."""
        self.line(json.dumps(value, ensure_ascii=False))
        self.out.flush()

    def say(self, text: str) -> None:
        """Tell the person, beside the output."""
        self.errors.write(f"{text}\n")

    def error(self, error: MeipiError) -> None:
        """Say on one line what went wrong and what to do."""
        self.say(f"meipi: {word(error, self.language)}")

    def flush(self) -> None:
        """Hand everything printed to the reader of the pipe."""
        self.out.flush()

    def abandon(self) -> None:
        """Stop writing: the reader of the pipe has gone, and Python would complain at exit."""
        os.dup2(os.open(os.devnull, os.O_WRONLY), self.out.fileno())

    def read(self, name: str) -> bytes:
        """Return the bytes of the file ``name``, or of standard input for ``-``."""
        from meipi.services.texts import read_file

        return self.input.read() if name == STANDARD_INPUT else read_file(Path(name))

    def named(self, name: str) -> str:
        """Return what messages call the file ``name``: ``-`` is no name to anybody."""
        if name != STANDARD_INPUT:
            return name
        return "标准输入" if self.language == "zh" else "standard input"

    def progress(self, items: Iterable[Item], *, total: int, verb: str) -> Iterator[Item]:
        """Yield ``items``, drawing a bar on a terminal where the work is long."""
        shown = self.errors.isatty() and total > 1
        for done, item in enumerate(items):
            if shown:
                filled = 30 * done // total
                self.errors.write(f"\r{verb} [{'#' * filled:<30}] {done}/{total}")
                self.errors.flush()
            yield item
        if shown:
            self.errors.write("\r\033[K")

    @contextmanager
    def drawing(self, verb: str) -> Iterator[Callable[[float], None] | None]:
        """Give a function that draws which share of some work is done; none without a terminal."""
        if not self.errors.isatty():
            yield None
            return

        drawn = -1

        def draw(share: float) -> None:
            nonlocal drawn
            if (percent := int(100 * share)) != drawn:
                drawn = percent
                self.errors.write(f"\r{verb} [{'#' * (3 * percent // 10):<30}] {percent:3}%")
                self.errors.flush()

        yield draw
        self.errors.write("\r\033[K")


def add_library_option(parser: argparse.ArgumentParser) -> None:
    """Give ``parser`` the option that names the library file."""
    parser.add_argument(
        "--library", metavar="DB", type=Path, help="the library file (default: your own)"
    )


def add_coder_option(parser: argparse.ArgumentParser) -> None:
    """Give ``parser`` the option that says who does it."""
    parser.add_argument(
        "--coder", metavar="NAME", default="", help="who does it: for the journal and annotations"
    )


def _language_of(environment: os._Environ[str]) -> Language:
    locale = environment.get("LC_ALL") or environment.get("LC_MESSAGES") or environment.get("LANG")
    return "zh" if (locale or "").lower().startswith("zh") else "en"
