"""A paper as values, and the printed forms of what it consists of. Reads no files and keeps nothing.

``identifier`` names a paper, ``printed`` knows dates and dossiers, ``people`` offices and names of persons; ``model`` is the
paper itself. ``citations`` finds identifiers in running text, ``codec`` writes a paper as bytes and reads it back.
"""
