"""Tests of what a publication is."""
