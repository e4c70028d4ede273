"""Pages and their JSON twins: addresses ↔ search requests, papers → HTML, with Flask.

``create_app`` in ``app`` is the only door. What the pages ask for stands in ``ports``; nothing here knows of engines, of the
catalogue or of the command line.
"""
