"""The search index: an archive's articles become small script files that a reader's browser can query.

``fold`` decides what counts as the same text, ``grams`` (with ``walk`` and ``runs``) finds which strings deserve a
list of articles, ``words`` cuts words for ranking, ``records`` writes both down bit by bit and ``shards`` cuts them
into files.
The format and the reasons for it are in ``docs/dev/search.md``.
"""
