"""One module for each kind of page; every one turns shelves into ``Page`` objects."""
