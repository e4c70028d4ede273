"""The engine on a cluster: OpenSearch, fed with our own terms so that it finds what the others find.

``schema`` says what an index is, and what a paper is in it. ``client`` speaks to the cluster and lets no incomplete answer
through; ``index`` keeps the generations behind an alias and writes papers into one. To answer, ``searcher`` looks through a
``view`` of one moment, with ``queries`` that find papers and ``scoring`` that weighs them.

Only this package imports opensearchpy.
"""
