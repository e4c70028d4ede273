"""``make bench``: how fast this project, SQLite FTS5 and Tantivy index and search the same papers, in one run.

``questions`` (what is asked) → ``work`` (what answering is: the same for all) → ``ours``, ``fts5``, ``tantivy_peer`` (the
engines) → ``measure`` (one engine in a process of its own) → ``__main__`` (the run, the table and the file)
→ ``plot`` (the picture of all runs). ``--opensearch`` puts our engine on a cluster (``on_opensearch``) beside the usual one.
"""
