"""The page of a paper: ``text`` lays out its words, ``page`` what is told of it."""
