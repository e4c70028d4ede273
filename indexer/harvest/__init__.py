"""Brings papers from the official source: selection → windows of dates → records → files → archive and catalogue.

``selection`` says what is wanted, as queries over windows of dates that the source can answer whole. ``source`` fetches over
HTTP, politely, and gives only what is whole; ``addresses`` says what may be asked at all, ``wire`` what an answer may cost, and
``forms`` which files of a paper are wanted. ``search_interface`` asks for records and reads the answers; ``listing`` asks until a
window adds up. ``fetching`` brings the files of one listed paper and has them taken in. ``progress`` remembers in the catalogue
how far all this is and tells it as events; ``loop`` lists, fetches and withdraws until nothing is left to do. Nothing that the
source says is believed without need. Engines are not known here.
"""
