"""The reading text on paper: pages with their notes, to a printer or a PDF."""
