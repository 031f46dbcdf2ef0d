"""What every exchange format is made of: a name, a writer, and where it can, a reader."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import zip_longest
from typing import TYPE_CHECKING

from meipi.core.errors import Phrase
from meipi.core.extras import is_there
from meipi.exchange.counting import Capacity, find_losses
from meipi.exchange.loss import LossReport

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from typing import BinaryIO

    from meipi.core.annotated_set import AnnotatedDocument, AnnotatedSet
    from meipi.core.annotation import Annotation
    from meipi.exchange.counting import SetLike
    from meipi.exchange.loss import Facet, LossItem


class Differs(Exception):  # noqa: N818 - a finding, not a mistake
    """What was written does not read back as it should: ``where`` is not the same.

    Internal to this package: `meipi.exchange.writing` turns it into a `MeipiError`.
    """

    def __init__(self, where: str) -> None:
        super().__init__(where)
        self.phrase = Phrase(f"“{where}”与原来不同", f"{where} is not as it was")


def check_documents(
    found: Iterable[AnnotatedDocument], wanted: Iterable[AnnotatedDocument]
) -> None:
    """Raise `Differs` at the first document that is not what it should be, or is not there.

    Codebooks that are made of what the documents use are then the same too.
    """
    for one, other in zip_longest(found, wanted):
        if one != other:
            raise Differs((one or other).document.id)


@dataclass(frozen=True, slots=True)
class Format:
    """One exchange format.

    ``chunks`` yields the text or the bytes of the file in order, without holding the whole of it.
    ``check`` reads the written file again and raises `Differs` where something it carries did not
    get through. ``recognises`` judges the first bytes of a file, ``recognises_names`` the names of
    the files in one that is a zip archive. ``module`` is a library it needs beyond our own, and
    ``extra`` the extra that brings it.
    """

    name: str
    label_zh: str
    label_en: str
    suffix: str
    carries: frozenset[Facet]
    chunks: Callable[[SetLike], Iterator[str] | Iterator[bytes] | Iterator[str | bytes]]
    check: Callable[[BinaryIO, SetLike], None]
    read: Callable[[BinaryIO], AnnotatedSet] | None = None
    recognises: Callable[[bytes], bool] = lambda _: False
    recognises_names: Callable[[Sequence[str]], bool] = lambda _: False
    own_losses: Mapping[Facet, Callable[[Annotation], int]] = field(default_factory=dict)
    own_document_losses: Mapping[Facet, Callable[[AnnotatedDocument], int]] = field(
        default_factory=dict
    )
    more_losses: Callable[[SetLike], Iterable[LossItem]] = lambda _: ()
    module: str = ""
    extra: str = ""
    clean: Callable[[str], str] = str
    """Returns a text in the characters the format can write."""

    @property
    def can_read(self) -> bool:
        """Say whether Meipi reads the format back."""
        return self.read is not None

    @property
    def available(self) -> bool:
        """Say whether what it needs is installed."""
        return not self.module or is_there(self.module)

    def losses(self, annotated: SetLike) -> LossReport:
        """Say what the format cannot carry of ``annotated``."""
        capacity = Capacity(self.carries, self.own_losses, self.own_document_losses)
        items = (*find_losses(annotated, capacity), *self.more_losses(annotated))
        return LossReport(self.name, items, can_read=self.can_read)
