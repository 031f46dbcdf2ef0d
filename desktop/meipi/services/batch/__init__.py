"""Corpora larger than a machine: planned, worked through on Dask distributed, taken in."""
