"""Pages from outside the archive: files, folders, web archives, addresses."""
