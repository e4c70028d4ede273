"""The engine on one machine: a Whoosh index, read as arrays.

``schema`` (what a paper becomes in the index) → ``store`` (folders, versions, swapping) → ``writer`` → ``reader`` (arrays) →
``searcher`` (the port). Only this package imports whoosh.
"""
