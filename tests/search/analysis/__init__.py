"""Tests of the Dutch analysis."""
