"""A paper as values, and the printed forms of what it consists of. Reads no files and keeps nothing.

``identifier`` names a paper, ``conventions`` knows how dates and dossiers are written, ``people`` knows offices and the names of
persons; ``model`` is the paper itself. ``citations`` finds identifiers in running text, ``codec`` writes a paper as bytes and
reads it back.
"""
