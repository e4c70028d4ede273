"""Tests of the catalogue and the archive."""
