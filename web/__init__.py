"""Pages, the API, exports and feeds, with Flask; ``create_app`` in ``app`` is the only door.

The way of a request: ``parameters`` reads what the address asks, the module of the page asks ``ports`` and makes values of the
answer, a template makes HTML of these. What it says in Dutch stands in ``strings``. Nothing here knows of engines, of SQLite or
of the command line.

A page is a folder or a module: ``search``, ``paper``, ``dossier``, ``person``, ``term``, ``about``. What programs get is in
``api``, ``exports`` and ``feeds``.
"""
