"""Finding papers: Dutch analysis, the query language, planning, the engine port with its engines, and what is shown of an answer.

A question goes ``query`` (text → tree) → ``planning`` (tree → plan of index terms) → an engine behind ``ports`` → ``snippets``;
``service`` is the one thing that front ends ask, ``term`` follows a term through the years. Papers come the other way: ``sync``
brings the changes of the catalogue into an index, as ``document`` describes them. ``fields`` is the table of what papers are
found by. Knows nothing of pages or of the command line.
"""
