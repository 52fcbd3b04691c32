"""What the plans say: documents, the regions, and the graphs built from them."""
