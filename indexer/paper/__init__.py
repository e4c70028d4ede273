"""A paper as values, and the printed forms of what it consists of. Reads no files and keeps nothing.

``identifier`` names a paper, ``conventions`` knows how dates and dossiers are written, ``people`` knows offices and the names of
persons; ``model`` is the paper itself. ``citations`` finds papers named in running text, ``publications`` finds what else the
publisher has, ``publisher`` knows its addresses; ``codec`` writes a paper as bytes and reads it back.
"""
