"""A stand-in for the official source: SRU 2.0 and the repository's addresses over papers of our own, on a real HTTP server.

It answers in the shape of the official responses, can be told to fail in every way networks and servers do, and keeps a log of
what it was asked. ``python -m tests.official_source FOLDER`` starts it by hand.
"""
