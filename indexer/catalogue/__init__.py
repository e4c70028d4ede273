"""What is kept: official files in the archive, and what was read from them in the catalogue (SQLite).

``archive`` stores files exactly as they were received. ``catalogue`` stores papers and numbers every change of them, in a
schema that ``migrations`` brings up to date; ``tweede_kamer`` adds the numbers that papers have at the Tweede Kamer.
``overview``, ``dossiers`` and ``persons`` only ask: what the catalogue knows of many papers, of one dossier, of one person.
"""
