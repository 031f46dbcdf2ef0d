"""The structure of a text: blocks with their roles, title, date, source, authors, region."""

from meipi.structure.analysis import analyse

__all__ = ["analyse"]
