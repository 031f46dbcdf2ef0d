"""A library opened for work: the one object the window and the command line hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from meipi.library import Library
from meipi.library.opening import PATIENCE, is_there
from meipi.services.adjudicating import Adjudicating
from meipi.services.agreeing import Agreeing
from meipi.services.annotating import Annotating
from meipi.services.arriving import Arriving
from meipi.services.attributes import Attributes
from meipi.services.backups import Backups
from meipi.services.bulk import Bulk
from meipi.services.codebook import Codebook
from meipi.services.coders import Coders
from meipi.services.correcting import Correcting
from meipi.services.document_tags import DocumentTags
from meipi.services.documents import Documents
from meipi.services.entities import Entities
from meipi.services.equal import EqualPassages
from meipi.services.exchange import Exchange
from meipi.services.history import History
from meipi.services.jobs import Here, Jobs, Worker
from meipi.services.journal import Journal
from meipi.services.labels import word_label
from meipi.services.linking import Linking
from meipi.services.memos import Memos
from meipi.services.merging import Merging
from meipi.services.moments import Moments
from meipi.services.numbers import Numbers
from meipi.services.passages import Passages
from meipi.services.repairs import Repairs
from meipi.services.retrieving import Retrieving
from meipi.services.searching import SearchHit, count_documents, find_hits
from meipi.services.suggesting import Suggesting

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from concurrent.futures import Future
    from pathlib import Path

    from meipi.core.changes import Changes
    from meipi.core.messages import Language
    from meipi.library.writer import Work
    from meipi.services.jobs import Engine


class Workspace:
    """All there is of one library: documents, entities, annotations, codebook, history."""

    """Documents, entities, annotations, repairs, codebook, history and exchange of one library."""

    def __init__(
        self, path: Path, *, engine: Engine, language: Language, coder: str, patience: float
    ) -> None:
        self.language: Language = language
        self._library = Library(path, wording=self._word, patience=patience)
        self._library.coder = coder
        self._jobs = Jobs(engine)
        self.documents = Documents(self._library, self._jobs)
        self.arriving = Arriving(self._library, self.documents)
        self.entities = Entities(self._library, self._jobs)
        self.passages = Passages(self._library)
        self.linking = Linking(self._library)
        self.memos = Memos(self._library)
        self.annotating = Annotating(self._library)
        self.bulk = Bulk(self._library)
        self.equal = EqualPassages(self._library, self._jobs, self.annotating)
        self.correcting = Correcting(self._library)
        self.suggesting = Suggesting(self._library, self.annotating)
        self.repairs = Repairs(self._library, self._jobs)
        self.codebook = Codebook(self._library)
        self.attributes = Attributes(self._library)
        self.document_tags = DocumentTags(self._library)
        self.coders = Coders(self._library)
        self.agreeing = Agreeing(self._library, self._jobs)
        self.adjudicating = Adjudicating(self._library, self.annotating)
        self.merging = Merging(self._library, self._jobs)
        self.backups = Backups(self._library, self._jobs)
        self.retrieving = Retrieving(self._library)
        self.numbers = Numbers(self._library)
        self.exchange = Exchange(self._library, self._jobs)
        self.history = History(self._library, lambda entry: self._word(entry.label, entry.fields))
        self.journal = Journal(self._library, self._word)
        self.moments = Moments(self._library)

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        in_process: bool = False,
        language: Language = "zh",
        coder: str = "",
        patience: float = PATIENCE,
    ) -> Self:
        """Open the library at ``path``, creating the file if there is none.

        ``in_process`` computes in threads instead of a worker process. ``language`` is that of
        the labels of acts, ``coder`` the name on new annotations, ``patience`` the seconds to
        wait for a lock. Raises ``LibraryError``.
        """
        engine = Here() if in_process else Worker()
        return cls(path, engine=engine, language=language, coder=coder, patience=patience)

    @staticmethod
    def exists(path: Path) -> bool:
        """Say whether anything lies at ``path``. Raises ``LibraryError`` if one may not look."""
        return is_there(path)

    @property
    def path(self) -> Path:
        """The library file."""
        return self._library.path

    @property
    def pending(self) -> int:
        """How many changes are not yet on the disk."""
        return self._library.pending

    def subscribe(self, listener: Callable[[Changes], None]) -> Callable[[], None]:
        """Call ``listener`` after each commit, in the writer's thread; return how to stop it."""
        return self._library.subscribe(listener)

    def submit(self, work: Work) -> Future[Changes]:
        """Do several things as one act; ``work`` runs in the writer's thread and names itself."""
        return self._library.submit(work)

    def search(self, query: str, *, limit: int = 200) -> list[SearchHit]:
        """Find ``query`` in all documents, in either script."""
        return find_hits(self._library, query, limit=limit)

    def others_did(self) -> Changes:
        """Return what other programs changed in the library since this was asked last."""
        return self._library.news()

    def count_documents(self, query: str) -> int:
        """Return how many documents hold ``query``."""
        return count_documents(self._library, query)

    def flush(self) -> None:
        """Wait until every change so far is on the disk."""
        self._library.flush()

    def close(self) -> None:
        """Stop computing, finish writing, close the file."""
        self._jobs.close()
        self._library.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _word(self, key: str, fields: Mapping[str, object]) -> str:
        return word_label(key, fields, self.language)
