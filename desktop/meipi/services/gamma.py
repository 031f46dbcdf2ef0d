"""Gamma (Mathet, Widlöcher & Métivier 2015), by the library that is made for it.

It runs in a process of its own: it compiles itself, takes seconds to minutes and prints.
"""

from __future__ import annotations

import os
import warnings
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from meipi.core.agreement import Study, Unit

_SEED = 1_312
"""Gamma samples what chance would do; the same study gives the same figure."""


def gamma_of(study: Study) -> float | None:
    """Return gamma, document by document, each weighed by its passages."""
    _be_quiet()
    weights = {one: sum(len(study.of(who, one)) for who in study.coders) for one in study.lengths}
    found = [
        (gamma, weights[document])
        for document in study.lengths
        if weights[document] and (gamma := _of_document(study, document)) is not None
    ]
    total = sum(weight for _, weight in found)
    return sum(gamma * weight for gamma, weight in found) / total if total else None


def _of_document(study: Study, document: str) -> float | None:
    import numpy
    from pyannote.core import Segment
    from pygamma_agreement import CombinedCategoricalDissimilarity, Continuum

    # A coder who marked nothing here cannot be sampled from.
    marked = {who: units for who in study.coders if (units := _once(study.of(who, document)))}
    if len(marked) < 2:
        return 0.0 if marked else None
    numpy.random.seed(_SEED)
    continuum = Continuum()
    for who, units in marked.items():
        for unit in units:
            continuum.add(who, Segment(unit.start, unit.end), unit.tag)
    continuum.bound_inf, continuum.bound_sup = 0, study.lengths[document]
    measure = CombinedCategoricalDissimilarity(alpha=1, beta=1, delta_empty=1)
    return float(continuum.compute_gamma(measure, precision_level=0.02).gamma)


def _once(units: Iterable[Unit]) -> list[Unit]:
    return sorted(set(units))


def _be_quiet() -> None:
    """Let the solver print nowhere: its words would stand among those of this program."""
    warnings.simplefilter("ignore")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
