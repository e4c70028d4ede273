"""The start page, the search page and the lists of all values of a facet: ``state`` is their address, ``page`` what they show."""
