"""Tests of the Whoosh engine."""
