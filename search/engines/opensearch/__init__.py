"""The engine on a cluster: OpenSearch, fed with our own terms so that it finds what the others find.

``schema`` (what an index is) ← ``documents`` (a paper as JSON). ``client`` speaks to the cluster and lets no incomplete answer
through; ``store`` knows the generations behind an alias, ``writer`` brings papers into one.

Only this package imports opensearchpy.
"""
