"""The domain: plain values over one coordinate system, free of files, Qt and SQL."""
