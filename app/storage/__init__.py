"""The register file: the only package that knows SQLite."""
