"""Official files of the Dutch parliament → papers → archive and catalogue.

The packages in the order that data takes, each importing only what stands before it:

- ``paper``: a paper as values, and how its identifiers, dates and people are printed.
- ``collections``: what a publication is, and whether and how it is read.
- ``reading``: an official file (HTML, XML or PDF) → a ``Kamerstuk``.
- ``catalogue``: the archive of files as received, and the catalogue in SQLite, which is the truth about the papers.
- ``worker``: files read in processes of their own, within limits of time and memory.
- ``read_ahead``: files read so while earlier ones are stored.
- ``take_in``: a run over files, each of which is read, kept and catalogued.
- ``harvest``: brings files from the official source and takes them in.

``jsonl`` is the form of a paper for other programs, ``errors`` holds the errors of the whole project. Nothing here knows of
searching, of pages or of the command line.
"""
