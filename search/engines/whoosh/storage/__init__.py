"""The files of the index: what stands in them, and which of them make up a commit.

``columnfile`` stores named arrays in one file. ``narrow`` stores numbers in as few bytes as they need, and ``dictionary`` the
sorted terms. ``segment`` reads papers and postings from such a file, without the papers that were deleted later. ``store`` keeps
the generations of the index and the table of contents of each commit.

Nothing here analyses text or ranks papers. ``writing`` makes segments, and ``searching`` answers questions from them.
"""
