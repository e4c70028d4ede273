"""The page of a term, "who said this when": ``state`` is its address, ``page`` what it shows."""
