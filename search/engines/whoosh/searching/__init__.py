"""Answers questions from the segments of one commit, as arrays over all papers.

``postings`` defines the port (``PaperArrays``, ``Occurrences``) and finds phrases and words near each other from positions.
``runs`` reads postings from a segment. ``arrays`` joins the segments of a commit into one ``PaperArrays``. ``lookup`` finds
and scores the papers of a concept or a property. ``known`` keeps the words that one answer has asked for.

How conditions are combined is decided in ``query``; filters, order and pages are the work of ``collector``.
"""
