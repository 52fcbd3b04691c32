"""The knowledge graph of Indonesian regional development plans."""

__version__ = "0.1.0"
