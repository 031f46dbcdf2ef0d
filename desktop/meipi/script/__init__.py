"""Showing a text in simplified or traditional characters; the text itself never changes."""

from meipi.script.conversion import convert

__all__ = ["convert"]
