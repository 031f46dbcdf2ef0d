"""Meipi 眉批: repair, read and annotate Chinese documents."""

__version__ = "0.1.0"
