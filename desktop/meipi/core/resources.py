"""Where the program's data lies: beside the source in a checkout, inside the package once built."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]


def resource_path(*parts: str) -> Path:
    """Return the path of a resource, such as ``resource_path("themes", "tokens.toml")``."""
    return _root().joinpath(*parts)


def demo_seeds() -> list[Path]:
    """Return the sample documents in order."""
    packaged = _root() / "demo" / "seeds"
    folder = packaged if packaged.is_dir() else _PACKAGE.parents[1] / "seeds"
    return sorted(folder.glob("*.txt"))


def _root() -> Path:
    packaged = _PACKAGE / "_resources"
    return packaged if packaged.is_dir() else _PACKAGE.parents[1] / "resources"
