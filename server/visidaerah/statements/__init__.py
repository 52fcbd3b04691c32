"""What a document states: vision, pillars, missions and the rest, each with its span."""
