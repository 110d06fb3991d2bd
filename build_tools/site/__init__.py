"""The published half: a corpus becomes pages, exports and a search index, and those become a site."""
