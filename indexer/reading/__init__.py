"""An official file → a paper. What a file tells is kept word for word; no word is lost or given twice.

``official_file`` finds files and says what each is. ``trees`` makes a tree of a file's bytes; ``html`` and ``xml`` walk it and
tell ``flow`` what they meet, which collects the ``pieces`` of the paper. ``pdf`` makes the same pieces of the lines that
``pdf_lines`` finds. ``metadata`` reads what the publisher says of the paper beside its text, and ``assemble`` makes the paper
of both.
"""
