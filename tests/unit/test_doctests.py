"""The examples in the docstrings are true."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import meipi

MODULES = [
    module.name
    for module in pkgutil.walk_packages(meipi.__path__, "meipi.")
    if not module.name.startswith(("meipi.ui", "meipi.__main__", "meipi._resources"))
]


@pytest.mark.parametrize("name", MODULES)
def test_examples_are_true(name: str) -> None:
    results = doctest.testmod(importlib.import_module(name))
    assert results.failed == 0
