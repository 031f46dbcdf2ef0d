"""How far coders agree, measured in the worker process; gamma in one of its own."""

from __future__ import annotations

import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING

from meipi.core.agreement import Figures, Study, Unit, by_tag, figures
from meipi.core.errors import ErrorCode, MeipiError, Phrase
from meipi.library import queries
from meipi.services.gamma import gamma_of

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from concurrent.futures import Future

    from meipi.library import Library
    from meipi.services.jobs import Jobs

__all__ = ["Agreeing", "Agreement", "has_gamma"]

_NONE = Phrase(
    "没有一篇文档由所选的各位编码者都标过", "no document was coded by all the coders chosen"
)
_FEW = Phrase("至少要两位编码者", "two coders are needed at least")


@dataclass(frozen=True, slots=True)
class Agreement:
    """The agreement of coders, over all and by tag; tags by name."""

    coders: tuple[str, ...]
    documents: int
    characters: int
    over_all: Figures
    tags: dict[str, Figures]


class Agreeing:
    """Measures the coders of a library against each other."""

    def __init__(self, library: Library, jobs: Jobs) -> None:
        self._library = library
        self._jobs = jobs

    def study(
        self,
        coders: Sequence[str],
        *,
        documents: Collection[str] | None = None,
        tags: Collection[str] | None = None,
    ) -> Study:
        """Return what ``coders`` tagged: in ``documents``, or in those that all of them coded.

        Fails with ``NOTHING_TO_DO`` where there is nothing to compare.
        """
        if len(set(coders)) < 2:
            raise MeipiError(ErrorCode.NOTHING_TO_DO, reason=_FEW)
        with self._library.reading() as connection:
            lengths = {one.id: one.length for one in queries.documents(connection)}
            found = queries.annotations_of(connection)
            names = {tag.id: tag.name for tag in queries.tags(connection)}
        units: dict[tuple[str, str], list[Unit]] = {}
        for one in found:
            if one.coder in coders and one.tag is not None and (not tags or one.tag in tags):
                unit = Unit(one.span.start, one.span.end, names.get(one.tag, one.tag))
                units.setdefault((one.coder, one.document), []).append(unit)
        if documents is None:
            documents = [key for key in lengths if all((who, key) in units for who in coders)]
        chosen = {key: lengths[key] for key in lengths if key in documents}
        if not chosen:
            raise MeipiError(ErrorCode.NOTHING_TO_DO, reason=_NONE)
        kept = {key: tuple(one) for key, one in units.items() if key[1] in chosen}
        return Study(tuple(coders), chosen, kept)

    def measure(self, study: Study) -> Future[Agreement]:
        """Measure ``study`` in the worker process."""
        return self._jobs.later(lambda: self._jobs.engine.call("agreement", measured, study))

    def gamma(self, study: Study) -> Future[float | None]:
        """Measure gamma in a process of its own; nothing where there is nothing to measure.

        Fails with ``EXTRA_MISSING`` where its library is not installed.
        """
        return self._jobs.later(_gamma, study)


def measured(study: Study) -> Agreement:
    """Measure a study over all and by tag."""
    size = sum(study.lengths.values())
    return Agreement(study.coders, len(study.lengths), size, figures(study), by_tag(study))


def has_gamma() -> bool:
    """Say whether gamma can be measured here."""
    return find_spec("pygamma_agreement") is not None


def _gamma(study: Study) -> float | None:
    if not has_gamma():
        fields = {"module": "pygamma-agreement", "extra": "agreement"}
        raise MeipiError(ErrorCode.EXTRA_MISSING, **fields)
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as process:
        return process.submit(gamma_of, study).result()
