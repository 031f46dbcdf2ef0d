"""The library: one SQLite file with documents, readings, annotations and their history."""

from meipi.library.library import Library

__all__ = ["Library"]
