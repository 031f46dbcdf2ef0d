"""What every test shares: a home of its own and no clock in hypothesis."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

settings.register_profile(
    "meipi", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
settings.load_profile("meipi")

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(autouse=True)
def _home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep settings and libraries of the tests away from the person's own."""
    monkeypatch.setenv("MEIPI_HOME", str(tmp_path_factory.mktemp("home")))


@pytest.fixture(scope="session")
def seeds() -> dict[str, Path]:
    """The sample documents by their number, ``"000"`` to ``"004"``."""
    return {path.name[:3]: path for path in sorted((ROOT / "seeds").glob("*.txt"))}


@pytest.fixture(scope="session")
def cases() -> Path:
    """The folder of cases as data."""
    return ROOT / "tests" / "cases"
