"""Facts about the world, as tables with sources; each loader validates its table once and caches it."""
