"""From raw bytes to clean text: decode, extract, repair, normalise."""
