"""Who codes: the coders of a library, the one at work, and their names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from meipi.core.errors import ErrorCode, MeipiError
from meipi.library.coders import counts, known, renamed_rows
from meipi.library.rows import storable
from meipi.library.times import now

if TYPE_CHECKING:
    from collections.abc import Iterable
    from concurrent.futures import Future

    from meipi.core.annotation import Annotation
    from meipi.core.changes import Changes
    from meipi.library import Library
    from meipi.library.transaction import Transaction

ADJUDICATOR = "adjudicator"
"""The role of a coder whose annotations decide between those of others."""


@dataclass(frozen=True, slots=True)
class Coder:
    """A coder, with how many annotations are theirs; nobody's have the empty name."""

    name: str
    annotations: int
    role: str = ""


class Coders:
    """The coders of a library."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self.hidden: frozenset[str] = frozenset()
        """Whose annotations are not shown; what is counted and exported is all of them."""

    def shown(self, annotations: Iterable[Annotation]) -> list[Annotation]:
        """Return the annotations of coders who are not hidden."""
        return [one for one in annotations if one.coder not in self.hidden]

    @property
    def current(self) -> str:
        """Whose annotations are made from here on."""
        return self._library.coder

    def switch(self, name: str) -> None:
        """Have what is done from here on be of ``name``; a name nobody had yet is a new coder."""
        self._library.coder = storable(name.strip())

    def all(self) -> list[Coder]:
        """Return every coder: who was added, who annotated, who is at work."""
        with self._library.reading() as connection:
            roles, numbers = known(connection), counts(connection)
        names = sorted({*roles, *numbers, self.current})
        return [Coder(name, numbers.get(name, 0), roles.get(name, "")) for name in names]

    def add(self, name: str, *, role: str = "") -> Future[Changes]:
        """Add a coder. Fails with ``CODER_EXISTS`` or ``CODER_NAMELESS``."""

        def work(transaction: Transaction) -> None:
            put_coder(transaction, name, role=role)
            transaction.name("coder_add", name=name.strip())

        return self._library.submit(work)

    def rename(self, name: str, to: str) -> Future[Changes]:
        """Give a coder another name with all they annotated; nobody's can be given to somebody."""
        fresh = storable(to.strip())

        def work(transaction: Transaction) -> None:
            connection = transaction.connection
            if fresh in {*known(connection), *counts(connection)}:
                raise MeipiError(ErrorCode.CODER_EXISTS, coder=fresh)
            role = known(connection).get(name, "")
            if transaction.find("coders", name) is not None:
                transaction.delete("coders", name)
            put_coder(transaction, fresh, role=role)
            keys = renamed_rows(connection, name)
            for key in keys:
                transaction.update("annotations", key, coder=fresh)
            transaction.name("coder_rename", name=name or "–", to=fresh, count=len(keys))

        future = self._library.submit(work)

        def follow(done: Future[Changes]) -> None:
            if done.exception() is None:
                self.switch(fresh)

        if name == self.current:
            future.add_done_callback(follow)
        return future


def put_coder(transaction: Transaction, name: str, *, role: str = "") -> None:
    """Write a new coder inside ``transaction``."""
    name = storable(name.strip())
    if not name:
        raise MeipiError(ErrorCode.CODER_NAMELESS)
    if transaction.find("coders", name) is not None:
        raise MeipiError(ErrorCode.CODER_EXISTS, coder=name)
    transaction.insert("coders", {"id": name, "role": role, "created": now()})
