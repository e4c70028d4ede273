"""Brings papers from the official source: selection → windows of dates → records → files → archive and catalogue.

``selection`` says what is wanted, as queries over windows of dates that the source can answer whole. ``source`` fetches over
HTTP, politely, and gives only what is whole; ``sru`` reads the answers of the search interface, which ``listing`` asks window
by window. ``fetching`` brings the files of one listed paper and has them taken in. ``progress`` remembers in the catalogue how
far all this is and tells it as events; ``loop`` goes round until nothing is left to do. Knows nothing of engines.
"""
