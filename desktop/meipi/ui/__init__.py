"""The window. Everything here may import Qt except `presenters`; only `app` wires objects."""
