"""``make relevance``: does the search find the papers it should, no worse than before, and better than its peers?

``questions``, ``needs`` and ``citing`` (what is asked, and which papers answer it) → ``sets`` (every set with the papers it is
asked of) → ``finders`` and ``peers`` (who answers) → ``judging`` (figures, each with its interval) → ``report`` (tables) →
``__main__`` (the run, against ``floors``). ``ingredients`` asks the same sets without one part of the ranking after another,
``fusions`` by words, by meaning and by both.
"""
