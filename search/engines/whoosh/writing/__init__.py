"""Turns papers into segments that no commit names yet.

``collecting`` takes papers, in this process or in several, and stays within a bound on memory. ``lexicon`` turns their text into
numbers. ``inverting`` sorts these numbers into postings. ``building`` writes the columns of a segment. ``merging`` makes one
segment of several and decides which segments to merge.

``WhooshWriter`` (``writer``) uses this package and makes the commits; the file formats are described in ``storage``.
"""
