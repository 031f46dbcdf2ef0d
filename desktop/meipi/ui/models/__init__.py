"""The one list model the window needs: rows worked out elsewhere, shown as they are."""
