"""Meaning: papers found by what they say in other words than were typed, as a second channel beside the words.

``encoder`` says what turns a text into a vector; ``search.learnt.words`` does so with vectors of words learnt from parliament's
own language, ``sentences`` with the packages of the extra. ``embedding`` chooses what of a paper gets a vector and makes the
vectors, ``store`` keeps them and tells which papers are nearest to a query, and ``channel`` decides when that is used and how
what it finds joins what was found by the words.
"""
