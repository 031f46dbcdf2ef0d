"""Small widgets that know nothing of documents: drawn with the palette, they say what happened."""
