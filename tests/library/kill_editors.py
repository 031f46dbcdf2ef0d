"""Kills editors of one library in the middle of their work, again and again, and compares.

Run as a program: ``kill_editors.py LIBRARY ROUNDS SEED``. Each round a forked child edits and says
before each act what the annotations will be after it, and after the act that it is on the disk.
Killed at a random moment, the library must hold the state said last, or the one being made.
"""

from __future__ import annotations

import json
import os
import random
import select
import signal
import sqlite3
import sys
import time
from contextlib import closing
from pathlib import Path

# Loaded before the forks, so that a round costs milliseconds.
import sqlite_utils  # noqa: F401

from meipi.core.document import Decoded, Structure
from meipi.core.errors import MeipiError
from meipi.core.reading import Prepared
from meipi.core.repairs import Repaired
from meipi.core.spans import Span
from meipi.core.textmap import TextMap
from meipi.library.backup import folder_of, listed
from meipi.services import pipeline
from meipi.services.backups import Rule
from meipi.services.workspace import Workspace

TEXT = "天津市宝坻区推进京津冀协同发展走深走实。" * 50
TAGS = ("产业", "民生", "生态")

RULE = Rule()

State = dict[str, list[object]]
"""The annotations by the beginning of their note: start, end, tag, note."""


def prepare(data: bytes, *, name: str, encoding: str | None = None) -> Prepared:
    """Read UTF-8 as it is."""
    del name, encoding
    text = data.decode()
    return Prepared(
        Decoded(text, "utf-8"), Repaired(text, (), TextMap.identity(len(text))), Structure(())
    )


class Editor:
    """Edits at random, foretelling each result with a model of its own."""

    def __init__(self, path: Path, chance: random.Random, out: int) -> None:
        self.chance = chance
        self.out = out
        self.workspace = Workspace.open(path, in_process=True)
        self.document = self.workspace.documents.add_bytes(TEXT.encode(), name="a").result()
        known = {tag.name.split("~")[0] for tag in self.workspace.codebook.tags()}
        for name in TAGS:
            if name not in known:
                self.workspace.codebook.add(name).result()
        self.tags = {tag.name: tag.id for tag in self.workspace.codebook.tags()}
        self.past: list[State] = []
        self.state = read_state(path)

    def run(self) -> None:
        """Edit until killed."""
        acts = (
            *(self.add, self.add, self.retag, self.note, self.delete, self.undo),
            *(self.rename_tag, self.define_tag, self.switch_coder, self.back_up),
        )
        while True:
            self.chance.choice(acts)()

    def say(self, kind: str, state: State) -> None:
        line = json.dumps([kind, state]) + "\n"
        os.write(self.out, line.encode())

    def act(self, after: State, do) -> None:
        """Foretell, do, confirm."""
        self.say("try", after)
        do().result()
        self.past.append(self.state)
        self.state = after
        self.say("done", after)

    def add(self) -> None:
        start, key = self.chance.randrange(900), f"{self.chance.getrandbits(40):x}"
        tag = self.chance.choice(sorted(self.tags))
        after = {**self.state, key: [start, start + 5, tag, key]}
        self.act(
            after,
            lambda: self.workspace.annotating.add(
                self.document.document, Span(start, start + 5), tag=self.tags[tag], note=key
            ),
        )

    def pick(self) -> tuple[str, str] | None:
        """Choose an annotation: its key in the model and its id."""
        if not self.state:
            return None
        key = self.chance.choice(sorted(self.state))
        for item in self.workspace.annotating.of(self.document.document):
            if item.note.split("/")[0] == key:
                return key, item.id
        raise AssertionError("the library lost an annotation")

    def retag(self) -> None:
        if (picked := self.pick()) is not None:
            key, annotation = picked
            start, end, old, note = self.state[key]
            tag = self.chance.choice([name for name in sorted(self.tags) if name != old])
            after = {**self.state, key: [start, end, tag, note]}
            self.act(after, lambda: self.workspace.annotating.set_tag(annotation, self.tags[tag]))

    def note(self) -> None:
        if (picked := self.pick()) is not None:
            key, annotation = picked
            start, end, tag, _ = self.state[key]
            note = f"{key}/{self.chance.getrandbits(40):x}"
            after = {**self.state, key: [start, end, tag, note]}
            self.act(after, lambda: self.workspace.annotating.set_note(annotation, note))

    def delete(self) -> None:
        if (picked := self.pick()) is not None:
            key, annotation = picked
            after = {name: row for name, row in self.state.items() if name != key}
            self.act(after, lambda: self.workspace.annotating.delete([annotation]))

    def rename_tag(self) -> None:
        """Give a tag another name: every annotation with it then reads otherwise."""
        old = self.chance.choice(sorted(self.tags))
        new = f"{old.split('~')[0]}~{self.chance.getrandbits(20):x}"
        after = {
            key: [start, end, new if tag == old else tag, note]
            for key, (start, end, tag, note) in self.state.items()
        }
        self.act(after, lambda: self.workspace.codebook.update(self.tags[old], name=new))
        self.tags[new] = self.tags.pop(old)

    def define_tag(self) -> None:
        """Define a tag, which no annotation shows."""
        tag = self.chance.choice(sorted(self.tags.values()))
        words = f"{self.chance.getrandbits(40):x}"
        self.act(dict(self.state), lambda: self.workspace.codebook.update(tag, definition=words))

    def switch_coder(self) -> None:
        self.workspace.coders.switch(self.chance.choice(("甲", "乙", "")))

    def back_up(self) -> None:
        """Have a copy made meanwhile; it is killed with the rest."""
        if self.chance.random() < 0.2:
            self.workspace.backups.make(RULE)

    def undo(self) -> None:
        if self.past:
            before = self.past.pop()
            self.say("try", before)
            self.workspace.history.undo().result()
            self.state = before
            self.tags = {tag.name: tag.id for tag in self.workspace.codebook.tags()}
            self.say("done", before)


def read_state(path: Path) -> State:
    """Read the annotations straight from the file."""
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute(
            'SELECT a.start, a."end", t.name, a.note FROM annotations a JOIN tags t ON t.id = a.tag'
        )
        return {row[3].split("/")[0]: list(row) for row in rows}


def check(path: Path) -> list[str]:
    """Return what SQLite finds wrong with the file."""
    with closing(sqlite3.connect(path)) as connection:
        found = [row[0] for row in connection.execute("PRAGMA integrity_check")]
        found += [str(tuple(row)) for row in connection.execute("PRAGMA foreign_key_check")]
    return [line for line in found if line != "ok"]


def watch(pipe: int, child: int, chance: random.Random) -> list[list[object]]:
    """Kill ``child`` a random while after its first word; return everything it said."""
    deadline = None
    heard = b""
    while deadline is None or time.monotonic() < deadline:
        wait = 60 if deadline is None else max(0, deadline - time.monotonic())
        if select.select([pipe], [], [], wait)[0]:
            heard += os.read(pipe, 1 << 16)
            deadline = deadline or time.monotonic() + chance.uniform(0, 0.06)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    while piece := os.read(pipe, 1 << 16):
        heard += piece
    # A last line cut in two is a foretelling whose act was never begun, or a confirmation.
    return [json.loads(line) for line in heard.decode(errors="ignore").split("\n")[:-1]]


def edit_and_die(path: Path, chance: random.Random) -> list[list[object]]:
    """Let a child edit the library and kill it."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        try:
            Editor(path, chance, writer).run()
        finally:
            os._exit(1)
    os.close(writer)
    said = watch(reader, child, chance)
    os.close(reader)
    return said


def create_and_die(path: Path, chance: random.Random) -> bool:
    """Kill a child that makes a new library; say whether the next one can open what is there."""
    child = os.fork()
    if child == 0:
        try:
            Workspace.open(path, in_process=True).close()
        finally:
            os._exit(0)
    time.sleep(chance.uniform(0, 0.03))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    try:
        Workspace.open(path, in_process=True).close()
    except MeipiError:
        return False
    return not check(path)


def main(path: Path, rounds: int, seed: int) -> dict[str, int]:
    """Kill ``rounds`` editors; count acts, and states that should not be."""
    pipeline.prepare = prepare
    result = {"rounds": 0, "acts": 0, "lost": 0, "damaged": 0, "in_flight": 0}
    previous: State = {}
    for number in range(rounds):
        said = edit_and_die(path, random.Random(seed + number))  # noqa: S311 - a test
        done = [state for kind, state in said if kind == "done"]
        allowed = done[-1:] + [state for kind, state in said[-1:] if kind == "try"]
        result["rounds"] += 1
        result["acts"] += len(done)
        result["in_flight"] += said[-1][0] == "try"
        result["damaged"] += bool(check(path))
        found = read_state(path)
        # Before its first act is done a child stands where the one before it stopped.
        result["lost"] += found not in (allowed if done else [*allowed, previous])
        previous = found
    result["half_backups"] = sum(bool(check(one.path)) for one in listed(folder_of(path)))
    result["backups"] = len(listed(folder_of(path)))
    result["unopened"] = sum(
        not create_and_die(path.with_name(f"new{number}.meipi"), random.Random(seed + number))  # noqa: S311 - a test
        for number in range(rounds)
    )
    return result


if __name__ == "__main__":
    library, times, first = sys.argv[1:]
    sys.stdout.write(json.dumps(main(Path(library), int(times), int(first))))
